"""A shelf: shows as much of a long list as fits, with big buttons for what does not."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size
from textual.widget import Widget

from kiosk.i18n import Phrases
from screens.widgets.big_button import BigButton, Stepper


class Reel(VerticalScroll, can_focus=False):
    """The part that moves; fingers use the buttons, keys move the focus."""


class Shelf(Horizontal):
    """A list with two buttons beside it that appear only when they are needed."""

    def __init__(self, *children: Widget, phrases: Phrases, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Take what lies on the shelf, and the *phrases* for its buttons."""
        super().__init__(id=id, classes="shelf")
        self._lying = children
        self._phrases = phrases

    def compose(self) -> ComposeResult:
        """Lay out the list and its buttons."""
        yield Reel(*self._lying)
        with Vertical(classes="shelf-buttons"):
            yield Stepper("▲\n" + self._phrases.say("Up"), classes="shelf-up")
            yield Stepper("▼\n" + self._phrases.say("More"), classes="shelf-down")

    def on_mount(self) -> None:
        """Notice when the list moves, grows or shrinks."""
        reel = self.query_one(Reel)
        self.watch(reel, "scroll_y", self._arrange)
        self.watch(reel, "virtual_size", self._arrange)

    def on_resize(self) -> None:
        """Find out anew what fits, beginning without the buttons, which make lines longer."""
        self.remove_class("-long")
        self.call_after_refresh(self._arrange)

    @on(BigButton.Pressed, ".shelf-up")
    def _up(self, event: BigButton.Pressed) -> None:
        event.stop()
        reel = self.query_one(Reel)
        wanted = reel.scroll_offset.y - reel.container_size.height
        tops = [top for top, _ in self._lines() if top >= wanted]
        reel.scroll_to(y=min(tops, default=wanted), animate=False)

    @on(BigButton.Pressed, ".shelf-down")
    def _down(self, event: BigButton.Pressed) -> None:
        event.stop()
        reel = self.query_one(Reel)
        top, bottom = reel.scroll_offset.y, reel.scroll_offset.y + reel.container_size.height
        cut = [start for start, end in self._lines() if end > bottom and start > top]
        reel.scroll_to(y=min(cut, default=bottom - 1), animate=False)

    def _lines(self) -> list[tuple[int, int]]:
        """Return where each thing on the shelf starts and ends, in rows from the top."""
        reel = self.query_one(Reel)
        things = [each for each in reel.query("*") if not each.children]
        return [(each.virtual_region.y, each.virtual_region.bottom) for each in things]

    def _arrange(self, _change: float | Size = 0) -> None:
        for reel in self.query(Reel):  # none when the shelf is being taken down
            self._show_ways(reel)

    def _show_ways(self, reel: Reel) -> None:
        if not self.has_class("-long") and reel.outer_size.width < self.size.width:
            self.call_after_refresh(self._arrange)  # the room of the buttons is not yet given back
            return
        whole, seen = reel.virtual_size.height, self.size.height
        self.set_class(bool(seen) and whole > seen, "-long")
        top, last = round(reel.scroll_y), max(0, whole - seen)
        self.query_one(".shelf-up").set_class(top <= 0, "-off")
        self.query_one(".shelf-down").set_class(top >= last, "-off")
