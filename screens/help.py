"""Help: how one uses the screen, what happens to answers, and whom to call."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import CallNote
from kiosk.errands.telling import noted
from kiosk.phrase import phrase
from screens.frame import ScreenFrame
from screens.ways_of_reading import ways_of_reading
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Shelf

SENTENCES = (
    phrase("Touch what you want, or press its number. The arrows and Enter work too."),
    phrase("Back goes one step back. What you have answered stays."),
    phrase("Nothing is handed in before you press the last button. You can always cancel."),
)
MARKS = phrase("Your language is at the top. Beside the languages:")
CALL = CallNote(phrase("Would you rather talk to somebody? Call {phone}."))


class HelpScreen(ScreenFrame):
    """Lies over the screen that it was asked for on, which waits as it was."""

    def body(self) -> ComposeResult:
        """Lay out the sentences and the way back."""
        call = noted(CALL, self.visit.desk.content, self.visit.phrases)
        said = [self.say(each) for each in SENTENCES]
        marks = [each.does for each in ways_of_reading(self.visit, self.app.current_theme)]
        yield Static(Content(self.say("Help")), classes="title")
        yield Shelf(
            *(
                Static(Content(each), classes="seat")
                for each in (call, *said, "\n".join([self.say(MARKS), *marks]))
                if each
            ),
            phrases=self.visit.phrases,
        )
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Back"), id="back", classes="-primary")

    def ready(self) -> None:
        """Begin at the way back."""
        self.query_one("#back").focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()
