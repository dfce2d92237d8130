"""What an answer field gets to know: its question, what is answered so far, and what is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.domain.content import Content
from kiosk.domain.errand import Choice, Question
from kiosk.domain.task import Task
from kiosk.errands.offer import choices
from kiosk.i18n import Phrases


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """One question as it is put to one visitor."""

    question: Question
    """The declaration."""
    answer: Any
    """What she answered before, or None."""
    answers: Mapping[str, Any]
    """Everything she answered, by question name."""
    content: Content
    """What the branch offers today."""
    phrases: Phrases
    """In her language."""
    now: datetime
    """The branch's wall clock."""
    large: bool = False
    """Whether she wants fewer and bigger things."""
    task: Task | None = None
    """The volunteer task she has chosen, for an agreement."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be picked, in her language."""
        return choices(self.question, self.content, self.phrases, self.now)
