"""Opening screens: what each takes until its last frame, beside a bare form of as many widgets.

In seconds of computing, in one process: nothing is written to a terminal, but all that would be
written is worked out. The walk of the tests finds the screens; each is named by the button that
opened it.
"""

import asyncio
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from kiosk.desk import Desk
from screens.app import KioskApp
from screens.form import Form
from screens.widgets.big_button import BigButton
from tests.bench.bare import Bare, Page
from tests.bench.figure import Figure, middle_ms
from tests.bench.shown import SIZE
from tests.drivers.shipped import shipped_branch
from tests.drivers.walk import Walk

TURNS = int(os.environ.get("KIOSK_BENCH_TURNS", "5"))
QUIET_S = 0.12
FIRST_FRAME_WITHIN_S = 3.0
THROUGH = ["feedback"]
MOST = 2.0


class Drawn(App[Any]):
    """An app that works out what it would write to a terminal, and remembers when."""

    computed_s = 0.0
    """What the process had computed by the last frame."""
    drawn_at = 0.0
    """When that was; 0 before the first frame."""

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable.render_segments(self.console)
            self.computed_s, self.drawn_at = time.process_time(), time.perf_counter()


class DrawnKiosk(Drawn, KioskApp):
    """The kiosk's app."""


class DrawnBare(Drawn, Bare):
    """The floor's."""


@dataclass
class TimedWalk(Walk):
    """A walk that takes the time of every screen it meets for the first time."""

    openings: dict[str, tuple[float, int]] = field(default_factory=dict)
    """Seconds of computing and number of widgets, by the name of the screen."""
    _timed: Screen[Any] | None = None

    async def _press(self, button: BigButton) -> None:
        before = self.app.screen
        spent = await spent_on(self.app, button.press)
        if self.app.screen is not before:
            self._keep(f"by {button.id}", spent)
        await self._press_done()

    async def _arrived(self, name: str) -> str:
        spent = await spent_on(self.app, lambda: None)
        if self.app.screen is not self._timed:
            self._keep("", spent)
        return await super()._arrived(name)

    def _keep(self, by: str, spent: float) -> None:
        screen = self._timed = self.app.screen
        errand = screen.draft.errand.name if isinstance(screen, Form) else ""
        name = " ".join(each for each in (type(screen).__name__, errand, by) if each)
        self.openings.setdefault(name, (spent, len(screen.query("*"))))


async def spent_on(app: App[Any], doing: Callable[[], object]) -> float:
    """Do something; return the seconds of computing up to the last frame that it led to."""
    assert isinstance(app, Drawn)
    app.drawn_at, began, began_at = 0.0, time.process_time(), time.perf_counter()
    app.computed_s = began
    doing()
    while True:
        await asyncio.sleep(0.02)
        now = time.perf_counter()
        if app.drawn_at and now - app.drawn_at > QUIET_S:
            return app.computed_s - began
        if now - began_at > FIRST_FRAME_WITHIN_S and not app.drawn_at:
            return 0.0


def openings() -> list[Figure]:
    """Open every screen and its floor, in turn, each app in a loop of its own."""
    ours: dict[str, list[float]] = defaultdict(list)
    floor: dict[int, list[float]] = defaultdict(list)
    widgets: dict[str, int] = {}
    for _ in range(TURNS):
        for name, (spent, many) in asyncio.run(_walk()).items():
            ours[name].append(spent)
            widgets[name] = many
        for many, spent in asyncio.run(_bare(set(widgets.values()))).items():
            floor[many].append(spent)
    figures = [
        Figure(
            f"opening {name}",
            middle_ms(spent),
            "ms",
            f"a bare form of {widgets[name]} widgets",
            middle_ms(floor[widgets[name]]),
            MOST,
        )
        for name, spent in ours.items()
        if median(spent)
    ]
    return sorted(figures, key=lambda each: each.ratio or 0.0, reverse=True)


async def _walk() -> dict[str, tuple[float, int]]:
    with tempfile.TemporaryDirectory() as folder:
        branch = shipped_branch(Path(folder) / "kiosk", datetime.now(UTC).astimezone())
        try:
            return await _walked(branch.desk)
        finally:
            branch.close()


async def _walked(desk: Desk) -> dict[str, tuple[float, int]]:
    app = DrawnKiosk(desk, language="en", idle_s=900)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        walk = TimedWalk(app, "en", THROUGH)
        async for _ in walk.stops():
            pass
    return walk.openings


async def _bare(sizes: set[int]) -> dict[int, float]:
    """Return what opening a form of each of these sizes takes."""
    app = DrawnBare(min(sizes))
    took = {}
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for many in sorted(sizes):
            took[many] = await spent_on(app, partial(app.push_screen, Page(many)))
            await app.pop_screen()
            await pilot.pause()
    return took
