"""Tiles: things to pick one of, numbered, in as many columns as their number asks for."""

from collections.abc import Callable, Sequence
from functools import partial
from textwrap import wrap

from textual import events
from textual.containers import Grid, Vertical
from textual.geometry import Size

from kiosk.i18n import Phrases
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile

_LEAST_WIDTH = 24
_GAP = 1
_BESIDE = 8
"""Columns of a tile that are not text."""
_BUTTONS = 11
"""Columns that the buttons of the shelf take, where not everything fits."""
_GOOD_ROWS = 3
FINGER_ROWS = 3
LARGE_ROWS = 5
SMALL_CELLS = 28
"""From so many rows on, two of them are less than 15 mm high on a 15 inch panel."""


class Tiles(Vertical):
    """A shelf of tiles that fills what room there is."""

    def __init__(self, tiles: Sequence[Tile], phrases: Phrases, *, listed: bool = False) -> None:
        """Take the *tiles*, numbered from 1, and the *phrases* for the shelf's buttons.

        Those *listed* have long lines: they stand one below the other.
        """
        self._tiles = tiles
        self._is_list = listed
        self._grid = Grid(*tiles, classes="tiles")
        self._shelf = Shelf(self._grid, phrases=phrases)
        super().__init__(self._shelf, classes="tiles-field")

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
        least = least_rows(self.app.size)
        room = event.size
        listed = self._rows_listed(room.width)
        whole = partial(self._all_is_said, room.width)
        columns, rows, aired = fit(self.highest, room, listed=listed, least=least, suits=whole)
        while columns > 1 and not self._words_fit(columns, rows, room):
            columns -= 1
        if self.screen.has_class("-large"):
            columns, rows = 1, large_rows(self.highest, room)
        styles = self._grid.styles  # classes would style every tile anew
        styles.grid_size_columns, styles.grid_rows = columns, str(rows)
        styles.margin = (int(aired), 0, 0, 0)
        deep = -(-self.highest // columns)
        self._shelf.show_ways(needed=deep * (rows + _GAP) - _GAP + aired > room.height)

    def _rows_listed(self, width: int) -> int:
        """Return how many rows a tile of a list needs; 0 where this is no list."""
        longest = max((len(tile.note) for tile in self._tiles), default=0)
        return (2 if longest <= width - _BESIDE - _BUTTONS else 3) if self._is_list else 0

    def _all_is_said(self, width: int, columns: int, rows: int) -> bool:
        """Tell whether label and note of every tile have room in so many columns and rows."""
        room = max(4, (width + _GAP) // columns - _GAP - _BESIDE)
        said = ([*wrap(each.label, room), *wrap(each.note, room)] for each in self._tiles)
        return all(len(lines) <= rows for lines in said)

    def _words_fit(self, columns: int, rows: int, room: Size) -> bool:
        """Tell whether in so many columns no word is broken: names of offices are long."""
        deep = -(-self.highest // columns)
        turned = deep * (rows + 1) - 1 > room.height
        width = room.width - (_BUTTONS if turned else 0)
        words = [word for tile in self._tiles for word in tile.label.split()]
        return width // columns - _BESIDE >= max(map(len, words), default=0)


def least_rows(terminal: Size) -> int:
    """Return how many rows a finger needs in a *terminal* on the recommended panel."""
    return FINGER_ROWS if terminal.height >= SMALL_CELLS else 2


def large_rows(many: int, room: Size) -> int:
    """Return how high *many* large tiles are: a row less each where all then fit the *room*."""
    fitting = [rows for rows in (LARGE_ROWS, LARGE_ROWS - 1) if many * (rows + _GAP) <= room.height]
    return fitting[0] if fitting else LARGE_ROWS


def fit(
    many: int,
    room: Size,
    *,
    listed: int,
    least: int = 2,
    suits: Callable[[int, int], bool] = lambda _columns, _rows: True,
) -> tuple[int, int, bool]:
    """Return columns, rows a tile, and whether a row stays free above, for *many* in *room*.

    As few columns as let every tile be three rows high; what still does not fit, the shelf turns.
    A row that is left stays free below, where the way on is, and a second one above. A list, each
    tile with at least *listed* rows, has one column. No tile has fewer than *least*. Of all that
    fit, the first is taken whose columns and rows have room for all words, as *suits* tells.
    """
    if listed:
        return 1, 3 if many * (3 + _GAP) <= room.height else max(least, listed), True
    widest = max(1, min(3, room.width // _LEAST_WIDTH))
    found = []
    for free in (2, 1, 0):
        for columns in range(1, widest + 1):
            deep = -(-many // columns) or 1
            rows = min((room.height - free + _GAP) // deep - _GAP, _GOOD_ROWS + 1)
            if rows >= _GOOD_ROWS:
                found.append((columns, rows, free > 1))
    suiting = [each for each in found if suits(each[0], each[1])]
    return (suiting or found or [(widest, least, False)])[0]
