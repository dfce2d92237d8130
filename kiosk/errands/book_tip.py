"""Book tip: what somebody, often a child, has read; a nickname from a list, never a name."""

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.phrase import phrase

BOOK_TIP = Errand(
    name="book_tip",
    title=phrase("Recommend a book"),
    noun=phrase("Book tip"),
    blurb=phrase("For everyone who reads, children too. No name needed."),
    thanks=phrase("Thank you! The staff read your tip before others see it."),
    questions=(
        Question(
            name="title",
            kind=Kind.TEXT,
            ask=phrase("Which book have you read?"),
            help=phrase("The title. And who wrote it, if you know."),
            required=True,
            personal=True,
            matter=True,
        ),
        Question(
            name="stars",
            kind=Kind.FACES,
            ask=phrase("How good was it?"),
            required=True,
        ),
        Question(
            name="words",
            kind=Kind.LONG_TEXT,
            ask=phrase("What was it like?"),
            help=phrase("A few words are enough. Leave out names of people you know."),
            personal=True,
            matter=True,
            limit=300,
        ),
        Question(
            name="for_age",
            kind=Kind.CHOICE,
            ask=phrase("Who should read it?"),
            help=phrase("You can skip this one."),
            choices=(
                Choice("up_to_5", phrase("Up to 5 years")),
                Choice("from_6_to_8", phrase("6 to 8 years")),
                Choice("from_9_to_13", phrase("9 to 13 years")),
                Choice("from_14_to_17", phrase("14 to 17 years")),
                Choice("adults", phrase("Adults")),
                Choice("everyone", phrase("Everyone")),
            ),
        ),
        Question(
            name="nickname",
            kind=Kind.CHOICE,
            ask=phrase("Which name goes with your tip?"),
            help=phrase("Choose one you like. Nobody will know who you are."),
            required=True,
            choices=(
                Choice("reading_bear", phrase("The Reading Bear")),
                Choice("night_owl", phrase("The Night Owl")),
                Choice("book_dragon", phrase("The Book Dragon")),
                Choice("page_pirate", phrase("The Page Pirate")),
                Choice("word_wizard", phrase("The Word Wizard")),
                Choice("story_fox", phrase("The Story Fox")),
                Choice("comma_cat", phrase("The Comma Cat")),
                Choice("chapter_hare", phrase("The Chapter Hare")),
                Choice("library_mouse", phrase("The Library Mouse")),
                Choice("fairytale_whale", phrase("The Fairytale Whale")),
                Choice("comic_hero", phrase("The Comic Hero")),
                Choice("bookworm", phrase("The Bookworm")),
            ),
        ),
        Question(
            name="counts",
            kind=Kind.CHOICE,
            ask=phrase("Are you in the reading challenge?"),
            help=phrase("We add up what everybody reads. You can skip this one."),
            choices=(
                Choice("pages", phrase("Yes, I count pages")),
                Choice("books", phrase("Yes, I count books")),
                Choice("no", phrase("No")),
            ),
        ),
        Question(
            name="read",
            kind=Kind.NUMBER,
            ask=phrase("How many have you read this time?"),
            help=phrase("Type the number, or touch the digits."),
            required=True,
            limit=2000,
            only_if=OnlyIf("counts", ("pages", "books")),
        ),
    ),
)
