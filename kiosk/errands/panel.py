"""Panel: readers whom the library may ask before it decides."""

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.errands.who import AGE, FIRST_NAME, GUARDIAN
from kiosk.errands.wording import AUDIENCES
from kiosk.phrase import phrase

PANEL = Errand(
    name="panel",
    title=phrase("Join the reader panel"),
    noun=phrase("Reader panel"),
    blurb=phrase("We ask you before we decide."),
    thanks=phrase("Thank you for wanting to be asked."),
    questions=(
        Question(
            name="topics",
            kind=Kind.CHOICES,
            ask=phrase("What do you want to be asked about?"),
            help=phrase("Choose as many as you like."),
            required=True,
            choices=(
                Choice("media", phrase("Books and other media")),
                Choice("programme", phrase("What happens here")),
                Choice("hours", phrase("Opening hours")),
                Choice("premises", phrase("The building")),
                Choice("computers", phrase("Computers, printers, wifi")),
                Choice("children", phrase("Children and reading")),
                Choice("languages", phrase("Languages and cultures")),
                Choice("access", phrase("Access for everybody")),
            ),
        ),
        Question(
            name="group",
            kind=Kind.CHOICE,
            ask=phrase("Which group do you belong to?"),
            help=phrase("You can skip this one."),
            choices=AUDIENCES,
        ),
        Question(
            name="reached",
            kind=Kind.CHOICE,
            ask=phrase("How may we ask you?"),
            required=True,
            choices=(
                Choice("here", phrase("Here"), phrase("with the code on my receipt")),
                Choice("mail", phrase("By e-mail")),
                Choice("telephone", phrase("By telephone")),
                Choice("meeting", phrase("At meetings here"), phrase("we need to reach you")),
            ),
        ),
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("How can we reach you?"),
            help=phrase("E-mail or telephone. Only the staff see it."),
            required=True,
            personal=True,
            only_if=OnlyIf("reached", ("mail", "telephone", "meeting")),
            with_consent="consent",
        ),
        AGE,
        GUARDIAN,
        FIRST_NAME,
        Question(
            name="consent",
            kind=Kind.CONSENT,
            ask=phrase("May we keep this for two years, and ask you?"),
            help=phrase("You can leave the panel at any time, with your code."),
            required=True,
            stands_on=("contact",),
        ),
    ),
)
