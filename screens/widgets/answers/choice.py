"""Choices: one or several of what is offered, as numbered tiles."""

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from kiosk.domain.errand import Kind
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Reel
from screens.widgets.tile import Tile
from screens.widgets.tiles import Tiles

_LISTED = (Kind.WORKSHOP, Kind.TASK, Kind.IDEA)
"""Content with long lines: always one below the other."""


class ChoiceField(AnswerField):
    """Tiles, of which one or several stay chosen."""

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question, and what was chosen before."""
        super().__init__(asking)
        self._several = asking.question.kind is Kind.CHOICES
        before = asking.answer or []
        self._chosen: list[str] = list(before) if isinstance(before, list) else [str(before)]

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
                id=f"pick-{number}",
            )
            for number, each in enumerate(offered, start=1)
        ]
        listed = self.asking.question.kind in _LISTED
        yield Tiles(tiles, self.asking.phrases, listed=listed)

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
        return self.query_one(Tiles).pick(number)

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
        self.say_answer((self._chosen or None) if self._several else self._chosen[0])
        if again:
            self.post_message(self.Settled())

    def reel(self) -> Reel:
        """Return the moving part, for tests of long lists."""
        return self.query_one(Reel)
