"""Volunteer: help at the library, with expectations that both sides have agreed to."""

from kiosk.domain.errand import Choice, Errand, Kind, Question
from kiosk.errands.who import AGE, GUARDIAN
from kiosk.errands.wording import SPOKEN_LANGUAGES
from kiosk.phrase import phrase

VOLUNTEER = Errand(
    name="volunteer",
    title=phrase("Help as a volunteer"),
    noun=phrase("Volunteer"),
    blurb=phrase("Read aloud, help with tablets, host a café."),
    thanks=phrase("Thank you for wanting to help."),
    questions=(
        Question(
            name="task",
            kind=Kind.TASK,
            ask=phrase("What would you like to do?"),
            help=phrase("Volunteers add to what the staff do. They never replace them."),
            required=True,
        ),
        Question(
            name="agreement",
            kind=Kind.AGREEMENT,
            ask=phrase("What do we expect of each other?"),
            help=phrase("Read our side. Write yours: what you offer, what you expect."),
            required=True,
            personal=True,
            stands_on=("task",),
        ),
        Question(
            name="skills",
            kind=Kind.LONG_TEXT,
            ask=phrase("What are you good at, or want to learn?"),
            help=phrase("You can skip this one."),
            personal=True,
            limit=600,
        ),
        Question(
            name="languages",
            kind=Kind.CHOICES,
            ask=phrase("Which languages do you speak?"),
            help=phrase("Choose as many as you like."),
            personal=True,
            choices=SPOKEN_LANGUAGES,
        ),
        Question(
            name="footing",
            kind=Kind.CHOICE,
            ask=phrase("How would you like to begin?"),
            help=phrase("You can skip this one."),
            choices=(
                Choice("pilot", phrase("Try it for a while first")),
                Choice("regular", phrase("Regularly, from the start")),
                Choice("now_and_then", phrase("Now and then")),
            ),
        ),
        Question(
            name="times",
            kind=Kind.TIMES,
            ask=phrase("When do you have time?"),
            help=phrase("Choose as many as you like."),
            required=True,
            personal=True,
        ),
        AGE,
        GUARDIAN,
        Question(
            name="name",
            kind=Kind.TEXT,
            ask=phrase("What is your name?"),
            help=phrase("Only the staff see it."),
            required=True,
            personal=True,
            limit=60,
        ),
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("How can we reach you?"),
            help=phrase("E-mail or telephone. Not needed: you can follow up here with your code."),
            personal=True,
        ),
        Question(
            name="consent",
            kind=Kind.CONSENT,
            ask=phrase("May the library keep this until we have agreed?"),
            help=phrase("You can erase it yourself at any time, with your code."),
            required=True,
        ),
    ),
)
