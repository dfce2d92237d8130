"""Are you still there? Counts down before the visit is wiped; any key or touch stays."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.frame import Frame
from screens.idle import IdleClock
from screens.widgets.big_button import BigButton


class StillThere(Frame):
    """One sentence, one number, one big button."""

    any_key = True

    def __init__(self, clock: IdleClock) -> None:
        """Take the idle *clock* that it counts down."""
        super().__init__()
        self._clock = clock

    def body(self) -> ComposeResult:
        """Lay out the question, the seconds and the button."""
        with Vertical(classes="box"):
            yield Static(Content(self.say("Are you still there?")), classes="title")
            yield Static(id="seconds", classes="lead")
            yield Static(
                Content(self.say("Then everything you wrote here is erased, so nobody sees it.")),
                classes="help",
            )
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
