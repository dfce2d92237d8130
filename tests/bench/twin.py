"""A twin: a bare Textual form of as many widgets as a screen, of the same kinds and words.

Run as `python -m tests.bench.twin` it opens the twin of every plan it reads, a line each, and
answers with the seconds of computing that it took.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from tests.bench.drawn import SIZE, Drawn, in_all_colours, spent_on

Plan = dict[str, Any]
"""How many rows hold the widgets, and of each its kind, its words and whether it is shown."""


class Form(Screen[None]):
    """Stock widgets in rows, as a plan tells."""

    def __init__(self, plan: Plan) -> None:
        """Take the *plan*."""
        super().__init__()
        self._plan = plan

    def compose(self) -> ComposeResult:
        """Lay the widgets out in rows, as many in each."""
        widgets, rows = list(self._widgets()), self._plan["rows"]
        many = -(-len(widgets) // rows)
        for row in range(rows):
            with Horizontal():
                yield from widgets[row * many : (row + 1) * many]

    def _widgets(self) -> Iterator[Widget]:
        for kind, words, shown in self._plan["widgets"]:
            widget = _made(kind, words)
            widget.display = shown
            yield widget


def _made(kind: str, words: str) -> Widget:
    match kind:
        case "line":
            return Input(words)
        case "page":
            return TextArea(words)
        case "button":
            return Button(Content(words))
        case _:
            return Static(Content(words))


class Twins:
    """A process of its own, whose memory holds nothing but a bare app."""

    def __init__(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.twin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def opened(self, plan: Plan) -> float:
        """Open the twin of *plan*; return the seconds of computing."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking
        assert answering
        asking.write(f"{json.dumps(plan)}\n")
        asking.flush()
        return float(answering.readline())

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


async def _answer() -> None:
    app = Drawn()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        while line := await asyncio.to_thread(sys.stdin.readline):
            spent = await spent_on(app, partial(app.push_screen, Form(json.loads(line))))
            await app.pop_screen()
            await pilot.pause()
            print(spent, file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    in_all_colours()
    asyncio.run(_answer())
