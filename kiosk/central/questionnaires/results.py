"""Results: what visitors answered to one questionnaire, added up question by question."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kiosk.central.questionnaires.checking import doubts
from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.questionnaires.queries import as_questionnaire
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch
from kiosk.central.tenants.period import Period
from kiosk.domain.errand import Errand, Kind, blank
from kiosk.domain.questionnaire import QUESTIONNAIRE, WORDS, WrittenQuestion, is_same_question
from kiosk.domain.receipt import State
from kiosk.errands.questions import QUESTIONS, as_errand, named

MOST_TEXTS = 200
"""Of one question, the newest, on a page."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in a visitor's own words."""

    submission: UUID
    text: str
    language: str
    branch: str
    """Name of the branch."""
    at: datetime


@dataclass(slots=True, eq=False)
class QuestionTally:
    """One question, and how it was answered in all versions that asked the same."""

    asked: WrittenQuestion
    """In its newest words."""
    last_version: int
    """The newest that asks it."""
    answered: int = 0
    picked: Counter[int] = field(default_factory=Counter)
    """By face or number, or by place of the choice, the first being 0."""
    texts: list[Said] = field(default_factory=list)
    """The newest first."""

    @property
    def average(self) -> float:
        """Of faces and numbers; 0 without any."""
        return sum(value * many for value, many in self.picked.items()) / (self.answered or 1)


@dataclass(slots=True)
class Results:
    """One questionnaire in some days at some branches, added up."""

    tallies: list[QuestionTally]
    """In the order of the newest version; what only older versions asked comes after it."""
    returned: int = 0
    """How many visitors answered."""
    doubtful: int = 0
    """Answers that do not fit the version they were given to; counted nowhere else."""
    unreadable: int = 0
    """Visitors whose answers name a version that is not here."""


class _Version:
    """One version: how it checks an answer, and to which tally each of its questions belongs."""

    def __init__(self, wording: Wording, tallies: list[QuestionTally]) -> None:
        """Find the tally of each question, or add one to *tallies*; newer versions come first."""
        told = as_questionnaire(wording)
        self.errand: Errand = as_errand(told, "en")
        self.tallies: dict[str, QuestionTally] = {}
        self.places: dict[str, dict[str, int]] = {}
        free = list(tallies)
        for question in told.questions:
            same = (each for each in free if is_same_question(each.asked, question))
            tally = next(same, None)
            if tally:
                free.remove(tally)
            else:
                tally = QuestionTally(question, wording.version)
                tallies.append(tally)
            self.tallies[question.name] = tally
            places = enumerate(question.choices)
            self.places[question.name] = {each.value: place for place, each in places}


def results(row: Questionnaire, branches: Iterable[Branch], period: Period) -> Results:
    """Add up what was answered to *row* at *branches* in *period*; what was taken back is out."""
    tallies: list[QuestionTally] = []
    wordings = Wording.objects.filter(questionnaire=row).select_related("questionnaire")
    versions = {each.version: _Version(each, tallies) for each in wordings.order_by("-version")}
    last = QuestionTally(WrittenQuestion(WORDS, Kind.LONG_TEXT, {}), row.version)
    for version in versions.values():
        version.tallies[WORDS] = last
    told = Results([*tallies, last])
    for submission in _answered(row, branches, period).iterator(chunk_size=500):
        told.returned += 1
        asked = versions.get(named(submission.answers)[1])
        if asked:
            told.doubtful += _add(asked, submission)
        else:
            told.unreadable += 1
    return told


def _answered(
    row: Questionnaire, branches: Iterable[Branch], period: Period
) -> QuerySet[Submission]:
    begins = timezone.make_aware(datetime.combine(period.since, time()))
    ends = timezone.make_aware(datetime.combine(period.until + timedelta(days=1), time()))
    found = Submission.objects.filter(
        branch__in=list(branches),
        errand=QUESTIONS.name,
        captured_at__gte=begins,
        captured_at__lt=ends,
    )
    named = {f"answers__{QUESTIONNAIRE}": str(row.pk)}
    found = found.filter(**named).exclude(state=State.WITHDRAWN)
    return found.select_related("branch").order_by("-captured_at", "-pk")


def _add(version: _Version, submission: Submission) -> int:
    """Add one visitor's answers to their tallies; return how many of them do not fit."""
    answers: Mapping[str, Any] = submission.answers
    wrong = doubts(version.errand, answers)
    for name, answer in answers.items():
        tally = version.tallies.get(name)
        if tally is None or name in wrong or blank(answer):
            continue
        tally.answered += 1
        if isinstance(answer, str) and tally.asked.kind in (Kind.TEXT, Kind.LONG_TEXT):
            if len(tally.texts) < MOST_TEXTS:
                tally.texts.append(_said(submission, answer))
        else:
            tally.picked.update(_places(answer, version.places.get(name, {})))
    return sum(name in answers for name in wrong)


def _places(answer: Any, places: Mapping[str, int]) -> Iterator[int]:
    """Yield the face or the number, or the place of each choice."""
    if isinstance(answer, int):
        yield answer
    else:
        yield from (places[each] for each in (answer if isinstance(answer, list) else [answer]))


def _said(submission: Submission, text: str) -> Said:
    branch = submission.branch.name
    return Said(submission.pk, text, submission.language, branch, submission.captured_at)
