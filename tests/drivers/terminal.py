"""A real pseudo-terminal with a screen one can read: starts a program, types, touches, looks."""

import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from types import TracebackType

import pyte
from PIL import Image, ImageDraw

from screens.hand import LOOKED_S, SAME_S, STEPS

A_MOMENT_S = SAME_S + 0.4
"""Between two touches: the program may hear of the first a little late."""
A_LOOK_S = LOOKED_S + 0.4
"""Before one of some that looks longer; likewise."""
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p")
"""Sequences that pyte would print as text."""

_KEPT = {"PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV", "LD_PRELOAD", "FAKETIME"}
"""Of the tester's own settings; the last two let `faketime` try another hour of the day."""
_LOOK_S = 0.012
_CALM = 4
"""So many looks in a row must find it asleep: Textual gathers what it draws for 17 ms."""

CELL = (10, 20)
"""Pixels of one cell in `picture`."""


class Terminal:
    """A program in a terminal of its own; the session ends with the block."""

    def __init__(
        self,
        program: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start *program* in a terminal of *size* (columns, rows)."""
        self.columns, self.rows = size
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self.received = bytearray()
        """Every byte the program has written."""
        self._fed = 0
        self._lines: tuple[int, list[str]] = (0, [])
        self._touched_at = float("-inf")
        self._in_a_row = 0
        self.exit_code: int | None = None
        """128 + n when a signal ended it unasked; None while it runs."""
        clean = {name: value for name, value in os.environ.items() if name in _KEPT}
        clean |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self.process_id, self._file = pty.fork()
        if self.process_id == 0:
            os.execvpe(program[0], list(program), clean | dict(environment or {}))
        ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))

    def __enter__(self) -> "Terminal":
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program, whatever state it is in."""
        if self.exit_code is None:
            self.send_signal(signal.SIGKILL)
            self.wait_for_end()
        os.close(self._file)

    def types(self, text: str | bytes) -> None:
        """Send what a keyboard would send."""
        os.write(self._file, text.encode() if isinstance(text, str) else text)

    def draws(self, typed: str, sign: str, give_up_after_s: float = 20.0) -> float:
        """Send *typed*, and return the seconds until *sign* has come among new bytes."""
        took = self.tries(typed, sign, give_up_after_s)
        if took is None:
            raise AssertionError(f"{sign!r} did not come; it shows\n{self.text}")
        return took

    def tries(self, typed: str, sign: str, give_up_after_s: float) -> float | None:
        """Do as `draws`, but None when *sign* does not come; what it shows is not worked out."""
        known, wanted, patience_s = len(self.received), sign.encode(), give_up_after_s
        began = now = time.perf_counter()
        self.types(typed)
        while wanted not in self.received[known:]:
            there, before, now = self._receive(0.2), now, time.perf_counter()
            patience_s -= min(now - before, 1.0)  # or somebody held the whole machine
            if patience_s < 0 or not there:
                return None
        return time.perf_counter() - began

    def touches(self, text: str) -> None:
        """Touch the middle of where *text* stands, once it stands there and all is drawn.

        Not so soon after the last touch that it would be a double tap; some look longer, so that no
        pace decides.
        """
        self.wait_for(text)
        self.reads_for(0.15)
        self._in_a_row = (self._in_a_row + 1) % STEPS
        look_s = A_MOMENT_S if self._in_a_row else A_LOOK_S
        self.reads_for(self._touched_at + look_s - time.monotonic())
        self._touched_at = time.monotonic()
        for row, line in enumerate(self.lines, start=1):
            if text in line:
                self.touches_cell(line.index(text) + len(text) // 2 + 1, row)
                return
        raise AssertionError(f"{text!r} is not on\n{self.text}")

    def touches_cell(self, column: int, row: int) -> None:
        """Put a finger on a cell, counted from 1, and lift it."""
        self.types(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def becomes(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._feed()
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self._lines = (0, [])
        ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send_signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.process_id, number)

    def wait_for(self, text: str, give_up_after_s: float = 20.0) -> None:
        """Read until *text* stands on the screen."""
        self.wait_until(lambda: self.shows(text), text, give_up_after_s)

    def wait_until(
        self, seen: Callable[[], bool], what: str = "it", give_up_after_s: float = 20.0
    ) -> None:
        """Read until *seen* says that *what* one waits for can be seen."""
        patience_s = give_up_after_s
        while not seen():
            began = time.monotonic()
            there = self._read(0.2)
            patience_s -= min(time.monotonic() - began, 1.0)  # or somebody held the whole machine
            if patience_s < 0 or not there:
                raise AssertionError(f"{what!r} did not appear on\n{self.text}")

    def reads_for(self, seconds: float) -> None:
        """Read whatever comes for *seconds*."""
        last = time.monotonic() + seconds
        while (left := last - time.monotonic()) > 0:
            if not self._read(left):
                return

    def settles(self, begin_within_s: float = 1.0, quiet_s: float = 0.06) -> None:
        """Read until nothing has come for *quiet_s*, waiting for the first byte a little longer."""
        before = len(self.received)
        began = time.monotonic()
        while True:
            known = len(self.received)
            if not self._receive(quiet_s):
                return
            silent = len(self.received) == known
            if silent and (known > before or time.monotonic() - began > begin_within_s):
                return

    def rests(self) -> None:
        """Read until the program has done all that it was asked: its threads sleep, and stay so.

        On a busy machine a thread that waits for its turn does not sleep, so no time is guessed.
        """
        calm = 0
        while calm < _CALM and self.runs:
            known = len(self.received)
            if not self._receive(_LOOK_S):
                return
            calm = calm + 1 if len(self.received) == known and self._sleeps() else 0

    def _sleeps(self) -> bool:
        """Tell whether every thread of the program waits for something to happen."""
        try:
            told = [
                each.read_text() for each in Path(f"/proc/{self.process_id}/task").glob("*/stat")
            ]
        except FileNotFoundError:  # a thread has just ended
            return False
        return all(each.rpartition(")")[2].split()[0] == "S" for each in told)

    def wait_for_end(self, give_up_after_s: float = 20.0) -> int:
        """Read until the program has ended; return its exit code."""
        patience_s = give_up_after_s
        while self.exit_code is None:
            began = time.monotonic()
            self._read(0.05)
            patience_s -= min(time.monotonic() - began, 1.0)
            ended, status = os.waitpid(self.process_id, os.WNOHANG)
            if ended:
                while self._read(0.05):
                    pass
                code = os.waitstatus_to_exitcode(status)
                self.exit_code = code if code >= 0 else 128 - code
            elif patience_s < 0:
                raise AssertionError(f"did not end; it shows\n{self.text}")
        return self.exit_code

    @property
    def runs(self) -> bool:
        """Whether the program is still there."""
        if self.exit_code is None:
            ended, status = os.waitpid(self.process_id, os.WNOHANG)
            if ended:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is None

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row at which the program has put the cursor, counted from 0."""
        self._feed()
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def lines(self) -> list[str]:
        """The screen, line by line; worked out once for as long as nothing new has come."""
        self._feed()
        known, lines = self._lines
        if known != len(self.received) or not lines:
            lines = list(self._screen.display)
            self._lines = (len(self.received), lines)
        return lines

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(line.rstrip() for line in self.lines)

    def shows(self, text: str) -> bool:
        """Tell whether *text* stands on the screen, however its lines are broken."""
        return " ".join(text.split()) in " ".join(self.text.split())

    def picture(self) -> Image.Image:
        """Paint the screen's backgrounds and half blocks: what a phone's camera would see."""
        self._feed()
        width, height = CELL
        image = Image.new("RGB", (self.columns * width, self.rows * height))
        brush = ImageDraw.Draw(image)
        for row in range(self.rows):
            for column in range(self.columns):
                cell = self._screen.buffer[row][column]
                ink, paper = _rgb(cell.fg, "white"), _rgb(cell.bg, "black")
                if cell.reverse:
                    ink, paper = paper, ink
                x, y = column * width, row * height
                brush.rectangle((x, y, x + width - 1, y + height - 1), fill=paper)
                if cell.data == "▄":
                    brush.rectangle((x, y + height // 2, x + width - 1, y + height - 1), fill=ink)
        return image

    def _read(self, at_most_s: float) -> bool:
        """Feed the screen with what has come; False when nothing can come any more."""
        there = self._receive(at_most_s)
        self._feed()
        return there

    def _receive(self, at_most_s: float) -> bool:
        """Take what has come; False when nothing can come any more."""
        ready, _, _ = select.select([self._file], [], [], at_most_s)
        if not ready:
            return True
        try:
            received = os.read(self._file, 65536)
        except OSError:
            return False
        self.received += received
        return bool(received)

    def _feed(self) -> None:
        """Draw what has been received since the last time."""
        if new := bytes(self.received[self._fed :]):
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", new))
            self._fed = len(self.received)


_NAMED = {
    "black": "#000000",
    "red": "#aa0000",
    "green": "#00aa00",
    "brown": "#aa5500",
    "blue": "#0000aa",
    "magenta": "#aa00aa",
    "cyan": "#00aaaa",
    "white": "#aaaaaa",
    "brightblack": "#555555",
    "brightwhite": "#ffffff",
}


def _rgb(color: str, default: str) -> str:
    if color == "default":
        color = default
    return _NAMED.get(color, f"#{color}" if re.fullmatch("[0-9a-f]{6}", color) else "#808080")


def kiosk(*arguments: str) -> list[str]:
    """Return the command line of the program under test."""
    return [sys.executable, "-m", "kiosk.cli", *arguments]
