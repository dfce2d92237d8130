"""A number: typed by keys from wherever the focus is, or by finger on a pad of big digits."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile

MEND = "←"
_PAD = (*"12345", MEND, *"67890")


class PadKey(Tile):
    """One key of the pad."""


class NumberField(AnswerField):
    """One whole number, which never grows past its limit."""

    takes_digits = True
    takes_digits_often = True

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question, and what was answered before."""
        super().__init__(asking)
        self._number = int(asking.answer or 0)

    def compose(self) -> ComposeResult:
        """Lay out the number and the pad."""
        yield Static(id="number")
        with Grid(id="pad"):
            for sign in _PAD:
                name = "mend" if sign == MEND else sign
                yield PadKey(sign, value=sign, id=f"pad-{name}", classes="pad-key")

    def on_mount(self) -> None:
        """Show what was answered before."""
        self._show()

    def first(self) -> Widget | None:
        """Leave the focus to the way on: digits are taken from anywhere."""
        return None

    def take(self, key: str) -> bool:
        """Take a digit, or mend the last one."""
        if key == "backspace":
            self._number //= 10
        elif key.isdecimal() and key.isascii() and len(key) == 1:
            longer = 10 * self._number + int(key)
            if longer <= self.asking.question.most:
                self._number = longer
        else:
            return False
        self._show()
        self.say_answer(self._number or None)
        return True

    @on(BigButton.Pressed, ".pad-key")
    def _touched(self, event: BigButton.Pressed) -> None:
        event.stop()
        sign = event.button.label
        self.take("backspace" if sign == MEND else sign)

    def _show(self) -> None:
        self.query_one("#number", Static).update(Content(str(self._number or "–")))
