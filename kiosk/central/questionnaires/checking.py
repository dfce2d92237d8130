"""Checking answers against the version of the questionnaire they were given to; all are kept."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from kiosk.domain.errand import Answers, Errand
from kiosk.domain.mistake import Reason, mistakes
from kiosk.errands.questions import QUESTIONS

DOUBTS = {
    Reason.REQUIRED: gettext_lazy("Should have been answered."),
    Reason.UNKNOWN_QUESTION: gettext_lazy("No question of this version."),
    Reason.NOT_ASKED: gettext_lazy("Should not have been asked."),
    Reason.WRONG_TYPE: gettext_lazy("No answer of the kind that was asked for."),
    Reason.TOO_LONG: gettext_lazy("Longer than allowed."),
    Reason.TOO_MANY: gettext_lazy("Higher than allowed."),
    Reason.TOO_FEW: gettext_lazy("Lower than allowed."),
    Reason.NOT_A_CHOICE: gettext_lazy("None of the choices."),
    Reason.IDENTITY_NUMBER: gettext_lazy("Looks like a personal identity number."),
}
"""What staff read of an answer that does not fit; no other reasons fit the kinds staff ask for."""


def doubts(errand: Errand | None, answers: Answers) -> Mapping[str, Reason]:
    """Return why answers to a written questionnaire do not fit it, by question name.

    Empty for every other errand: what does not fit there is held before it comes to staff.
    """
    if errand is None or errand.name != QUESTIONS.name:
        return {}
    marks = {name for name, _value in errand.marks}
    told = {name: answer for name, answer in answers.items() if name not in marks}
    return {name: mistake.reason for name, mistake in mistakes(errand, told, {}).items()}


def in_words(reason: Reason | None) -> str:
    """Say to staff why an answer does not fit; empty where it does."""
    return str(DOUBTS[reason]) if reason in DOUBTS else ""
