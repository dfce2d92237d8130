"""More: what a visitor writes afterwards about something she handed in, with its receipt."""

from kiosk.domain.errand import Errand, Kind, Question
from kiosk.phrase import phrase

MORE_WORDS = "words"
"""Name of its one question."""

MORE = Errand(
    name="more",
    title=phrase("Write more"),
    blurb=phrase("A follow-up question, or something you forgot."),
    thanks=phrase("Thank you for telling us."),
    questions=(
        Question(
            name=MORE_WORDS,
            kind=Kind.LONG_TEXT,
            ask=phrase("What do you want to add?"),
            help=phrase(
                "It is added to what you handed in. You read the answer with the same code."
            ),
            required=True,
            personal=True,
        ),
    ),
)
"""Not on the home screen: it is reached by a receipt, and hands in nothing of its own."""
