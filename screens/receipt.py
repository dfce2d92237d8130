"""The receipt: the code as large as it goes, a QR code, and in plain words what happens next."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import Errand
from kiosk.domain.seats import Standing
from kiosk.domain.submission import Receipt
from kiosk.errands.occasion import occasion_in_words
from kiosk.errands.seat_words import headline, known_when, reason
from kiosk.errands.telling import noted
from kiosk.phrase import phrase
from screens.frame import ScreenFrame
from screens.messages import OpenPhoneCode, StartOver
from screens.numbers import NumberKeys
from screens.widgets.big_button import BigButton
from screens.widgets.big_letters import BigLetters
from screens.widgets.qr_code import QrCode

GROUP = 4
BIG_ROWS, CODE_LINES = 4, 2
"""Rows of a group in big letters; lines of the code's heading and of the code in small letters."""
LEAST_COLUMNS = 100
"""From this width on the QR code may be drawn in double size."""
WRITE_DOWN_S = 3.0
"""Nobody has copied twelve signs sooner."""


class CodeLine(Static):
    """The code in one line, spelled when it is read aloud."""

    def __init__(self, code: str) -> None:
        """Take the *code* in groups."""
        super().__init__(Content(code), id="receipt-text")
        self.aloud = ", ".join(each for each in code if each.isalnum())
        """One sign after another."""


class ReceiptScreen(ScreenFrame):
    """Stays until she is done, or has gone."""

    leaves_for_scans = False
    patience = 2.0
    goes = phrase("What you handed in stays. Only this screen goes, and the code with it.")

    def __init__(self, receipt: Receipt, errand: Errand) -> None:
        """Take the *receipt* and its errand."""
        super().__init__()
        self.receipt = receipt
        """What she leaves with."""
        self._errand = errand
        self.keeps = receipt.code_in_groups

    def body(self) -> ComposeResult:
        """Lay out thanks, state, code and QR."""
        receipt = self.receipt
        yield Static(Content(self._thanks()), classes="title")
        yield from self._occasion()
        yield Static(Content(self._state()), id="receipt-state")
        note = noted(self._errand.note, self.visit.desk.content, self.visit.phrases)
        if note:
            yield Static(Content(note), classes="lead", id="note")
        with Horizontal(id="receipt-codes"):
            with Vertical(id="receipt-left"):
                with Vertical(id="receipt-code"):
                    yield Static(Content(self.say("Your code")), classes="side-title")
                    groups = [
                        receipt.code[at : at + GROUP] for at in range(0, len(receipt.code), GROUP)
                    ]
                    for group in groups:
                        yield BigLetters(group, classes="code-group")
                    yield CodeLine(receipt.code_in_groups)
                with Vertical(id="receipt-words"):
                    for line in self._words():
                        yield Static(Content(line), classes="receipt-line")
            yield QrCode(receipt.address or receipt.code, id="receipt-qr")
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Code for a phone"), id="phone", classes="-quiet")
            yield BigButton(
                self.say("I have it. Done"), id="done", classes="-leaving", after_s=WRITE_DOWN_S
            )

    def ready(self) -> None:
        """Begin nowhere: no key that is pressed by habit leaves the code."""
        self.set_focus(None)

    def on_resize(self) -> None:
        """Draw the QR code as large as there is room for, once the rest has its rows."""
        self.call_after_refresh(self._fit_code)

    def _fit_code(self) -> None:
        """Offer it on a screen of its own where what is said leaves too few rows."""
        code, room = self.query_one(QrCode), self.query_one("#receipt-codes").content_size.height
        roomy = self.size.width >= LEAST_COLUMNS and room >= code.rows_in_double_size
        code.fit(roomy=roomy)
        self.set_class(roomy, "-roomy-code")
        self.set_class(code.rows > room, "-code-apart")
        in_letters = sum(BIG_ROWS for _ in self.query(".code-group")) + CODE_LINES
        self.set_class(in_letters > room, "-small-code")
        self.call_after_refresh(self._number_ways)

    def _number_ways(self) -> None:
        """Write the numbers anew: a way may have come or gone."""
        NumberKeys(self).write()

    def step_back(self) -> None:
        """Stay: what is handed in is handed in; "Done" is the way out."""

    @on(BigButton.Pressed, "#done")
    def _done(self) -> None:
        self.post_message(StartOver())

    @on(BigButton.Pressed, "#phone")
    def _show_phone_code(self) -> None:
        self.post_message(OpenPhoneCode(self.receipt))

    def _thanks(self) -> str:
        """Say what she has: her places, her place in line, or our thanks."""
        seat = self.receipt.seat
        return headline(seat, self.visit.phrases) if seat else self.say(self._errand.thanks)

    def _state(self) -> str:
        saved = (
            self.say("It is saved here and on its way to the library.")
            if self.receipt.connected
            else self.say("It is saved here. It is sent by itself when we have a connection.")
        )
        return " ".join(each for each in (self._line(), saved) if each)

    def _occasion(self) -> ComposeResult:
        """Lay out what she signed up for, when and where it is; nothing for what is no sign-up."""
        workshop, phrases = self.receipt.workshop, self.visit.phrases
        if self.receipt.seat is None:
            return
        branch = self.visit.desk.content.branch_name(workshop.branch) if workshop else ""
        told = occasion_in_words(workshop, branch, phrases)
        yield Static(Content(" · ".join(told.lines)), id="receipt-occasion")

    def _line(self) -> str:
        """Say how sure her place in line is, and when she gets to know."""
        seat, phrases, now = self.receipt.seat, self.visit.phrases, self.visit.desk.now()
        if seat is None or seat.standing is Standing.CONFIRMED:
            return ""
        as_of = self.receipt.seats_as_of
        known = known_when(as_of, phrases, now) if as_of else ""
        counted = self.say("Counted as known at {time}.", time=known) if known else ""
        return " ".join(each for each in (counted, reason(seat, phrases, now)) if each)

    def _words(self) -> list[str]:
        return [
            self.say("Take a photo of this, or write the code down."),
            self.say("With the code you can read the answer or take it back: choose Follow up."),
            self.say("We cannot find the code again for you."),
        ]
