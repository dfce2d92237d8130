"""Who she is: questions that several errands ask in the same words."""

from kiosk.domain.errand import Choice, Kind, OnlyIf, Question
from kiosk.phrase import phrase

FIRST_NAME = Question(
    name="name",
    kind=Kind.TEXT,
    ask=phrase("What can we call you?"),
    help=phrase("A first name is enough. You can skip this one."),
    personal=True,
    limit=60,
)
AGE = Question(
    name="age",
    kind=Kind.CHOICE,
    ask=phrase("How old are you?"),
    required=True,
    personal=True,
    choices=(
        Choice("under_18", phrase("Under 18")),
        Choice("adult", phrase("18 or older")),
    ),
)
GUARDIAN = Question(
    name="guardian",
    kind=Kind.TEXT,
    ask=phrase("Which parent or guardian says yes to this?"),
    help=phrase("Name and telephone or e-mail. Only the staff see it."),
    required=True,
    personal=True,
    only_if=OnlyIf("age", ("under_18",)),
)
