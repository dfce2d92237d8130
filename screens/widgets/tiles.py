"""Tiles: things to pick one of, numbered, in as many columns as their number asks for."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.geometry import Size

from kiosk.i18n import Phrases
from screens.widgets.answers.choice import LARGE_ROWS, fit, least_rows
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile

_BESIDE = 8
"""Columns of a tile that are not text."""
_BUTTONS = 11
"""Columns that the buttons of the shelf take, where not everything fits."""


class Tiles(Vertical):
    """A shelf of tiles that fills what room there is."""

    def __init__(self, tiles: Sequence[Tile], phrases: Phrases) -> None:
        """Take the *tiles*, numbered from 1, and the *phrases* for the shelf's buttons."""
        super().__init__(classes="tiles-field")
        self._tiles = tiles
        self._phrases = phrases

    def compose(self) -> ComposeResult:
        """Lay the tiles out on a shelf."""
        yield Shelf(Grid(*self._tiles, classes="tiles -columns-1"), phrases=self._phrases)

    @property
    def highest(self) -> int:
        """How many there are."""
        return len(self._tiles)

    def pick(self, number: int) -> bool:
        """Press by number; tell whether there is such a tile."""
        for tile in self.query(Tile):
            if tile.number == number:
                tile.focus()
                tile.press()
                return True
        return False

    def on_resize(self, event: events.Resize) -> None:
        """Find the number of columns and the height of a tile that fill the room."""
        columns, rows, aired = fit(
            self.highest, event.size, listed=0, least=least_rows(self.app.size)
        )
        while columns > 1 and not self._words_fit(columns, rows, event.size):
            columns -= 1
        if self.screen.has_class("-large"):
            columns, rows = 1, LARGE_ROWS
        for grid in self.query(Grid):
            grid.set_classes(f"tiles -columns-{columns} -rows-{rows}")
            grid.set_class(aired, "-aired")

    def _words_fit(self, columns: int, rows: int, room: Size) -> bool:
        """Tell whether in so many columns no word is broken: names of offices are long."""
        deep = -(-self.highest // columns)
        turned = deep * (rows + 1) - 1 > room.height
        width = room.width - (_BUTTONS if turned else 0)
        words = [word for tile in self._tiles for word in tile.label.split()]
        return width // columns - _BESIDE >= max(map(len, words), default=0)
