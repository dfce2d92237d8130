"""Wish: something the library should buy or have, by title or by topic."""

from kiosk.domain.errand import Choice, Errand, Kind, Question
from kiosk.errands.wording import AUDIENCES, SPOKEN_LANGUAGES
from kiosk.phrase import phrase

WISH = Errand(
    name="wish",
    title=phrase("Wish for something"),
    noun=phrase("Purchase suggestion"),
    blurb=phrase("A book, a film, a game, or a topic we lack."),
    thanks=phrase("Thank you for your wish."),
    questions=(
        Question(
            name="title",
            kind=Kind.TEXT,
            ask=phrase("What do you wish for?"),
            help=phrase("A title, an author or a topic."),
            required=True,
            personal=True,
            matter=True,
            limit=200,
        ),
        Question(
            name="format",
            kind=Kind.CHOICES,
            ask=phrase("What should it be?"),
            help=phrase("Choose as many as you like."),
            choices=(
                Choice("book", phrase("A book")),
                Choice("large_print", phrase("Large print")),
                Choice("easy", phrase("Easy to read")),
                Choice("audio", phrase("An audiobook")),
                Choice("ebook", phrase("An e-book")),
                Choice("magazine", phrase("A magazine or newspaper")),
                Choice("film", phrase("A film")),
                Choice("music", phrase("Music")),
                Choice("game", phrase("A game")),
                Choice("thing", phrase("Something else to borrow")),
            ),
        ),
        Question(
            name="languages",
            kind=Kind.CHOICES,
            ask=phrase("In which language?"),
            help=phrase("Choose as many as you like, or none."),
            choices=SPOKEN_LANGUAGES,
        ),
        Question(
            name="age",
            kind=Kind.CHOICES,
            ask=phrase("Who is it for?"),
            help=phrase("Choose as many as you like, or none."),
            choices=AUDIENCES,
        ),
        Question(
            name="words",
            kind=Kind.LONG_TEXT,
            ask=phrase("Is there anything else we should know?"),
            help=phrase("For example which other language. You can skip this one."),
            personal=True,
            matter=True,
            limit=600,
        ),
        Question(
            name="contact",
            kind=Kind.CONTACT,
            ask=phrase("Shall we tell you what comes of it?"),
            help=phrase("E-mail or telephone. Not needed: the code on your receipt is enough."),
            personal=True,
        ),
    ),
)
