"""A shelf: shows as much of a long list as fits, with big buttons for what does not."""

from textual import on
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
        self._reel = Reel(*children)
        self._phrases = phrases
        self._up = Stepper(self._up_says(there_is=False), classes="shelf-up -off")
        self._down = Stepper(self._down_says(there_is=True), classes="shelf-down")
        self._ways = Vertical(self._up, self._down, classes="shelf-buttons")
        self._ways.display = False
        self._was_laid_out = False
        super().__init__(self._reel, self._ways, id=id, classes="shelf")

    def on_mount(self) -> None:
        """Notice when the list moves, grows or shrinks."""
        self.watch(self._reel, "scroll_y", self._arrange, init=False)
        self.watch(self._reel, "virtual_size", self._arrange, init=False)

    def on_resize(self) -> None:
        """Find out anew what fits, beginning without the buttons, which make lines longer."""
        if self._was_laid_out:  # it begins without them
            self.show_ways(needed=False)
            self.call_after_refresh(self._arrange)
        self._was_laid_out = True

    @property
    def is_long(self) -> bool:
        """Whether there is more than is seen at once."""
        return bool(self._ways.display)

    def show_ways(self, *, needed: bool) -> None:
        """Show the buttons, or take them away; a class would style all that lies here anew."""
        self._ways.display = needed

    @on(BigButton.Pressed, ".shelf-up")
    def _turn_up(self, event: BigButton.Pressed) -> None:
        event.stop()
        reel = self._reel
        wanted = reel.scroll_offset.y - reel.container_size.height
        tops = [top for top, _ in self._lines() if top >= wanted]
        reel.scroll_to(y=min(tops, default=wanted), animate=False)

    @on(BigButton.Pressed, ".shelf-down")
    def _turn_down(self, event: BigButton.Pressed) -> None:
        event.stop()
        reel = self._reel
        top, bottom = reel.scroll_offset.y, reel.scroll_offset.y + reel.container_size.height
        cut = [start for start, end in self._lines() if end > bottom and start > top]
        reel.scroll_to(y=min(cut, default=bottom - 1), animate=False)

    def _lines(self) -> list[tuple[int, int]]:
        """Return where each thing on the shelf starts and ends, in rows from the top."""
        reel = self._reel
        things = [each for each in reel.query("*") if not each.children]
        return [(each.virtual_region.y, each.virtual_region.bottom) for each in things]

    def _arrange(self, _change: float | Size = 0) -> None:
        reel = self._reel
        if not self.is_long and reel.outer_size.width < self.size.width:
            self.call_after_refresh(self._arrange)  # the room of the buttons is not yet given back
            return
        whole, seen = reel.virtual_size.height, self.size.height
        if not seen:
            return
        self.show_ways(needed=whole > seen)
        top, last = round(reel.scroll_y), max(0, whole - seen)
        above, below = top > 0, top < last
        self._up.set_class(not above, "-off")
        self._down.set_class(not below, "-off")
        self._up.rename(self._up_says(there_is=above))
        self._down.rename(self._down_says(there_is=below))

    def _up_says(self, *, there_is: bool) -> str:
        """Say the way up; where it leads no further it loses its arrow, not its colour alone."""
        return ("▲\n" if there_is else "") + self._phrases.say("Up")

    def _down_says(self, *, there_is: bool) -> str:
        return ("▼\n" if there_is else "") + self._phrases.say("More")
