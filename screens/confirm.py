"""A question before something is thrown away; nothing happens by a stray touch beside it."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from screens.frame import ScreenFrame
from screens.messages import AskFirst, Confirmed, GoBack
from screens.widgets.big_button import READ_S, BigButton


class Confirm(ScreenFrame):
    """Two big buttons; "no" has the focus."""

    leaves_for_scans = False

    def __init__(self, asker: Screen[None], asking: AskFirst) -> None:
        """Take the screen that asks, which hears `Confirmed`, and what it asks."""
        super().__init__()
        self._asker = asker
        self._asking = asking

    def body(self) -> ComposeResult:
        """Lay out the question and the two ways."""
        with Vertical(classes="box"):
            yield Static(Content(self.say(self._asking.question)), classes="title")
            with Horizontal(classes="box-buttons"):
                yield BigButton(self.say(self._asking.no), id="no", classes="-primary")
                yield BigButton(
                    self.say(self._asking.yes), id="yes", classes="-danger", after_s=READ_S
                )

    def ready(self) -> None:
        """Begin at the harmless way."""
        self.query_one("#no").focus()

    @on(BigButton.Pressed, "#no")
    def _no(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, "#yes")
    def _yes(self) -> None:
        self.post_message(GoBack())
        self._asker.post_message(Confirmed(self._asking.about))
