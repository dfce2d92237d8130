"""Feedback: what a visitor thinks of the library, with or without a wish for an answer."""

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.errands.wording import YES_NO
from kiosk.phrase import phrase

FEEDBACK = Errand(
    name="feedback",
    title=phrase("Say what you think"),
    noun=phrase("Feedback"),
    blurb=phrase("Praise, complaints, questions. All of it is read."),
    thanks=phrase("Thank you for telling us."),
    questions=(
        Question(
            name="mood",
            kind=Kind.FACES,
            ask=phrase("How is the library today?"),
            help=phrase("You can skip this one."),
        ),
        Question(
            name="about",
            kind=Kind.CHOICE,
            ask=phrase("What is it about?"),
            required=True,
            choices=(
                Choice("learning", phrase("Learning"), phrase("study, courses, homework")),
                Choice("inspiration", phrase("Inspiration"), phrase("reading, culture, events")),
                Choice("meetings", phrase("Meeting others"), phrase("rooms, cafés, groups")),
                Choice("creating", phrase("Making things"), phrase("tools, workshops, materials")),
                Choice("staff", phrase("The staff")),
                Choice("hours", phrase("Opening hours")),
                Choice("premises", phrase("The building")),
                Choice("media", phrase("Books and other media")),
                Choice("computers", phrase("Computers, printers, wifi")),
                Choice("kiosk", phrase("This screen")),
                Choice("other", phrase("Something else")),
            ),
        ),
        Question(
            name="words",
            kind=Kind.LONG_TEXT,
            ask=phrase("What do you want to say?"),
            help=phrase("Write as you like, in any language. Leave out names and ID numbers."),
            personal=True,
            matter=True,
        ),
        Question(
            name="as_whom",
            kind=Kind.CHOICE,
            ask=phrase("Who is speaking?"),
            help=phrase("You can skip this one."),
            choices=(
                Choice("person", phrase("Just me")),
                Choice("group", phrase("A group of us")),
                Choice("association", phrase("An association")),
                Choice("institution", phrase("A school, office or other institution")),
            ),
        ),
        Question(
            name="group_name",
            kind=Kind.TEXT,
            ask=phrase("What are you called?"),
            help=phrase("The name of the group or place, not of a person. You can skip this one."),
            personal=True,
            only_if=OnlyIf("as_whom", ("group", "association", "institution")),
        ),
        Question(
            name="wants_answer",
            kind=Kind.CHOICE,
            ask=phrase("Would you like an answer?"),
            help=phrase("You read it here, with the code on your receipt. No account needed."),
            choices=YES_NO,
        ),
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("Shall we reach you another way too?"),
            help=phrase("E-mail or telephone. Not needed: the code on your receipt is enough."),
            personal=True,
            only_if=OnlyIf("wants_answer", ("yes",)),
        ),
    ),
)
