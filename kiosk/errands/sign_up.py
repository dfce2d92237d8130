"""Sign up: places in a workshop, a course, a story time."""

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.phrase import phrase

SIGN_UP = Errand(
    name="sign-up",
    title=phrase("Sign up"),
    noun=phrase("Sign-up"),
    blurb=phrase("Workshops, courses, story times, language cafés."),
    thanks=phrase("Your sign-up is saved. The library tells you if you have a place."),
    questions=(
        Question(
            name="workshop",
            kind=Kind.WORKSHOP,
            ask=phrase("What do you want to come to?"),
            required=True,
        ),
        Question(
            name="seats",
            kind=Kind.SEATS,
            ask=phrase("How many are you?"),
            help=phrase("Children come with a grown-up."),
            required=True,
        ),
        Question(
            name="name",
            kind=Kind.TEXT,
            ask=phrase("What name shall we write down?"),
            help=phrase("First name is enough. Only the staff see it."),
            required=True,
            personal=True,
            limit=60,
        ),
        Question(
            name="guardian",
            kind=Kind.TEXT,
            ask=phrase("Which grown-up is responsible for the children?"),
            help=phrase("First name is enough."),
            required=True,
            personal=True,
            limit=60,
            only_if=OnlyIf("seats", ("children",)),
        ),
        Question(
            name="needs",
            kind=Kind.CHOICES,
            ask=phrase("Is there anything you need there?"),
            help=phrase("Choose as many as you like, or none."),
            personal=True,
            choices=(
                Choice("wheelchair", phrase("Room for a wheelchair")),
                Choice("interpreter", phrase("An interpreter")),
                Choice("hearing_loop", phrase("A hearing loop")),
                Choice("large_print", phrase("Large print")),
                Choice("companion", phrase("A companion comes with me")),
                Choice("other", phrase("Something else")),
            ),
        ),
        Question(
            name="need_in_words",
            kind=Kind.TEXT,
            ask=phrase("What do you need?"),
            help=phrase("For example which language, or what helps you."),
            personal=True,
            only_if=OnlyIf("needs", ("interpreter", "other")),
        ),
        Question(
            name="contribute",
            kind=Kind.LONG_TEXT,
            ask=phrase("Is there something you can bring or share?"),
            help=phrase("Something you know, a tool, a story. You can skip this one."),
            personal=True,
            limit=600,
        ),
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("How can we reach you if something changes?"),
            help=phrase("E-mail or telephone. Not needed: you can follow up here with your code."),
            personal=True,
            with_consent="write_to_me",
        ),
        Question(
            name="write_to_me",
            kind=Kind.CONSENT,
            ask=phrase("May we write to you there about your place?"),
            help=phrase("To an e-mail address: your place, the waiting list, the day before."),
            only_if=OnlyIf("contact"),
        ),
        Question(
            name="consent",
            kind=Kind.CONSENT,
            ask=phrase("May the library keep this until it is over?"),
            help=phrase("Then it is deleted. You can erase it earlier yourself, with your code."),
            required=True,
        ),
    ),
)
