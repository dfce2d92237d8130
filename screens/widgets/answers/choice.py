"""Choices: one or several of what is offered, as numbered tiles."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.widget import Widget

from kiosk.domain.errand import Kind
from screens.widgets.answers.asking import Asking
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Reel, Shelf
from screens.widgets.tile import Tile

_FEW = 4
_SOME = 8
_LISTED = (Kind.WORKSHOP, Kind.TASK)
"""Content with long lines: always one below the other."""


class ChoiceField(AnswerField):
    """Tiles in as many columns as their number asks for."""

    def __init__(self, asking: Asking) -> None:
        """Take the question, and what was chosen before."""
        super().__init__(asking)
        self._several = asking.question.kind is Kind.CHOICES
        before = asking.answer if asking.answer is not None else []
        self._chosen: list[str] = list(before) if self._several else [before] if before else []

    def compose(self) -> ComposeResult:
        """Lay the tiles out on a shelf."""
        offered = self.asking.choices
        tiles = [
            Tile(
                each.label,
                value=each.value,
                number=number,
                note=each.note,
                chosen=each.value in self._chosen,
            )
            for number, each in enumerate(offered, start=1)
        ]
        yield Shelf(
            Grid(*tiles, classes=f"tiles {self._layout(len(tiles))}"), phrases=self.asking.phrases
        )

    @property
    def highest(self) -> int:
        """How many are offered."""
        return len(self.asking.choices)

    def first(self) -> Widget | None:
        """Begin at what was chosen, else at the first."""
        tiles = list(self.query(Tile))
        return next((each for each in tiles if each.chosen), tiles[0] if tiles else None)

    def pick(self, number: int) -> bool:
        """Choose by number."""
        for tile in self.query(Tile):
            if tile.number == number:
                tile.focus()
                tile.press()
                return True
        return False

    @on(BigButton.Pressed)
    def _choose(self, event: BigButton.Pressed) -> None:
        tile = event.button
        if not isinstance(tile, Tile):
            return
        event.stop()
        again = tile.chosen and not self._several
        if self._several:
            tile.chosen = not tile.chosen
        else:
            for each in self.query(Tile):
                each.chosen = each is tile
        self._chosen = [each.value for each in self.query(Tile) if each.chosen]
        if self._several:
            self.say_answer(self._chosen or None)
        else:
            self.say_answer(self._chosen[0])
        if again:
            self.post_message(self.Settled())

    def _layout(self, many: int) -> str:
        if self.asking.question.kind in _LISTED:
            return "-listed"
        return "-few" if many <= _FEW else "-some" if many <= _SOME else "-many"

    def reel(self) -> Reel:
        """Return the moving part, for tests of long lists."""
        return self.query_one(Reel)
