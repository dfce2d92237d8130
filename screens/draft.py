"""A draft: what a visitor has answered so far, and which question she is at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.domain.content import Content
from kiosk.domain.errand import Errand, Kind, Question, anew
from kiosk.domain.mistake import Mistake, mistake_in
from kiosk.errands.offer import offered


@dataclass(slots=True)
class Draft:
    """One errand on its way; lives in the form's screen and nowhere else."""

    errand: Errand
    """What she does here."""
    answers: dict[str, Any] = field(default_factory=dict)
    """By question name, in the shape `kiosk.domain.errand.Kind` gives."""
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    """By question name; shown on the question until it is answered anew."""
    at: str = ""
    """Name of the question on screen; empty at the review."""
    reviewed: bool = False
    """Whether she has seen the review, so that a change leads back there."""
    unsettled: set[str] = field(default_factory=set)
    """Names of questions that are asked anew: what their answers stand on has changed."""

    def __post_init__(self) -> None:
        """Begin at the first question that has no answer yet."""
        names = [each.name for each in self.asked if each.name not in self.answers]
        self.at = names[0] if names else ""

    @property
    def asked(self) -> list[Question]:
        """The questions asked, given the answers so far."""
        return self.errand.asked(self.answers)

    @property
    def question(self) -> Question | None:
        """The question on screen; None at the review."""
        return next((each for each in self.asked if each.name == self.at), None)

    @property
    def place(self) -> int:
        """Where she is among the asked questions, from 0; their number at the review."""
        names = [each.name for each in self.asked]
        return names.index(self.at) if self.at in names else len(names)

    @property
    def words_written(self) -> bool:
        """Whether throwing it away would lose something."""
        return bool(self.errand.kept(self.answers))

    def answer(self, name: str, answer: Any) -> None:
        """Remember an answer and forget the mistake it mends; None forgets the answer.

        Where it is another than before, what was answered for the old one is asked anew.
        """
        if answer != self.answers.get(name):
            self._unsettle(name)
        if answer is None:
            self.answers.pop(name, None)
        else:
            self.answers[name] = answer
        self.mistakes.pop(name, None)

    def refuse(self, mistakes: Mapping[str, Mistake]) -> None:
        """Take the *mistakes* found at handing in, and show the first question that has one."""
        self.mistakes = dict(mistakes)
        wrong = [each for each in self.asked if each.name in mistakes]
        for each in wrong:
            if each.name in self.answers:
                self._take_back(each)
        self.go_to(wrong[0].name if wrong else "")

    def check(self, content: Content, now: datetime) -> Mistake | None:
        """Find what is wrong with the answer on screen, and remember it."""
        question = self.question
        if question is None:
            return None
        values = offered(self.errand, content, now).get(question.name, ())
        mistake = mistake_in(question, self.answers.get(question.name), values)
        if mistake:
            self.mistakes[question.name] = mistake
        return mistake

    def go_on(self) -> None:
        """Step to the next question, or from a change straight back to the review."""
        asked = self.asked
        after = asked[self.place + 1 :]
        self.unsettled.discard(self.at)
        if self.reviewed:
            after = [each for each in asked if self._is_open(each)]
        self.go_to(after[0].name if after else "")

    def go_back(self) -> bool:
        """Step to the question before; False when there is none."""
        if self.place == 0:
            return False
        self.go_to(self.asked[self.place - 1].name)
        return True

    def go_to(self, name: str) -> None:
        """Put one question on screen, or the review when *name* is empty."""
        self.at = name
        if not name:
            self.reviewed = True

    def kind_of_answer(self, kind: Kind) -> Any:
        """Return the answer to the question of this *kind*, or None."""
        return next((self.answers.get(each.name) for each in self.asked if each.kind is kind), None)

    def _unsettle(self, name: str) -> None:
        for each in self.errand.questions:
            if name in each.stands_on and each.name in self.answers:
                self.unsettled.add(each.name)
                self._take_back(each)

    def _take_back(self, question: Question) -> None:
        """Keep of an answer what is no yes."""
        left = anew(question.kind, self.answers.pop(question.name))
        if left is not None:
            self.answers[question.name] = left

    def _is_open(self, question: Question) -> bool:
        missing = question.required and question.name not in self.answers
        return missing or question.name in self.unsettled

    def forget(self) -> None:
        """Wipe everything she answered."""
        self.answers.clear()
        self.mistakes.clear()
