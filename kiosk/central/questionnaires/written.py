"""A questionnaire as it stands in the form, before it is saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiosk.central.questionnaires.slot import Slot
from kiosk.domain.questionnaire import Fault, Questionnaire, WrittenQuestion, fault
from kiosk.domain.workshop import AUDIENCES
from kiosk.i18n import LANGUAGES

MOST_QUESTIONS = 8
LONGEST_TITLE = 40
_DIGITS = 7
LONGEST = 160
"""Characters of a question, its help, or a choice."""
FAULTS = {
    Fault.NO_TITLE: gettext_lazy("Write a title in at least one language."),
    Fault.NO_QUESTIONS: gettext_lazy("Write at least one question."),
    Fault.UNKNOWN_KIND: gettext_lazy("Choose one from the list."),
    Fault.NO_WORDS: gettext_lazy("A choice says nothing."),
    Fault.TOO_FEW_CHOICES: gettext_lazy("A question with choices needs two of them."),
    Fault.NOT_ASKED_BEFORE: gettext_lazy("A condition must look at an earlier question."),
}
"""What staff read; the other faults cannot come from the form, whose names are its numbers."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form, as it was typed."""

    title: Mapping[str, str] = field(default_factory=dict)
    """By language."""
    slots: tuple[Slot, ...] = tuple(Slot(n) for n in range(1, MOST_QUESTIONS + 1))
    branch: str = ""
    """Key of the branch; empty is all."""
    audience: str = ""
    since: str = ""
    until: str = ""
    seen: int = 0
    """The change that was in front when this was written."""
    mistake: str = ""
    """What must be put right first."""

    @classmethod
    def of(cls, told: Questionnaire, branch: str, seen: int) -> Self:
        """Return how it is now."""
        filled = [Slot.of(told.questions, place) for place in range(len(told.questions))]
        free = [Slot(number) for number in range(len(filled) + 1, MOST_QUESTIONS + 1)]
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
        titles = {code: " ".join(sent.get(f"title-{code}", "").split()) for code in LANGUAGES}
        seen = sent.get("seen", "")
        typed = cls(
            title={code: words for code, words in titles.items() if words},
            slots=tuple(Slot.read(sent, number) for number in range(1, MOST_QUESTIONS + 1)),
            branch=sent.get("branch", ""),
            audience=sent.get("audience", ""),
            since=sent.get("since", "").strip(),
            until=sent.get("until", "").strip(),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < _DIGITS else 0,
        )
        return replace(typed, mistake=typed._mistake(places))

    @property
    def questions(self) -> tuple[WrittenQuestion, ...]:
        """What is asked."""
        return tuple(slot.question() for slot in self.slots if not slot.blank)

    def dates(self) -> dict[str, date | None]:
        """Return its first and last day. Raises ValueError for what is none."""
        typed = {"since": self.since, "until": self.until}
        return {name: date.fromisoformat(day) if day else None for name, day in typed.items()}

    def _mistake(self, places: Collection[str]) -> str:
        if self.branch not in places:
            return _("Choose a branch where you work.")
        if self.audience not in ("", *AUDIENCES):
            return _("Choose one from the list.")
        try:
            days = self.dates()
        except ValueError:
            return _("Write a date like 2026-01-21, or leave it empty.")
        if days["since"] and days["until"] and days["until"] < days["since"]:
            return _("It ends before it begins.")
        if not all(slot.sound for slot in self.slots):
            return _("A limit is a whole number.")
        if self._too_long():
            return _("Something is too long for the screen of a kiosk.")
        found = fault(Questionnaire("new", self.title, self.questions))
        return str(FAULTS[found]) if found else ""

    def _too_long(self) -> bool:
        lines = [
            line
            for slot in self.slots
            for texts in slot.texts.values()
            for words in texts.values()
            for line in words.split("\n")
        ]
        return any(len(line) > LONGEST for line in lines) or any(
            len(words) > LONGEST_TITLE for words in self.title.values()
        )
