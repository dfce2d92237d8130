"""Idea: something a visitor wants to do or change here, together with others."""

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.errands.who import FIRST_NAME
from kiosk.errands.wording import AUDIENCES, YES_NO
from kiosk.phrase import phrase

IDEA = Errand(
    name="idea",
    title=phrase("Share an idea"),
    noun=phrase("Idea"),
    blurb=phrase("The stage is yours: perform, exhibit, meet, change."),
    thanks=phrase("Thank you for your idea."),
    questions=(
        Question(
            name="kind",
            kind=Kind.CHOICE,
            ask=phrase("What kind of idea is it?"),
            required=True,
            choices=(
                Choice("stage", phrase("On the stage"), phrase("a talk, music, a quiz, a café")),
                Choice("bazaar", phrase("Culture bazaar"), phrase("many stalls, one day")),
                Choice("exhibition", phrase("An exhibition"), phrase("pictures, crafts, finds")),
                Choice("photo", phrase("The photo contest"), phrase("your own picture")),
                Choice("memory", phrase("A memory"), phrase("for the memory café")),
                Choice("meeting", phrase("A meeting of our own"), phrase("a circle, a club")),
                Choice("service", phrase("A new or better service"), phrase("help us shape it")),
                Choice("other", phrase("Something else")),
            ),
        ),
        Question(
            name="title",
            kind=Kind.TEXT,
            ask=phrase("What shall we call it?"),
            help=phrase("A few words."),
            required=True,
            personal=True,
            limit=60,
        ),
        Question(
            name="what",
            kind=Kind.LONG_TEXT,
            ask=phrase("What is the idea?"),
            help=phrase("Say what would happen, where and when."),
            required=True,
            personal=True,
            limit=1500,
        ),
        Question(
            name="for_whom",
            kind=Kind.CHOICES,
            ask=phrase("Who is it for?"),
            help=phrase("Choose as many as you like."),
            choices=AUDIENCES,
        ),
        Question(
            name="together",
            kind=Kind.LONG_TEXT,
            ask=phrase("Together with whom?"),
            help=phrase("People, associations, schools. Perhaps you are looking for somebody."),
            personal=True,
            limit=600,
        ),
        Question(
            name="benefits",
            kind=Kind.LONG_TEXT,
            ask=phrase("Who else would benefit?"),
            help=phrase("We like ideas that many can enjoy. You can skip this one."),
            personal=True,
            limit=600,
        ),
        Question(
            name="needs",
            kind=Kind.CHOICES,
            ask=phrase("What does it need?"),
            help=phrase("Choose as many as you like, or none."),
            choices=(
                Choice("room", phrase("A room")),
                Choice("stage", phrase("Stage, sound, light")),
                Choice("tools", phrase("Tools or materials")),
                Choice("people", phrase("More people")),
                Choice("staff", phrase("Help from the staff")),
                Choice("news", phrase("Letting people know")),
                Choice("money", phrase("A little money")),
                Choice("other", phrase("Something else")),
            ),
        ),
        Question(
            name="show",
            kind=Kind.CHOICE,
            ask=phrase("May we show the idea to others?"),
            help=phrase("The staff read it first. Your name is not shown. Others can join in."),
            required=True,
            choices=YES_NO,
        ),
        FIRST_NAME,
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("How can we reach you?"),
            help=phrase("E-mail or telephone. Not needed: you can follow up here with your code."),
            personal=True,
            with_consent="write_to_me",
        ),
        Question(
            name="write_to_me",
            kind=Kind.CONSENT,
            ask=phrase("May we write to you there about the idea?"),
            help=phrase("Otherwise we only use it to call you or to write by hand."),
            only_if=OnlyIf("contact"),
        ),
    ),
)
