"""Faces: five from very bad to very good."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from kiosk.errands.wording import FACES
from screens.widgets.answers.asking import Asking
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK, Tile

_MOUTHS = {1: "╭─────╮", 2: "╭───╮", 3: "─────", 4: "╰───╯", 5: "╰─────╯"}
_EYES = "●   ●"


class Face(Tile):
    """One face, drawn with lines that every font has."""

    def render(self) -> Content:
        """Draw eyes, mouth, words and the number."""
        mark = CHOSEN_MARK if self.chosen else " "
        lines = [
            Content.assemble((_EYES, "bold")),
            Content(""),
            Content.assemble((_MOUTHS[self.number], "bold")),
            Content(""),
            Content.assemble((self.label, "bold")),
            Content.assemble(f"{mark} {self.number} {mark}"),
        ]
        spare = self.content_size.height - len(lines)
        if spare < 0:
            lines = [lines[0], lines[2], *lines[4:]]
        return Content("\n").join(lines)


class FacesField(AnswerField):
    """Five tiles side by side."""

    def __init__(self, asking: Asking) -> None:
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
