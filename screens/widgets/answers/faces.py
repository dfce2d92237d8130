"""Faces: five from very bad to very good."""

import textwrap

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from kiosk.errands.wording import FACES
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK, Tile

_MOUTHS = {1: "╭─────╮", 2: "╭───╮", 3: "─────", 4: "╰───╯", 5: "╰─────╯"}
_HEAD = ("╭─────────╮", "│  ●   ●  │", "│         │", "│M│", "╰─────────╯")
_BARE = ("●   ●", "", "M")
"""Where there is no room for a head."""
LINES_OF_WORDS = 4
"""Rows a face's number and words may take."""


class Face(Tile):
    """One face, drawn with lines that every font has."""

    def render(self) -> Content:
        """Draw the face with its number above and its words below."""
        width, height = self.content_size
        mark = f"{CHOSEN_MARK} {self.number} {CHOSEN_MARK}" if self.chosen else str(self.number)
        words = textwrap.wrap(self.label, max(4, width - 1))
        roomy = height >= len(_HEAD) + LINES_OF_WORDS and width > len(_HEAD[0]) + 1
        face = _HEAD if roomy else _BARE
        drawn = [line.replace("M", f"{_MOUTHS[self.number]:^9}") for line in face]
        lines = [mark, *drawn, *words, *[""] * (2 - len(words))]
        return Content("\n").join(Content.assemble((line, self.emphasis)) for line in lines)


class FacesField(AnswerField):
    """Five tiles side by side."""

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question."""
        super().__init__(asking)
        self._chosen = asking.answer

    def compose(self) -> ComposeResult:
        """Lay the faces out, worst first."""
        with Horizontal(classes="faces"):
            for number, name in FACES.items():
                yield Face(
                    self.asking.phrases.say(name),
                    value=str(number),
                    number=number,
                    chosen=number == self._chosen,
                    id=f"pick-{number}",
                )

    @property
    def highest(self) -> int:
        """Five."""
        return len(FACES)

    def first(self) -> Widget | None:
        """Begin at the chosen face, else at the one in the middle."""
        return list(self.query(Face))[(self._chosen or 3) - 1]

    def pick(self, number: int) -> bool:
        """Choose a face by its digit."""
        for face in self.query(Face):
            if face.number == number:
                face.focus()
                face.press()
                return True
        return False

    @on(BigButton.Pressed)
    def _choose(self, event: BigButton.Pressed) -> None:
        event.stop()
        again = isinstance(event.button, Face) and event.button.chosen
        for face in self.query(Face):
            face.chosen = face is event.button
            if face.chosen:
                self._chosen = face.number
        self.say_answer(self._chosen)
        if again:
            self.post_message(self.Settled())
