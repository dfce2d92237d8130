"""The page of a form: one question with its answer field, or the review of all answers."""

import textwrap

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kiosk.domain.errand import Kind, Question
from kiosk.domain.mistake import Reason
from kiosk.errands.telling import noted, told
from kiosk.errands.wording import NOT_ANSWERED, reason_in_words
from kiosk.problems import Problem
from screens.draft import Draft
from screens.visit import Visit
from screens.widgets.answers import AnswerField, QuestionContext, field_for
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile

MISTAKE_MARK = "▲"
MOST_LINES = 3
"""Rows that one answer takes at the review."""
_NO_YES = {Reason.REQUIRED, Reason.NOT_ACCEPTED}


class Page(Vertical):
    """Shows what the draft is at; recomposed when that changes."""

    def __init__(self, visit: Visit, draft: Draft) -> None:
        """Take the *visit* for language and content, and the *draft* to show."""
        super().__init__(id="page")
        self._visit = visit
        self._draft = draft
        self.trouble: Problem | None = None
        """What went wrong at handing in."""
        self.field: AnswerField | None = None
        """Where the answer is given; None at the review."""
        self._mistaken = Static(classes="mistake", id="mistake")
        self._helping = Static(classes="help", id="help")

    def compose(self) -> ComposeResult:
        """Lay out the question, or the review."""
        question = self._draft.question
        self.field = None if question is None else field_for(self._asking(question))
        if question is None:
            yield from self._review()
        else:
            yield from self._ask(question)

    def _ask(self, question: Question) -> ComposeResult:
        say = self._visit.say
        yield Static(Content(say(question.ask)), classes="title", id="ask")
        self._helping = Static(Content(say(question.help)), classes="help", id="help")
        yield self._helping
        note = noted(question.note, self._visit.desk.content, self._visit.phrases)
        if note:
            yield Static(Content(note), classes="lead", id="note")
        self._mistaken = Static(classes="mistake", id="mistake")
        yield self._mistaken
        if self.field is not None:
            yield self.field

    def begin(self) -> None:
        """Put the focus where one goes on from here, and say what is wrong."""
        self.show_mistake()
        field = self.field
        mistaken = self._draft.at in self._draft.mistakes
        first = (field.mends() if mistaken else field.first()) if field else None
        if first is None:
            first = self.screen.query_one("#next")
        first.focus()

    def write_here(self) -> None:
        """Give the focus to the text that is written here."""
        for widget in (*self.query(Input), *self.query(TextArea)):
            if not widget.has_focus:
                widget.focus()
            return

    def go_on_from_writing(self) -> None:
        """Put the focus where one goes on once the keyboard is away."""
        field = self.field
        after = field.after_writing() if field else None
        if after is None:
            self.write_here()
        else:
            after.focus()

    def show_mistake(self) -> None:
        """Say in words what is wrong with the answer on screen, if anything."""
        if self.field is None:
            return
        words = self._mistake()
        said = f"{MISTAKE_MARK} {words}" if words else ""
        if str(self._mistaken.content) != said:  # every update lays the whole screen out anew
            self._mistaken.update(Content(said))
        self._mistaken.set_class(bool(words), "-said")
        self._helping.display = not words  # empty it keeps the row: nothing moves for a mistake

    def _mistake(self) -> str:
        mistake, field = self._draft.mistakes.get(self._draft.at), self.field
        if mistake is None:
            return ""
        if field is not None and field.yes and mistake.reason in _NO_YES:
            say = self._visit.say
            return say("Press “{yes}” to go on, or cancel.", yes=say(field.yes))
        return reason_in_words(mistake, self._visit.phrases)

    def _asking(self, question: Question) -> QuestionContext:
        draft, desk = self._draft, self._visit.desk
        chosen = draft.kind_of_answer(Kind.TASK)
        return QuestionContext(
            question=question,
            answer=draft.answers.get(question.name),
            answers=draft.answers,
            content=desk.content,
            phrases=self._visit.phrases,
            now=desk.now(),
            large=self._visit.large,
            task=desk.content.task(chosen) if chosen else None,
        )

    def _review(self) -> ComposeResult:
        say = self._visit.say
        yield Static(Content(say("Is this right?")), classes="title")
        if self.trouble:
            words = say(self.trouble.visitor, code=self.trouble.code)
            yield Static(Content(f"{MISTAKE_MARK} {words}"), classes="mistake -said")
        yield Review(self._visit, self._draft)


class Review(Vertical):
    """All answers in words, each of them a button that leads back to its question."""

    class Change(Message):
        """She wants to change one answer."""

        def __init__(self, question: str) -> None:
            """Take the question's name."""
            super().__init__()
            self.question = question

    def __init__(self, visit: Visit, draft: Draft) -> None:
        """Take what to show."""
        super().__init__(id="review")
        self._visit = visit
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Lay out a row an answer."""
        visit = self._visit
        answers = told(self._draft.errand, self._draft.answers, visit.desk.content, visit.phrases)
        rows: list[Widget] = [
            ReviewRow(
                visit.say(question.ask),
                words or visit.say(NOT_ANSWERED),
                question.name,
                visit.say("Change"),
                number,
            )
            for number, (question, words) in enumerate(answers, start=1)
        ]
        yield Shelf(*rows, phrases=visit.phrases)

    @on(BigButton.Pressed, ".review-row")
    def _change(self, event: BigButton.Pressed) -> None:
        event.stop()
        if isinstance(event.button, Tile):
            self.post_message(self.Change(event.button.value))


class ReviewRow(Tile):
    """One question with what she answered."""

    def __init__(self, ask: str, words: str, name: str, change: str, number: int) -> None:
        """Take question, answer in words, the question's name, the word to press and its number."""
        super().__init__(
            ask,
            value=name,
            number=number,
            note=words,
            id=f"review-{name}",
            classes="review-row",
        )
        self._change = change

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual gives them
        """Take as many rows as question and answer need, of the answer up to a few."""
        return len(self._ask(width)) + len(self._words(width))

    def render(self) -> Content:
        """Draw the question small, the answer below it, and "Change" at the right edge."""
        width = self.content_size.width
        less = "" if self.has_focus else "$muted"
        first, *more = self._ask(width)
        return Content.assemble(
            (first.ljust(self._room(width) + 2), less),
            (f"{self._change} ▶", self.emphasis),
            *((f"\n{each}", less) for each in more),
            "\n",
            ("\n".join(self._words(width)), self.emphasis),
        )

    def _room(self, width: int) -> int:
        """Return the columns a question has beside "Change"."""
        return max(10, width - len(self._change) - 4)

    def _ask(self, width: int) -> list[str]:
        """Break the question into lines."""
        return textwrap.wrap(f"{self.number} {self.label}", self._room(width))

    def _words(self, width: int) -> list[str]:
        """Break the answer into lines, the last one ending in dots where something is left out."""
        return textwrap.wrap(
            " ".join(self.note.split()), max(10, width), max_lines=MOST_LINES, placeholder="…"
        )
