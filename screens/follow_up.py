"""Follow up, first step: the code on the receipt is typed in."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.domain.receipt import LENGTH, bare
from kiosk.problems import Problem, Trouble
from screens.frame import ScreenFrame
from screens.messages import Asking, Found, Troubled
from screens.widgets.answers.writing import LineInput
from screens.widgets.big_button import BigButton
from screens.widgets.keyboard import BACKSPACE, ENTER, Keyboard, code_signs
from screens.widgets.page import MISTAKE_MARK

LONGEST = 200
"""Characters taken: a scanner may type the whole address of the receipt's page."""


class FollowUpScreen(ScreenFrame):
    """Asks for the code and looks it up."""

    looks_for_receipts = True

    def __init__(self, scan: str = "") -> None:
        """Begin with nothing typed, or with the *scan* that led here, which is looked up."""
        super().__init__()
        self._typed = self._scan = scan
        self._mistake: Problem | None = None

    def body(self) -> ComposeResult:
        """Lay out the line for the code and its keyboard."""
        yield Static(Content(self.say("Type the code from your receipt")), classes="title")
        yield Static(
            Content(self.say("Twelve characters. Small or capital letters, both are fine.")),
            classes="help",
        )
        yield LineInput(self._typed, LONGEST)
        yield Static(classes="mistake", id="mistake")
        yield Keyboard(code_signs(), {BACKSPACE: "← " + self.say("Delete"), ENTER: self.say("OK")})
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Show"), id="look", classes="-primary")
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at the line."""
        self.query_one(Input).focus()
        self._show_mistake()
        if self._scan:
            self._scan = ""
            self._look()

    def on_unmount(self) -> None:
        """Forget the code."""
        self._typed = self._scan = ""

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(Keyboard.Typing)
    def _typing(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._typed = event.value
        if self._mistake:
            self._mistake = None
            self._show_mistake()

    @on(Input.Submitted)
    @on(BigButton.Pressed, "#look")
    def _look(self) -> None:
        if self._typed.strip():
            self.query_one("#look", BigButton).rename(self.say("Looking …"))
            self._look_up(self._typed)

    def scanned(self, text: str, *, ended: bool) -> None:
        """Put a scan in the place of whatever stands here, and look it up where that is all.

        What is no longer than a code with what stood before it is none: a hand typed it, and a
        machine that was busy heard it all at once.
        """
        line = self.query_one(LineInput)
        first = next(each for each in range(len(text), -1, -1) if line.value.endswith(text[:each]))
        before = line.value[: len(line.value) - first]
        whole = before + text
        self._typed = line.value = whole if len(bare(whole)) <= LENGTH else text
        line.cursor_position = len(line.value)
        if ended:
            self._look()

    @work(thread=True, exclusive=True, group="look-up", description="look-up")
    def _look_up(self, typed: str) -> None:
        try:
            found = self.visit.desk.look_up(typed, lambda: self.post_message(Asking()))
        except Trouble as trouble:
            self.post_message(Troubled(trouble.problem))
        else:
            self.post_message(Found(typed, found))

    @on(Asking)
    def _asking(self) -> None:
        self.query_one("#look", BigButton).rename(self.say("Asking the library …"))

    @on(Found)
    def _found(self) -> None:
        self.query_one("#look", BigButton).rename(self.say("Show"))

    @on(Troubled)
    def _troubled(self, event: Troubled) -> None:
        self.query_one("#look", BigButton).rename(self.say("Show"))
        self._mistake = event.problem
        self._show_mistake()
        self.query_one(Input).focus()

    def _show_mistake(self) -> None:
        line = self.query_one("#mistake", Static)
        found = self._mistake
        words = self.say(found.visitor, code=found.code) if found else ""
        line.update(Content(f"{MISTAKE_MARK} {words}" if words else ""))
        line.set_class(bool(words), "-said")
