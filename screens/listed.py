"""Listed: what screens have in common that are one list of tiles, each opening a page."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.widgets import Static

from screens.frame import ScreenFrame
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile


class Listed(ScreenFrame):
    """A title, perhaps a line under it, the list and the way back."""

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content(self.title_line()), classes="title")
        yield from self.between()
        if lead := self.lead():
            yield Static(Content(lead), classes="help")
        tiles = [
            Tile(label, value=value, number=number, note=note, id=f"entry-{number}")
            for number, (value, label, note) in enumerate(self.entries(), start=1)
        ]
        for tile in tiles:
            tile.add_class("event")
        if tiles:
            yield Shelf(
                Grid(*tiles, classes="tiles -listed"), phrases=self.visit.phrases, id="events"
            )
        else:
            yield Static(Content(self.nothing()), id="nothing")
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def title_line(self) -> str:
        """Say what the list is; each screen fills it in."""
        return ""

    def between(self) -> ComposeResult:
        """Lay out what stands under the title."""
        yield from ()

    def nothing(self) -> str:
        """Say that the list is empty."""
        return self.say("There is nothing here right now.")

    def lead(self) -> str:
        """Say one line more; empty for none."""
        return ""

    def entries(self) -> Sequence[tuple[str, str, str]]:
        """List value, label and note; each screen fills it in."""
        return ()

    def opened(self, value: str) -> None:
        """Open the page of an entry; each screen fills it in."""

    def ready(self) -> None:
        """Begin at the first entry."""
        first = self.query(".event")
        (first.first() if first else self.query_one("#back")).focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, ".event")
    def _open(self, event: BigButton.Pressed) -> None:
        if isinstance(event.button, Tile):
            self.opened(event.button.value)
