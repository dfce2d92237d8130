"""One line of the inbox list: an errand in few words, its columns taken from the declarations."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy

from kiosk.central.questionnaires.checking import doubts
from kiosk.central.questionnaires.queries import errand_of
from kiosk.central.submissions.disclosure import without_who
from kiosk.central.submissions.models import Submission
from kiosk.domain.content import Content
from kiosk.domain.errand import Answers, Errand, Kind, Question
from kiosk.domain.receipt import State
from kiosk.errands import NAMED
from kiosk.errands.telling import in_words
from kiosk.i18n import Phrases

STATE_LABELS = {
    State.SENT: pgettext_lazy("state", "New"),
    State.READ: pgettext_lazy("state", "Read"),
    State.ANSWERED: pgettext_lazy("state", "Answered"),
    State.WITHDRAWN: pgettext_lazy("state", "Withdrawn"),
    State.ERASED: pgettext_lazy("state", "Erased"),
}
"""What staff call the states; to them what was sent is new."""

_LISTED = {
    Kind.FACES,
    Kind.CHOICE,
    Kind.CHOICES,
    Kind.TEXT,
    Kind.LONG_TEXT,
    Kind.WORKSHOP,
    Kind.TASK,
    Kind.IDEA,
    Kind.SEATS,
}
_COLUMNS = 3
_EXCERPT_CHARACTERS = 110


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One submission as the list shows it."""

    submission: Submission
    """Which."""
    errand: str
    """What the errand is called."""
    cells: list[str]
    """Its most telling answers in words, as many as there are `columns`."""
    summary: str
    """The same in one line."""
    language: str
    """Name of the visitor's language."""
    state: str
    """Name of its state."""
    doubtful: bool
    """Whether an answer does not fit the questionnaire it was given to."""

    @property
    def unread(self) -> bool:
        """Whether nobody has opened it yet."""
        return self.submission.state == State.SENT


def columns(errand: Errand) -> list[Question]:
    """List the questions whose answers tell most in a list: its first short ones."""
    return [question for question in errand.questions if question.kind in _LISTED][:_COLUMNS]


def line(submission: Submission, content: Content, phrases: Phrases, *, named: bool) -> InboxRow:
    """Put one submission in few words; what tells who she is only if *named*."""
    answers: Answers = submission.answers
    errand = errand_of(submission.errand, answers, submission.tenant_id, phrases.language)
    doubtful = bool(doubts(errand, answers))
    if not named:
        answers = without_who(errand, answers)
    if errand is None:
        cells = [f"{name}: {plain(answer)}" for name, answer in answers.items()][:_COLUMNS]
    else:
        cells = [
            in_words(question, answers.get(question.name), content, phrases)
            for question in columns(errand)
        ]
    short = [Truncator(cell).chars(_EXCERPT_CHARACTERS, truncate="…") for cell in cells]
    return InboxRow(
        submission=submission,
        errand=title(submission.errand, phrases),
        cells=short,
        summary=" · ".join(cell for cell in short if cell),
        language=phrases.language_name(submission.language),
        state=state_label(submission.state),
        doubtful=doubtful,
    )


def title(errand_name: str, phrases: Phrases) -> str:
    """Return what staff call an errand; its bare name when no declaration here knows it."""
    errand = NAMED.get(errand_name)
    return phrases.say(errand.noun or errand.title) if errand else errand_name


def state_label(state: str) -> str:
    """Return what staff call a state."""
    return str(STATE_LABELS[State(state)]) if state in STATE_LABELS else state


def plain(answer: Any) -> str:
    """Write an answer that no declaration explains, without brackets and quotes."""
    match answer:
        case dict():
            return ", ".join(f"{name}: {plain(each)}" for name, each in answer.items())
        case list():
            return ", ".join(plain(each) for each in answer)
        case bool():
            return gettext("Yes") if answer else gettext("No")
    return "" if answer is None else str(answer)
