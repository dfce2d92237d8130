"""Choices: one or several of what is offered, as numbered tiles."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.geometry import Size
from textual.widget import Widget

from kiosk.domain.errand import Kind
from screens.widgets.answers.asking import Asking
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Reel, Shelf
from screens.widgets.tile import Tile

_LEAST_WIDTH = 24
_GAP = 1
_BESIDE = 20
"""Columns of a list that are not text: number, mark, edges, and the buttons of the shelf."""
_GOOD_ROWS = 3
FINGER_ROWS = 3
LARGE_ROWS = 5
SMALL_CELLS = 28
"""From so many rows on, two of them are less than 15 mm high on a 15 inch panel."""
_LISTED = (Kind.WORKSHOP, Kind.TASK, Kind.IDEA)
"""Content with long lines: always one below the other."""


class ChoiceField(AnswerField):
    """Tiles in as many columns as their number asks for."""

    def __init__(self, asking: Asking) -> None:
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
        yield Shelf(Grid(*tiles, classes="tiles -columns-1"), phrases=self.asking.phrases)

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

    def on_resize(self, event: events.Resize) -> None:
        """Find the number of columns and the height of a tile that fill the room."""
        least = least_rows(self.app.size)
        listed = self._listed(event.size.width)
        columns, rows, aired = fit(self.highest, event.size, listed=listed, least=least)
        if self.asking.large:
            columns, rows = 1, LARGE_ROWS
        for grid in self.query(Grid):
            grid.set_classes(f"tiles -columns-{columns} -rows-{rows}")
            grid.set_class(aired, "-aired")

    def _listed(self, width: int) -> int:
        """Return how many rows a tile of a list needs; 0 where this is no list."""
        if self.asking.question.kind not in _LISTED:
            return 0
        longest = max((len(each.note) for each in self.asking.choices), default=0)
        return 2 if longest <= width - _BESIDE else 3

    def reel(self) -> Reel:
        """Return the moving part, for tests of long lists."""
        return self.query_one(Reel)


def least_rows(terminal: Size) -> int:
    """Return how many rows a finger needs in a *terminal* on the recommended panel."""
    return FINGER_ROWS if terminal.height >= SMALL_CELLS else 2


def fit(many: int, room: Size, *, listed: int, least: int = 2) -> tuple[int, int, bool]:
    """Return columns, rows a tile, and whether a row stays free above, for *many* in *room*.

    As few columns as let every tile be three rows high; what still does not fit, the shelf turns.
    A list, each tile with at least *listed* rows, has one column. No tile has fewer than *least*.
    """
    if listed:
        return 1, 3 if many * (3 + _GAP) <= room.height else max(least, listed), True
    widest = max(1, min(3, room.width // _LEAST_WIDTH))
    for above in (1, 0):
        for columns in range(1, widest + 1):
            deep = -(-many // columns) or 1
            rows = (room.height - above + _GAP) // deep - _GAP
            if rows >= _GOOD_ROWS:
                return columns, min(rows, _GOOD_ROWS + 1), bool(above)
    return widest, least, False
