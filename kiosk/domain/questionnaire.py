"""A questionnaire: questions that staff wrote, which visitors may answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.errand import Kind, OnlyIf
from kiosk.domain.showing import Showing, showing
from kiosk.domain.texts import Texts

KINDS = (Kind.FACES, Kind.CHOICE, Kind.CHOICES, Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER)
"""What staff can ask for; none of it tells who somebody is by itself."""

WORDS = "words"
"""Name of the open question that ends every questionnaire."""

QUESTIONNAIRE = "questionnaire"
"""Under this name the answers tell which questionnaire they answer."""

VERSION = "version"
"""Under this name the answers tell in which version they were asked."""

RESERVED = frozenset({WORDS, QUESTIONNAIRE, VERSION})
"""Names that no written question can have."""

_PICKED = frozenset({Kind.CHOICE, Kind.CHOICES})
_FEWEST_CHOICES = 2


class QuestionnaireFault(StrEnum):
    """Why a questionnaire cannot be shown."""

    NO_TITLE = "no_title"
    NO_QUESTIONS = "no_questions"
    UNKNOWN_KIND = "unknown_kind"
    """Of a question; perhaps only newer kiosks draw it."""
    NO_WORDS = "no_words"
    """A question or a choice says nothing in any language."""
    NAME_TAKEN = "name_taken"
    TOO_FEW_CHOICES = "too_few_choices"
    CHOICE_TWICE = "choice_twice"
    NOT_ASKED_BEFORE = "not_asked_before"
    """A condition looks at a question that does not come earlier."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer to a written question."""

    value: str
    """What is stored; never translated."""
    label: Texts
    """What the visitor reads."""


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """One question in the words of staff."""

    name: str
    """The key of its answer; never shown to a visitor."""
    kind: str
    """One of `KINDS`, or one that only newer kiosks know."""
    ask: Texts
    """The question itself."""
    help: Texts = field(default_factory=dict)
    """One plain sentence under it."""
    choices: tuple[Option, ...] = ()
    """What can be picked, for the kinds that pick."""
    required: bool = False
    """Whether the answers can be handed in without it."""
    limit: int = 0
    """Longest text in characters, or largest number; 0 takes the kind's own."""
    only_if: OnlyIf | None = None
    """Asked only under this condition."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions that belong together, in one version of their words."""

    id: str
    """Made by central, never reused."""
    title: Texts
    """On its tile."""
    questions: tuple[WrittenQuestion, ...]
    """In the order they are asked; an open one always follows."""
    version: int = 1
    """Raised by every change of the words or questions."""
    audience: str = ""
    """Whom it is for, one of `kiosk.domain.workshop.AUDIENCES`; empty is everybody."""
    since: date | None = None
    """The first day on which it is asked."""
    until: date | None = None
    """The last day on which it is asked."""

    def asked_on(self, day: date) -> bool:
        """Tell whether visitors meet it on *day*: within its dates, and without a fault."""
        return showing(day, self.since, after(self.until)) is Showing.NOW and fault(self) is None


def after(last: date | None) -> date | None:
    """Return the day on which what is asked until *last* is over."""
    return last + timedelta(days=1) if last and last < date.max else None


def fault(questionnaire: Questionnaire) -> QuestionnaireFault | None:
    """Find the first thing for which a questionnaire cannot be shown, or None."""
    return next((found for _name, found in faults(questionnaire)), None)


def faults(questionnaire: Questionnaire) -> Iterator[tuple[str, QuestionnaireFault]]:
    """Yield everything for which it cannot be shown, each with its question; "" is the whole."""
    if not _says(questionnaire.title):
        yield "", QuestionnaireFault.NO_TITLE
    if not questionnaire.questions:
        yield "", QuestionnaireFault.NO_QUESTIONS
    before: dict[str, WrittenQuestion] = {}
    for question in questionnaire.questions:
        found = _fault_in(question, before)
        if found:
            yield question.name, found
        before[question.name] = question


def _fault_in(
    question: WrittenQuestion, before: Mapping[str, WrittenQuestion]
) -> QuestionnaireFault | None:
    if question.kind not in KINDS:
        return QuestionnaireFault.UNKNOWN_KIND
    if not _says(question.ask) or not all(_says(each.label) for each in question.choices):
        return QuestionnaireFault.NO_WORDS
    if not question.name or question.name in RESERVED or question.name in before:
        return QuestionnaireFault.NAME_TAKEN
    if question.kind in _PICKED and len(question.choices) < _FEWEST_CHOICES:
        return QuestionnaireFault.TOO_FEW_CHOICES
    if len({each.value for each in question.choices}) < len(question.choices):
        return QuestionnaireFault.CHOICE_TWICE
    if question.only_if and question.only_if.question not in before:
        return QuestionnaireFault.NOT_ASKED_BEFORE
    return None


def _says(texts: Texts) -> bool:
    return any(words.strip() for words in texts.values())


def is_same_question(one: WrittenQuestion, other: WrittenQuestion) -> bool:
    """Tell whether two versions ask the same: in some language not a word of it has changed.

    Its name and the values of its choices may have: they are places in the form of staff.
    """
    if one.kind != other.kind or len(one.choices) != len(other.choices):
        return False
    return any(
        words.strip() and all(words == there for words, there in _sides(one, other, language))
        for language, words in one.ask.items()
    )


def _sides(
    one: WrittenQuestion, other: WrittenQuestion, language: str
) -> Iterator[tuple[str, str]]:
    """Yield what each of the two says in *language*, text by text."""
    pairs = zip(one.choices, other.choices, strict=True)
    labels = ((mine.label, theirs.label) for mine, theirs in pairs)
    for mine, theirs in ((one.ask, other.ask), *labels):
        yield mine.get(language, ""), theirs.get(language, "")
