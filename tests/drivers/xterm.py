"""A real xterm on an X server of its own: a keyboard, a pointer, and pictures of what it shows."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PIL import Image

from tests.drivers.needed import needed
from tests.drivers.terminal import Terminal

PANEL = "1920x1080x24"
"""The panel of the server, which no window may be larger than."""
FONT = ("-fa", "DejaVu Sans Mono", "-fs")
POINTS = {80: "14", 100: "12", 160: "8"}
"""Size of the letters, by columns."""
MOST_PICTURES = 40
"""So many are taken until two are the same."""


@contextmanager
def x_server() -> Iterator[str]:
    """Run an X server without a panel; give its display."""
    program = needed("Xvfb", "xvfb")
    told, tell = os.pipe()
    with subprocess.Popen(
        [program, "-displayfd", str(tell), "-screen", "0", PANEL, "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(tell)
        try:
            with os.fdopen(told) as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()


class XTerm(Terminal):
    """What a program writes is read as xterm logs it; what it is told comes from keys and pointer.

    There is no window manager: the window is in the corner, and the pointer has the keyboard.
    """

    def __init__(
        self,
        program: Sequence[str],
        display: str,
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start *program* in an xterm of *size*, with *environment* beside what xterm tells it."""
        columns, rows = size
        window = ("-b", "0", "+sb", "-geometry", f"{columns}x{rows}+0+0")
        log = ("-l", "-lf", "-")
        told = [f"{name}={value}" for name, value in (environment or {}).items()]
        self._display = display
        super().__init__(
            [
                *(needed("xterm", "xterm"), *window, *FONT, POINTS[columns], *log),
                *("-e", "env", *told, *program),
            ],
            size=size,
            environment={"DISPLAY": display},
        )
        self._xdotool(
            "search", "--sync", "--onlyvisible", "--class", "xterm", "mousemove", "5", "5"
        )

    def types(self, text: str | bytes) -> None:
        """Press the keys that write *text*."""
        self._xdotool("type", "--", text if isinstance(text, str) else text.decode())

    def touches_cell(self, column: int, row: int) -> None:
        """Move the pointer to the middle of a cell, counted from 1, and click."""
        picture = self.picture()
        x = round(picture.width * (column - 0.5) / self.columns)
        y = round(picture.height * (row - 0.5) / self.rows)
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def picture(self) -> Image.Image:
        """Take pictures until nothing changes any more, and return the last."""
        before = self._photograph()
        for _ in range(MOST_PICTURES):
            now = self._photograph()
            if now.tobytes() == before.tobytes():
                return now
            before = now
        raise AssertionError(f"it never stands still:\n{self.text}")

    def _photograph(self) -> Image.Image:
        """Take one picture of the window."""
        (window, *_) = self._xdotool("search", "--class", "xterm").split()
        taken = subprocess.run(
            [
                needed("import", "imagemagick"),
                "-display",
                self._display,
                "-window",
                window,
                "png:-",
            ],
            check=True,
            capture_output=True,
        )
        return Image.open(io.BytesIO(taken.stdout)).convert("RGB")

    def _xdotool(self, *what: str) -> str:
        done = subprocess.run(
            [needed("xdotool", "xdotool"), *what],
            check=True,
            capture_output=True,
            text=True,
            env={"DISPLAY": self._display},
        )
        return done.stdout
