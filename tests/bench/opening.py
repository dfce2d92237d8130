"""Opening screens: what each takes until its last frame, beside its twin of stock widgets.

In seconds of computing, each in a process of its own, and in turn: the twin of a screen is opened
right after it. The walk of the tests finds the screens; each is named by the button that opened it.
"""

import asyncio
import os
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kiosk.desk import Desk
from screens.app import KioskApp
from screens.form import Form
from screens.sweeping import sweep_when_still
from screens.widgets.big_button import BigButton
from screens.widgets.keyboard import Keyboard
from screens.widgets.tile import Tile
from tests.bench.drawn import SIZE, Drawn, in_all_colours, spent_on
from tests.bench.figure import Figure, middle_ms
from tests.bench.twin import Plan, Twins
from tests.drivers.shipped import shipped_branch
from tests.drivers.walk import Walk

TURNS = int(os.environ.get("KIOSK_BENCH_TURNS", "5"))
THROUGH = ["feedback"]
MOST = 2.0


class DrawnKiosk(Drawn, KioskApp):
    """The kiosk's app."""


@dataclass
class Opening:
    """One screen: seconds of computing, a turn each, its twin's, and how many widgets."""

    ours: list[float] = field(default_factory=list)
    twin: list[float] = field(default_factory=list)
    widgets: int = 0

    def figure(self, name: str) -> Figure:
        """Compare the middle ones."""
        against = f"a bare form of {self.widgets} widgets"
        ours, twin = middle_ms(self.ours), middle_ms(self.twin)
        return Figure(f"opening {name}", ours, "ms", against, twin, MOST)


@dataclass
class TimedWalk(Walk):
    """A walk that takes the time of every screen it meets for the first time."""

    openings: dict[str, Opening] = field(default_factory=dict)
    """By the name of the screen."""
    twins: Twins = field(default_factory=Twins)
    _timed: Screen[Any] | None = None
    _named: set[str] = field(default_factory=set)

    async def _press(self, button: BigButton) -> None:
        before = self.app.screen
        spent = await spent_on(self._drawn, button.press)
        if self.app.screen is not before:
            self._keep(f"by {button.id}", spent)
        await self._press_done()

    async def _arrived(self, name: str) -> str:
        spent = await spent_on(self._drawn, lambda: None)
        if self.app.screen is not self._timed:
            self._keep("", spent)
        return await super()._arrived(name)

    @property
    def _drawn(self) -> Drawn:
        assert isinstance(self.app, Drawn)
        return self.app

    def _keep(self, by: str, spent: float) -> None:
        screen = self._timed = self.app.screen
        errand = screen.draft.errand.name if isinstance(screen, Form) else ""
        name = " ".join(each for each in (type(screen).__name__, errand, by) if each)
        if spent and name not in self._named:
            self._named.add(name)
            kept = self.openings[name]
            kept.ours.append(spent)
            kept.twin.append(self.twins.opened(plan_of(screen)))
            kept.widgets = len(screen.query("*"))


def plan_of(screen: Screen[Any]) -> Plan:
    """Plan the twin of *screen*: as many widgets of each kind, as many of them shown."""
    widgets = [(each, all(a.display for a in _up(each))) for each in screen.query("*")]
    leaves = [(_kind(each), _words(each), shown) for each, shown in widgets if not each.children]
    return {"rows": len(widgets) - len(leaves), "widgets": leaves}


def _up(widget: Widget) -> list[Widget]:
    return [each for each in widget.ancestors_with_self if isinstance(each, Widget)]


def _kind(widget: Widget) -> str:
    kinds = {Input: "line", TextArea: "page", BigButton: "button"}
    return next((kind for known, kind in kinds.items() if isinstance(widget, known)), "text")


def _words(widget: Widget) -> str:
    match widget:
        case Tile():
            return f"{widget.number} {widget.label}\n{widget.note}".strip()
        case BigButton():
            return widget.label
        case Input():
            return widget.value
        case TextArea():
            return widget.text
        case Keyboard():
            return " ".join(key.sign for row in widget._rows for key in row)
        case Static():
            return str(widget.content)
    return ""


def openings() -> list[Figure]:
    """Open every screen and its twin so many times."""
    in_all_colours()
    found: dict[str, Opening] = defaultdict(Opening)
    twins = Twins()
    try:
        for _ in range(TURNS):
            asyncio.run(_walk(found, twins))
    finally:
        twins.end()
    figures = [each.figure(name) for name, each in found.items() if median(each.twin)]
    return sorted(figures, key=lambda each: each.ratio or 0.0, reverse=True)


async def _walk(found: dict[str, Opening], twins: Twins) -> None:
    with tempfile.TemporaryDirectory() as folder:
        branch = shipped_branch(Path(folder) / "kiosk", datetime.now(UTC).astimezone())
        try:
            await _walked(branch.desk, found, twins)
        finally:
            branch.close()


async def _walked(desk: Desk, found: dict[str, Opening], twins: Twins) -> None:
    app = DrawnKiosk(desk, language="en", idle_s=900)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        sweep_when_still(app, app.idle)  # as the program does after its first frame
        walk = TimedWalk(app, "en", THROUGH, openings=found, twins=twins)
        async for _ in walk.stops():
            pass
