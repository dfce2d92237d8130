"""The code for a phone: a receipt's QR code alone, where there is no room for it on the receipt."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.submission import Receipt
from screens.frame import ScreenFrame
from screens.widgets.big_button import BigButton
from screens.widgets.qr_code import QrCode

FRAME_ROWS = 3
"""Rows that the header and the status line take where there is least room."""


class PhoneCode(ScreenFrame):
    """Shows what a phone reads, and the same code in signs."""

    leaves_for_scans = False

    def __init__(self, receipt: Receipt) -> None:
        """Take the *receipt*."""
        super().__init__()
        self._receipt = receipt

    def body(self) -> ComposeResult:
        """Lay out the QR code, and beside it what to do with it and the way back."""
        receipt = self._receipt
        with Horizontal():
            yield QrCode(receipt.address or receipt.code, id="phone-code")
            with Vertical(id="phone-words"):
                yield Static(Content(self.say("Your code")), classes="title")
                yield Static(Content(receipt.code_in_groups), classes="lead")
                yield Static(Content(self.say("Take a photo of this, or write the code down.")))
                with Horizontal(classes="nav"):
                    yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at the way back."""
        self.query_one("#back").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the frame where the QR code of a long address needs its rows."""
        rows = self.query_one(QrCode).rows
        self.set_class(rows + FRAME_ROWS > event.size.height, "-whole")

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()
