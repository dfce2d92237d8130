"""Fault: something here is broken or unsafe; says whom to call, and promises nobody's presence."""

from kiosk.domain.errand import CallNote, Choice, Errand, Kind, Question
from kiosk.phrase import phrase

_CANNOT_WAIT = CallNote(
    calling=phrase("Can't wait? Call {phone}. In an emergency: 112."),
    without=phrase("In an emergency: call 112."),
)
"""112 is the emergency number in every country of the European Union, and in Norway."""

FAULT = Errand(
    name="fault",
    title=phrase("Something is wrong"),
    noun=phrase("Fault report"),
    blurb=phrase("Printer, computer, wifi, a lock, the heating."),
    thanks=phrase("Thank you. The staff read this, but not at once."),
    note=_CANNOT_WAIT,
    questions=(
        Question(
            name="what",
            kind=Kind.CHOICE,
            ask=phrase("What is wrong?"),
            required=True,
            note=_CANNOT_WAIT,
            choices=(
                Choice("printer", phrase("Printer or copier")),
                Choice("computer", phrase("A computer")),
                Choice("wifi", phrase("The wifi")),
                Choice("loans", phrase("Borrowing or returning")),
                Choice("lock", phrase("A door or a lock")),
                Choice("heating", phrase("Too cold or too warm")),
                Choice("safety", phrase("It is not safe here")),
                Choice("other", phrase("Something else")),
            ),
        ),
        Question(
            name="where",
            kind=Kind.TEXT,
            ask=phrase("Where is it?"),
            help=phrase("For example: the printer by the entrance. You can skip this one."),
            personal=True,
            matter=True,
        ),
        Question(
            name="words",
            kind=Kind.LONG_TEXT,
            ask=phrase("What happened?"),
            help=phrase("What you saw, and what you have tried. Leave out names."),
            personal=True,
            matter=True,
            limit=1000,
        ),
    ),
)
