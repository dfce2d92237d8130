"""Join: a visitor wants to take part in an idea that is on the board."""

from kiosk.domain.errand import Errand, Kind, Question
from kiosk.errands.who import FIRST_NAME
from kiosk.phrase import phrase

JOIN = Errand(
    name="join",
    title=phrase("I want to join"),
    blurb=phrase("Take part in an idea that is on the board."),
    thanks=phrase("Thank you. The library brings you together."),
    questions=(
        Question(
            name="idea",
            kind=Kind.IDEA,
            ask=phrase("Which idea do you want to join?"),
            help=phrase("These are the ideas that others can join."),
            required=True,
        ),
        Question(
            name="bring",
            kind=Kind.LONG_TEXT,
            ask=phrase("What would you like to do in it?"),
            help=phrase("Something you know, time, a place, friends. You can skip this one."),
            personal=True,
            limit=600,
        ),
        FIRST_NAME,
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("How can we reach you?"),
            help=phrase("E-mail or telephone. Only the staff see it."),
            required=True,
            personal=True,
            with_consent="write_to_me",
        ),
        Question(
            name="write_to_me",
            kind=Kind.CONSENT,
            ask=phrase("May we write to you about the idea?"),
            help=phrase("If you say no, no automatic letters. The staff may still call or write."),
            stands_on=("contact",),
        ),
        Question(
            name="consent",
            kind=Kind.CONSENT,
            ask=phrase("May the library keep this until the idea is settled?"),
            help=phrase("You can erase it yourself at any time, with your code."),
            required=True,
        ),
    ),
)
