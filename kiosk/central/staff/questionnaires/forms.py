"""A questionnaire as it stands in the form, before it is saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiosk.central.platform import typed
from kiosk.central.staff.questionnaires.slot import QuestionForm
from kiosk.domain.questionnaire import Questionnaire, QuestionnaireFault, WrittenQuestion, faults
from kiosk.domain.workshop import AUDIENCES

MOST_QUESTIONS = 8
LONGEST_TITLE = 40
LONGEST = 160
"""Characters of a question, its help, or a choice."""
FAULTS = {
    QuestionnaireFault.NO_TITLE: gettext_lazy("Write a title in at least one language."),
    QuestionnaireFault.NO_QUESTIONS: gettext_lazy("Write at least one question."),
    QuestionnaireFault.UNKNOWN_KIND: gettext_lazy("Choose one from the list."),
    QuestionnaireFault.NO_WORDS: gettext_lazy("A choice says nothing."),
    QuestionnaireFault.TOO_FEW_CHOICES: gettext_lazy("A question with choices needs two of them."),
    QuestionnaireFault.NOT_ASKED_BEFORE: gettext_lazy(
        "A condition must look at an earlier question."
    ),
}
"""What staff read; the other faults cannot come from the form, whose names are its numbers."""


_AT = {
    QuestionnaireFault.NO_TITLE: "title",
    QuestionnaireFault.NO_QUESTIONS: "q1-ask",
    QuestionnaireFault.UNKNOWN_KIND: "{}-kind",
    QuestionnaireFault.NO_WORDS: "{}-choices",
    QuestionnaireFault.TOO_FEW_CHOICES: "{}-choices",
    QuestionnaireFault.NOT_ASKED_BEFORE: "{}-if",
}
"""Name of the field at which each is mended; questions are named as their fields begin."""


@dataclass(frozen=True, slots=True)
class QuestionnaireForm:
    """What stands in the form, as it was typed."""

    title: Mapping[str, str] = field(default_factory=dict)
    """By language."""
    slots: tuple[QuestionForm, ...] = tuple(QuestionForm(n) for n in range(1, MOST_QUESTIONS + 1))
    branch: str = ""
    """Key of the branch; empty is all."""
    audience: str = ""
    since: str = ""
    until: str = ""
    seen: int = 0
    """The change that was in front when this was written."""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by field; of a text in any language under its name without one."""

    @classmethod
    def of(cls, told: Questionnaire, branch: str, seen: int) -> Self:
        """Return how it is now."""
        filled = [QuestionForm.of(told.questions, place) for place in range(len(told.questions))]
        free = [QuestionForm(number) for number in range(len(filled) + 1, MOST_QUESTIONS + 1)]
        return cls(
            title=told.title,
            slots=(*filled, *free),
            branch=branch,
            audience=told.audience,
            since=told.since.isoformat() if told.since else "",
            until=told.until.isoformat() if told.until else "",
            seen=seen,
        )

    @classmethod
    def read(cls, sent: QueryDict, places: Collection[str]) -> Self:
        """Read what the browser sent, and note what is wrong first; she may write at *places*."""
        told = cls(
            title=typed.texts(sent, "title", typed.line),
            slots=tuple(QuestionForm.read(sent, number) for number in range(1, MOST_QUESTIONS + 1)),
            branch=sent.get("branch", ""),
            audience=sent.get("audience", ""),
            since=sent.get("since", "").strip(),
            until=sent.get("until", "").strip(),
            seen=typed.number(sent.get("seen", "")),
        )
        return replace(told, mistakes=told._mistakes(places))

    @property
    def questions(self) -> tuple[WrittenQuestion, ...]:
        """What is asked."""
        return tuple(slot.question() for slot in self.slots if not slot.blank)

    def dates(self) -> dict[str, date | None]:
        """Return its first and last day. Raises ValueError for what is none."""
        return {"since": typed.day(self.since), "until": typed.day(self.until)}

    def _mistakes(self, places: Collection[str]) -> dict[str, str]:
        days = {"since": self.since, "until": self.until}
        wrong = {name: told for name, day in days.items() if (told := typed.day_mistake(day))}
        if not wrong:
            first, last = self.dates().values()
            if first and last and last < first:
                wrong["until"] = _("It ends before it begins.")
        if self.branch not in places:
            wrong["branch"] = _("Choose a branch where you work.")
        if self.audience not in ("", *AUDIENCES):
            wrong["audience"] = _("Choose one from the list.")
        return wrong | self._wrong_texts() | self._wrong_questions()

    def _wrong_questions(self) -> dict[str, str]:
        found = faults(Questionnaire("new", self.title, self.questions))
        unsound = (slot.number for slot in self.slots if not slot.sound)
        wrong = {f"q{number}-limit": _("A limit is a whole number.") for number in unsound}
        return wrong | {_AT[each].format(name): str(FAULTS[each]) for name, each in found}

    def _wrong_texts(self) -> dict[str, str]:
        wrong = typed.wrong_texts("title", self.title, LONGEST_TITLE)
        for slot in self.slots:
            for name, told in slot.texts.items():
                wrong |= typed.wrong_texts(f"q{slot.number}-{name}", told, LONGEST, by_line=True)
            for code in slot.languages_with_twins():
                wrong[f"q{slot.number}-choices-{code}"] = _("Two choices say the same.")
        return wrong
