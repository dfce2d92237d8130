"""A correction: some answers of a submission given anew, by whoever has its receipt.

The kiosk cannot read what it has sealed, so nobody edits anything there: she answers one question
again, with all that hang on its answer, and central puts the new answers in place of the old.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kiosk.domain.errand import Answers, Errand, Kind, Question
from kiosk.domain.mistake import Mistake, Reason, on_arrival

FIXED = frozenset({Kind.WORKSHOP, Kind.TASK, Kind.IDEA, Kind.AGREEMENT, Kind.CONSENT})
"""Kinds that are never answered anew: with another answer it would be another errand."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Questions answered anew; those without an answer here have none any more."""

    anew: tuple[str, ...]
    """Names of the questions."""
    answers: Answers
    """By question name; of no other questions."""


def changeable(errand: Errand) -> list[Question]:
    """List the questions that can be answered anew, each with all that hang on it."""
    return [each for each in errand.questions if not each.only_if and each.kind not in FIXED]


def part(errand: Errand, roots: Collection[str]) -> Errand:
    """Return the errand made of the questions in *roots* and all that hang on their answers."""
    return replace(
        errand, questions=tuple(each for each in errand.questions if _root(errand, each) in roots)
    )


def wrong_in(errand: Errand, correction: Amendment) -> dict[str, Mistake]:
    """Find what is wrong with a correction, by question name; as strict as handing in is."""
    piece = part(errand, [e.name for e in changeable(errand) if e.name in correction.anew])
    others = set(correction.anew) ^ {each.name for each in piece.questions}
    unknown = dict.fromkeys(others, Mistake(Reason.UNKNOWN_QUESTION))
    return unknown | on_arrival(piece, correction.answers, {})


def corrected(
    errand: Errand | None, first: Answers, corrections: Iterable[Amendment]
) -> Iterator[Answers]:
    """Yield what was handed in, and how it reads after each correction, oldest first.

    A party never grows: places that she has let go may be somebody else's by now. *errand* is None
    where no declaration is known.
    """
    now = dict(first)
    yield dict(now)
    for each in corrections:
        grown = errand is not None and party(errand, each.answers) > party(errand, now)
        kept = _of_the_party(errand) if errand and grown else frozenset()
        now = {name: answer for name, answer in now.items() if name not in {*each.anew} - kept}
        now |= {name: answer for name, answer in each.answers.items() if name not in kept}
        yield dict(now)


def party(errand: Errand, answers: Answers) -> int:
    """Count the people that *answers* tell of; 0 where nobody is asked how many they are."""
    counts = (answers.get(each.name) for each in errand.questions if each.kind is Kind.SEATS)
    return sum(sum(each.values()) for each in counts if each)


def _of_the_party(errand: Errand) -> frozenset[str]:
    seats = [each.name for each in errand.questions if each.kind is Kind.SEATS]
    return frozenset(each.name for each in part(errand, seats).questions)


def _root(errand: Errand, question: Question) -> str:
    """Name the question on whose answer it depends, through all conditions, that *question* is."""
    while question.only_if and (asked_before := errand.question(question.only_if.question)):
        question = asked_before
    return question.name
