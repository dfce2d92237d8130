"""For a technician standing here: who this kiosk is, how it is doing, and no way out of the app."""

from dataclasses import asdict

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.status import in_words
from screens.frame import ScreenFrame
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Shelf


class Technician(ScreenFrame):
    """A table of facts in English, as in `kiosk status`."""

    def body(self) -> ComposeResult:
        """Lay out the facts, then the faults with their remedies."""
        yield Static(Content(self.say("For the technician")), classes="title")
        yield Shelf(Static(self._facts(), classes="facts"), phrases=self.visit.phrases)
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at the way back."""
        self.query_one("#back").focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    def _facts(self) -> Content:
        facts = in_words(asdict(self.visit.desk.status()))
        width = max(len(name) for name, _fact in facts)
        return Content("\n").join(
            Content.assemble((name.ljust(width), "bold"), "  ", fact) for name, fact in facts
        )
