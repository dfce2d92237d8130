"""An errand: a kind of thing a visitor can do here, declared as questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.domain.text import clean_line, cleaned

Answers = Mapping[str, Any]
"""What was answered, by question name; the JSON of each kind is listed at `Kind`."""


class Kind(StrEnum):
    """The kinds of question; each names the JSON of its answer."""

    FACES = "faces"
    """A whole number, 1 (very bad) to 5 (very good)."""
    CHOICE = "choice"
    """The value of one choice."""
    CHOICES = "choices"
    """A list of values, each at most once."""
    TEXT = "text"
    """One line of text."""
    LONG_TEXT = "long_text"
    """Text of several lines."""
    CONTACT = "contact"
    """An e-mail address or a telephone number, as text."""
    CONSENT = "consent"
    """`true`; anything else is no consent."""
    NUMBER = "number"
    """A whole number from 1 to the question's limit."""
    SEATS = "seats"
    """`{"adults": n, "children": n}`, together 1 to the question's limit."""
    WORKSHOP = "workshop"
    """The id of a workshop in the programme."""
    TASK = "task"
    """The id of a volunteer task."""
    IDEA = "idea"
    """The id of an idea on the board."""
    AGREEMENT = "agreement"
    """`{"accepted": true, "mine": text}`; the desk adds `version`, of the terms agreed to."""
    TIMES = "times"
    """A list of day and part of day, such as `"mon-evening"`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer."""

    value: str
    """What is stored; never translated."""
    label: str
    """What the visitor reads: a phrase, or a text of content already in her language."""
    note: str = ""
    """A second, smaller line under the label."""


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """The condition under which a question is asked."""

    question: str
    """Name of an earlier question."""
    among: tuple[str, ...] = ()
    """Holds when what was answered there stands for one of these; see `stands_for`. Without any it
    holds when anything was answered at all."""

    def holds(self, answers: Answers) -> bool:
        """Tell whether the condition is met by what has been answered so far."""
        answer = answers.get(self.question)
        if not self.among:
            return not blank(answer)
        return not stands_for(answer).isdisjoint(self.among)


@dataclass(frozen=True, slots=True)
class CallNote:
    """A sentence that stands out, with the telephone number of the branch in it."""

    calling: str
    """A phrase with the slot `{phone}`."""
    without: str = ""
    """A phrase in its place where content knows no number; empty says nothing then."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an errand: asked on one screen, stored under one name."""

    name: str
    """The key of its answer; never shown to a visitor."""
    kind: Kind
    """What may be answered."""
    ask: str
    """The question itself, a phrase."""
    help: str = ""
    """One plain sentence under the question, a phrase."""
    choices: tuple[Choice, ...] = ()
    """What can be picked, for the kinds that pick from the declaration."""
    required: bool = False
    """Whether the errand can be handed in without it."""
    personal: bool = False
    """Whether the answer may tell who she is: hidden in exports, first to be erased."""
    matter: bool = False
    """Whether it says what the errand is about rather than who hands it in."""
    limit: int = 0
    """Longest text in characters, largest number, or most seats; 0 takes the kind's own."""
    only_if: OnlyIf | None = None
    """Asked only under this condition."""
    with_consent: str = ""
    """Of a contact: name of the consent without which nothing is sent there by itself. Empty where
    the question itself asks for it."""
    note: CallNote | None = None
    """Stands out under the question."""
    stands_on: tuple[str, ...] = ()
    """Names of earlier questions for whose answers this one is given: when one of them changes, it
    is asked anew."""

    @property
    def most(self) -> int:
        """The limit that counts: the question's own, else the kind's."""
        return self.limit or DEFAULT_LIMITS.get(self.kind, 0)

    @property
    def tells_who(self) -> bool:
        """Whether only those staff may read the answer who see names."""
        return self.personal and not self.matter


@dataclass(frozen=True, slots=True)
class Errand:
    """A kind of thing a visitor can do here; everything else follows from this declaration."""

    name: str
    """The key under which it is stored and synced; never changed once in use."""
    title: str
    """On the tile, a phrase of at most 24 characters."""
    blurb: str
    """Under the title, one plain sentence, a phrase."""
    questions: tuple[Question, ...]
    """In the order they are asked."""
    thanks: str
    """First line of the receipt, a phrase; promises nothing that is not certain offline."""
    noun: str = ""
    """What staff call one of them, a phrase; empty takes the title."""
    note: CallNote | None = None
    """Stands out on the receipt."""
    marks: tuple[tuple[str, Any], ...] = ()
    """Names and values that the desk keeps beside the answers, such as whose questions they are."""

    @property
    def has_matter(self) -> bool:
        """Whether it is about something that can be read apart from who hands it in."""
        return any(each.matter for each in self.questions)

    def question(self, name: str) -> Question | None:
        """Return the question called *name*, or None."""
        return next((each for each in self.questions if each.name == name), None)

    def asked(self, answers: Answers) -> list[Question]:
        """List the questions that are asked, given the answers so far.

        A condition looks only at questions that are themselves asked, so that an answer left
        behind by a changed mind opens nothing.
        """
        seen: dict[str, Any] = {}
        asked = []
        for question in self.questions:
            if question.only_if is None or question.only_if.holds(seen):
                asked.append(question)
                if question.name in answers:
                    seen[question.name] = answers[question.name]
        return asked

    def cleaned(self, answers: Answers) -> dict[str, Any]:
        """Return *answers* with every text in them clean, those of one line on one line."""
        one_line = {each.name for each in self.questions if each.kind in _ONE_LINE}
        return {
            name: clean_line(answer)
            if name in one_line and isinstance(answer, str)
            else cleaned(answer)
            for name, answer in answers.items()
        }

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Return the answers to questions that are still asked and were really answered."""
        names = {question.name for question in self.asked(answers)}
        return {
            name: answer for name, answer in answers.items() if name in names and not blank(answer)
        }


_ONE_LINE = frozenset({Kind.TEXT, Kind.CONTACT})

DEFAULT_LIMITS: Mapping[Kind, int] = {
    Kind.FACES: 5,
    Kind.TEXT: 120,
    Kind.LONG_TEXT: 2000,
    Kind.CONTACT: 120,
    Kind.NUMBER: 99,
    Kind.SEATS: 6,
    Kind.AGREEMENT: 1000,
}

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS_OF_DAY = ("morning", "afternoon", "evening")
TIMES = tuple(f"{day}-{part}" for day in DAYS for part in PARTS_OF_DAY)


def anew(kind: Kind, answer: Any) -> Any:
    """Return what is left of an *answer* once what it stands on has changed; None for nothing.

    Words and numbers are kept to be looked at again; no yes is.
    """
    match kind:
        case Kind.CONSENT:
            return None
        case Kind.AGREEMENT:
            mine = answer.get("mine", "")
            return {"accepted": False, "mine": mine} if mine.strip() else None
    return answer


def blank(answer: object) -> bool:
    """Tell whether *answer* says nothing: missing, empty, or only white space."""
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or answer == [] or answer == {}


def stands_for(answer: object) -> frozenset[str]:
    """Name what an answer stands for when a condition looks at it.

    A choice stands for its value, several choices for all of theirs, seats for the kinds of
    people that come (`adults`, `children`), a consent for `true`, a number for its digits.
    """
    match answer:
        case bool():
            return frozenset({"true"} if answer else set())
        case str() | int():
            return frozenset({str(answer)})
        case list():
            return frozenset(each for each in answer if isinstance(each, str))
        case dict():
            return frozenset(str(key) for key, many in answer.items() if many)
    return frozenset()
