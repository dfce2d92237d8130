"""A shelf: shows as much of a long list as fits, with big buttons for what does not."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from kiosk.i18n import Phrases
from screens.widgets.big_button import BigButton


class Reel(VerticalScroll, can_focus=False):
    """The part that moves; fingers use the buttons, keys move the focus."""


class Shelf(Vertical):
    """A list with "More" buttons that appear only when they are needed."""

    def __init__(self, *children: Widget, phrases: Phrases, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Take what lies on the shelf, and the *phrases* for its buttons."""
        super().__init__(id=id, classes="shelf")
        self._lying = children
        self._phrases = phrases

    def compose(self) -> ComposeResult:
        """Lay out the list and its buttons."""
        yield Reel(*self._lying)
        with Horizontal(classes="shelf-buttons"):
            yield BigButton("▲ " + self._phrases.say("Back up"), classes="-up -quiet")
            yield Static("", classes="shelf-place")
            yield BigButton("▼ " + self._phrases.say("More"), classes="-down -quiet")

    def on_mount(self) -> None:
        """Notice when the list moves, grows or shrinks."""
        reel = self.query_one(Reel)
        self.watch(reel, "scroll_y", self._arrange)
        self.watch(reel, "virtual_size", self._arrange)

    def on_resize(self) -> None:
        """Find out anew what fits."""
        self._arrange()

    @on(BigButton.Pressed, ".-up")
    def _up(self, event: BigButton.Pressed) -> None:
        event.stop()
        self.query_one(Reel).scroll_page_up(animate=False)

    @on(BigButton.Pressed, ".-down")
    def _down(self, event: BigButton.Pressed) -> None:
        event.stop()
        self.query_one(Reel).scroll_page_down(animate=False)

    def _arrange(self, _change: float | Size = 0) -> None:
        reel = self.query_one(Reel)
        whole, seen = reel.virtual_size.height, reel.container_size.height
        room = self.size.height
        self.set_class(bool(room) and whole > room, "-long")
        top, last = round(reel.scroll_y), max(0, whole - seen)
        self.query_one(".-up", BigButton).disabled = top <= 0
        self.query_one(".-down", BigButton).disabled = top >= last
        pages = -(-whole // seen) if seen else 1
        page = min(pages, -(-top // seen) + 1) if seen else 1
        self.query_one(".shelf-place", Static).update(Content(f"{page} / {pages}"))
