"""The terminal's driver: reads keys and touches, and survives whatever bytes arrive."""

import logging
import os
import selectors
from codecs import getincrementaldecoder
from typing import Any

from textual import events, messages
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from screens.flood import FloodGate
from screens.typed import as_typed, deafen_parser

_UNREADABLE = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, ParseError)
"""What the stock parser raises on absurd key codes; upstream would stop the program."""

_NOT_OURS = (
    events.AppBlur,
    events.AppFocus,
    events.CursorPosition,
    events.Paste,
    events.Resize,
    messages.InBandWindowResize,
)
"""What no hand sends: the kernel tells the window's size, and there is no other window."""

_HANGUP = 129
_LISTEN_S = 0.1
_STUCK_S = 3 * _LISTEN_S
"""Who listens so much too late was stuck meanwhile, with the whole program or machine."""
_log = logging.getLogger("kiosk.screens")


class KioskDriver(LinuxDriver):
    """A driver that nobody at the keyboard can stop, suspend or confuse."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Draw on the terminal that is listened to, wherever standard error goes.

        Textual draws on standard error: with that in a file, every letter of a visitor would be
        there too, and nothing on the screen.
        """
        super().__init__(*given, **named)
        self._pressed_at = 0.0
        if not (self._file and self._file.isatty()):
            drawn_on = os.open(os.ttyname(self.fileno), os.O_WRONLY | os.O_NOCTTY | os.O_CLOEXEC)
            self._file = os.fdopen(drawn_on, "w", encoding="utf-8")

    def run_input_thread(self) -> None:
        """Read the terminal until told to stop; an unreadable key is dropped, not fatal.

        A terminal that has gone ends the program (exit code 129) instead of spinning.
        """
        deafen_parser()
        gate = FloodGate()
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        text, heard_at = "", Message().time
        awake_at: float | None = None
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(_LISTEN_S)
                before, heard_at = heard_at, Message().time
                if heard_at - before > _STUCK_S:
                    awake_at = before
                elif text or not ready:  # what waited then has been read
                    awake_at = None
                self._pressed_at = heard_at if awake_at is None else awake_at
                text = ""
                if ready:
                    received = self._read()
                    if not received:
                        self._app.call_later(self._app.exit, return_code=_HANGUP)
                        return
                    text = as_typed(decode(received))
                try:
                    whole = self._dispatch(parser, text, gate)
                except _UNREADABLE as error:
                    _log.warning("unreadable input dropped: %s", type(error).__name__)
                    whole = False
                if not whole:
                    parser = XTermParser(self._debug)

    def _run_input_thread(self) -> None:
        self.run_input_thread()

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _dispatch(self, parser: XTermParser, text: str, gate: FloodGate) -> bool:
        """Pass on what *text* says; False when the rest of it was more than can be heard."""
        for message in parser.feed(text) if text else ():
            if not gate.lets_through():
                return False
            self._pass_on(message)
        for message in parser.tick():
            self._pass_on(message)
        return True

    def _pass_on(self, message: Message) -> None:
        """Pass on what a hand did; what was heard late may have been done before it could be read.

        So it counts from when the program was last awake: nothing is decided by it too soon.
        """
        message.time = self._pressed_at
        if not isinstance(message, _NOT_OURS):
            self.process_message(message)

    def _enable_bracketed_paste(self) -> None:
        """Ask for no paste marks: an unfinished paste would swallow the keyboard for ever."""

    def _query_in_band_window_resize(self) -> None:
        """Ask for no resize reports among the keys: the kernel's signal is enough."""

    def _sigtstp_application(self, *_: object) -> None:
        """Never stop in front of a visitor."""

    def _sigcont_application(self, *_: object) -> None:
        """Go on as before: it was held by somebody, not put aside.

        Upstream would begin to read the terminal once more, beside the thread that still does:
        keys went to either, and the one that was forgotten kept the program from ending.
        """
