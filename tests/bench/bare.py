"""A bare Textual app: the floor that the screens are measured against.

Run as `python -m tests.bench.bare WIDGETS`.
"""

import sys

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Button, Input, Static

FIRST_WORDS = "This is all"
LINE = 1
"""So many widgets are a line to type in, and nothing else."""


class Page(Screen[None]):
    """A form of stock widgets, as many as told: a line to type in, a button, and texts."""

    def __init__(self, widgets: int) -> None:
        """Take how many *widgets* there are, the column around them among them."""
        super().__init__()
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        """Lay out a column; of one widget, the line alone."""
        if self._widgets == LINE:
            yield Input()
            return
        with Vertical():
            yield Input()
            yield Button(FIRST_WORDS)
            for number in range(self._widgets - 3):
                yield Static(f"Line {number}")


class Bare(App[None]):
    """An app that does nothing but draw."""

    def __init__(self, widgets: int) -> None:
        """Take how many *widgets* its page has."""
        super().__init__()
        self._widgets = widgets

    def get_default_screen(self) -> Screen[None]:
        """Begin with a page."""
        return Page(self._widgets)


if __name__ == "__main__":
    Bare(int(sys.argv[1])).run()
