"""A correction as a form: one question of an errand once more, with all that hang on it."""

from dataclasses import replace

from kiosk.domain.correction import part
from kiosk.domain.errand import Errand, Kind, Question
from kiosk.phrase import phrase

CORRECTION = Errand(
    name="correction",
    title=phrase("Change an answer"),
    blurb=phrase("You answer it once more. The new answer counts from then on."),
    thanks=phrase("Thank you for telling us."),
    questions=(),
)
"""Not on the home screen: it is reached by a receipt, and hands in nothing of its own."""


def correction_of(errand: Errand, root: str, seats: int = 0) -> Errand:
    """Return the form that asks *root* of *errand* anew; a party is at most the *seats* it has."""
    asked = (_within(each, seats) for each in part(errand, [root]).questions)
    return replace(CORRECTION, questions=tuple(asked))


def _within(question: Question, seats: int) -> Question:
    if question.kind is not Kind.SEATS or not seats:
        return question
    return replace(
        question,
        limit=min(question.most, seats),
        help=phrase("You can be fewer than before. For more places, sign up once more."),
    )
