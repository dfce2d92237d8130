"""Drawn: what an app computes until the last frame that something led to.

Of the thread that draws: the keys of a receipt are derived beside it, and nobody waits for them.
Nothing is written to a terminal, but all that would be written is worked out.
"""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

SIZE = (100, 30)
QUIET_S = 0.12
FIRST_FRAME_WITHIN_S = 3.0


class Drawn(App[Any]):
    """An app that works out what it would write to a terminal, and remembers when."""

    computed_s = 0.0
    """What its thread had computed by the last frame."""
    drawn_at = 0.0
    """When that was; 0 before the first frame."""

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable.render_segments(self.console)
            self.computed_s, self.drawn_at = time.thread_time(), time.perf_counter()


def in_all_colours() -> None:
    """Let every app of this process believe that its terminal shows all colours."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")


async def spent_on(app: Drawn, doing: Callable[[], object]) -> float:
    """Do something; return the seconds of computing up to the last frame that it led to."""
    app.drawn_at, began, began_at = 0.0, time.thread_time(), time.perf_counter()
    app.computed_s = began
    doing()
    while True:
        await asyncio.sleep(0.02)
        now = time.perf_counter()
        if app.drawn_at and now - app.drawn_at > QUIET_S:
            return app.computed_s - began
        if now - began_at > FIRST_FRAME_WITHIN_S and not app.drawn_at:
            return 0.0
