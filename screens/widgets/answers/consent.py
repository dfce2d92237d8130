"""Consent: one big tile to say yes with."""

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from kiosk.phrase import phrase
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.tile import Tile


class ConsentField(AnswerField):
    """Pressed once is yes, pressed again takes it back."""

    yes = phrase("Yes, that is fine")

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question."""
        super().__init__(asking)
        self._yes = asking.answer is True

    def compose(self) -> ComposeResult:
        """Lay out the tile."""
        yield Tile(
            self.asking.phrases.say(self.yes),
            number=1,
            chosen=self._yes,
            id="yes",
            classes="yes",
            after_s=READ_S,
        )

    def first(self) -> Widget | None:
        """Leave the focus to the way on: nobody agrees by pressing what has it already."""
        return None

    def mends(self) -> Widget | None:
        """Lead to the yes that is missing."""
        return self.query_one(Tile)

    @property
    def highest(self) -> int:
        """One."""
        return 1

    def pick(self, number: int) -> bool:
        """1 says yes."""
        if number != 1:
            return False
        self.query_one(Tile).press()
        return True

    @on(BigButton.Pressed)
    def _toggle(self, event: BigButton.Pressed) -> None:
        event.stop()
        self._yes = not self._yes
        self.query_one(Tile).chosen = self._yes
        self.say_answer(True if self._yes else None)
        if self._yes:
            self.post_message(self.Enough())
