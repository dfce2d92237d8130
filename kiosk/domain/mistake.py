"""What can be wrong with an answer, and the checks that find it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain import mail_address
from kiosk.domain.errand import TIMES, Answers, Errand, Kind, Question, blank
from kiosk.domain.identity_number import holds_identity_number, only_telephone
from kiosk.domain.telephone import is_telephone


class Reason(StrEnum):
    """Why an answer is not accepted; the phrases for each live in `kiosk.errands.wording`."""

    REQUIRED = "required"
    UNKNOWN_QUESTION = "unknown_question"
    NOT_ASKED = "not_asked"
    WRONG_TYPE = "wrong_type"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_CONTACT = "not_a_contact"
    NOT_ACCEPTED = "not_accepted"
    IDENTITY_NUMBER = "identity_number"


WHERE_TYPED = frozenset({Reason.NOT_A_CONTACT})
"""What only whoever types it is asked to mend: an older kiosk may have given a receipt for it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One answer that cannot be handed in as it is."""

    reason: Reason
    """Why."""
    limit: int = 0
    """The limit that was passed, for the reasons that have one."""


Offered = Mapping[str, Iterable[str]]
"""By question name: the values that can be picked today, for choices that come from content."""


def mistakes(errand: Errand, answers: Answers, offered: Offered) -> dict[str, Mistake]:
    """Find everything that is wrong with *answers*, one mistake a question.

    Unknown questions and answers to questions that are not asked are mistakes too: nothing is
    dropped silently. An empty result means that the errand can be handed in.
    """
    found: dict[str, Mistake] = {}
    asked = {question.name: question for question in errand.asked(answers)}
    for name in answers:
        if errand.question(name) is None:
            found[name] = Mistake(Reason.UNKNOWN_QUESTION)
        elif name not in asked:
            found[name] = Mistake(Reason.NOT_ASKED)
    for name, question in asked.items():
        mistake = mistake_in(question, answers.get(name), offered.get(name, ()))
        if mistake:
            found[name] = mistake
    return found


def on_arrival(errand: Errand, answers: Answers, offered: Offered) -> dict[str, Mistake]:
    """Find what is wrong with answers that a receipt was given for; see `WHERE_TYPED`."""
    found = mistakes(errand, answers, offered)
    return {name: each for name, each in found.items() if each.reason not in WHERE_TYPED}


def mistake_in(question: Question, answer: object, offered: Iterable[str] = ()) -> Mistake | None:
    """Find what is wrong with one answer, or None."""
    if blank(answer):
        return Mistake(Reason.REQUIRED) if question.required else None
    values = frozenset(offered) or frozenset(choice.value for choice in question.choices)
    return _CHECKS[question.kind](question, answer, values)


def _text(question: Question, answer: object, _values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, str):
        return Mistake(Reason.WRONG_TYPE)
    if len(answer) > question.most:
        return Mistake(Reason.TOO_LONG, question.most)
    if holds_identity_number(answer):
        return Mistake(Reason.IDENTITY_NUMBER)
    return None


def _contact(question: Question, answer: object, values: frozenset[str]) -> Mistake | None:
    mistake = _text(question, answer, values)
    telephone = isinstance(answer, str) and only_telephone(answer)
    if mistake and not (telephone and mistake.reason is Reason.IDENTITY_NUMBER):
        return mistake
    written = str(answer).strip()
    fits = mail_address.sendable(written) if mail_address.SIGN in written else is_telephone(written)
    return None if fits else Mistake(Reason.NOT_A_CONTACT)


def _number(question: Question, answer: object, _values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, int) or isinstance(answer, bool):
        return Mistake(Reason.WRONG_TYPE)
    if answer < 1:
        return Mistake(Reason.TOO_FEW, 1)
    return Mistake(Reason.TOO_MANY, question.most) if answer > question.most else None


def _seats(question: Question, answer: object, values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, dict) or not set(answer) <= {"adults", "children"}:
        return Mistake(Reason.WRONG_TYPE)
    counts = list(answer.values())
    if any(not isinstance(n, int) or isinstance(n, bool) or n < 0 for n in counts):
        return Mistake(Reason.WRONG_TYPE)
    return _number(question, sum(counts), values)


def _choice(_question: Question, answer: object, values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, str):
        return Mistake(Reason.WRONG_TYPE)
    return None if answer in values else Mistake(Reason.NOT_A_CHOICE)


def _choices(_question: Question, answer: object, values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, list) or not all(isinstance(each, str) for each in answer):
        return Mistake(Reason.WRONG_TYPE)
    if not values.issuperset(answer) or len(set(answer)) < len(answer):
        return Mistake(Reason.NOT_A_CHOICE)
    return None


def _times(question: Question, answer: object, _values: frozenset[str]) -> Mistake | None:
    return _choices(question, answer, frozenset(TIMES))


def _consent(_question: Question, answer: object, _values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, bool):
        return Mistake(Reason.WRONG_TYPE)
    return None if answer else Mistake(Reason.NOT_ACCEPTED)


def _agreement(question: Question, answer: object, values: frozenset[str]) -> Mistake | None:
    if not isinstance(answer, dict) or not set(answer) <= {"accepted", "mine", "version"}:
        return Mistake(Reason.WRONG_TYPE)
    if not isinstance(answer.get("version", 0), int):
        return Mistake(Reason.WRONG_TYPE)
    return _text(question, answer.get("mine", ""), values) or _consent(
        question, answer.get("accepted", False), values
    )


_CHECKS: Mapping[Kind, Callable[[Question, object, frozenset[str]], Mistake | None]] = {
    Kind.FACES: _number,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CONTACT: _contact,
    Kind.CONSENT: _consent,
    Kind.NUMBER: _number,
    Kind.SEATS: _seats,
    Kind.WORKSHOP: _choice,
    Kind.TASK: _choice,
    Kind.IDEA: _choice,
    Kind.AGREEMENT: _agreement,
    Kind.TIMES: _times,
}
