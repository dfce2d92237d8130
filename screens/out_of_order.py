"""Out of order: what a visitor reads when nothing can be saved, and what to tell the staff."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.texts import text_for
from kiosk.problems import Problem
from screens.frame import ScreenFrame
from screens.widgets.big_button import BigButton


class OutOfOrder(ScreenFrame):
    """Says it before she types anything."""

    def __init__(self, problem: Problem) -> None:
        """Take what is wrong."""
        super().__init__()
        self._problem = problem

    def body(self) -> ComposeResult:
        """Lay out the sentence, whom to call, and the codes for a technician."""
        problem, desk = self._problem, self.visit.desk
        with Vertical(classes="box"):
            yield Static(Content(self.say("We are sorry")), classes="title")
            yield Static(Content(self.say(problem.visitor, code=problem.code)), classes="lead")
            contact = text_for(desk.content.contact, self.visit.language)
            if contact:
                yield Static(Content(contact), classes="help")
            yield Static(Content(f"{problem.code}  ·  {desk.status().device}"), classes="help")
            yield BigButton(self.say("Back"), id="back", classes="-primary")

    def ready(self) -> None:
        """Begin at the way back."""
        self.query_one("#back").focus()

    @on(BigButton.Pressed)
    def _back(self) -> None:
        self.step_back()
