"""Are you still there? Counts down before the visit is wiped; any key or touch stays."""

from collections.abc import Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kiosk.phrase import phrase
from screens.frame import ScreenFrame
from screens.idle import IdleClock
from screens.widgets.big_button import BigButton

GOES = phrase("Then this screen is cleared for the next visitor.")


def endangered(screens: Sequence[Screen[Any]]) -> ScreenFrame:
    """Return the screen of a visit that would be missed most; the last one where none would be."""
    frames = [each for each in screens if isinstance(each, ScreenFrame)]
    return max(frames, key=lambda each: (each.patience, bool(each.goes), frames.index(each)))


class StillThere(ScreenFrame):
    """One sentence, one number, one big button."""

    leaves_for_scans = False
    any_key = True

    def __init__(self, clock: IdleClock, under: ScreenFrame) -> None:
        """Take the idle *clock* that it counts down, and the screen *under* it that would go."""
        super().__init__()
        self._clock = clock
        self.patience = under.patience
        self.goes, self.keeps = under.goes or GOES, under.keeps

    def body(self) -> ComposeResult:
        """Lay out the question, the seconds and the button."""
        with Vertical(classes="box"):
            yield Static(Content(self.say("Are you still there?")), classes="title")
            yield Static(id="seconds", classes="lead")
            yield Static(Content(self.say(self.goes)), classes="help")
            if self.keeps:
                yield Static(Content(self.keeps), classes="title", id="kept")
            yield BigButton(self.say("I need more time"), id="stay", classes="-primary")

    def ready(self) -> None:
        """Count down."""
        self.query_one("#stay").focus()
        self._count()
        self.set_interval(0.5, self._count)

    def on_key(self, event: events.Key) -> None:
        """Stay by any key."""
        event.prevent_default()
        self.step_back()

    def on_click(self) -> None:
        """Stay by a touch anywhere."""
        self.step_back()

    @on(BigButton.Pressed)
    def _stay(self) -> None:
        self.step_back()

    def _count(self) -> None:
        left = round(self._clock.left_s)
        words = self.visit.phrases.count("{n} second left", "{n} seconds left", left)
        self.query_one("#seconds", Static).update(Content(words))
