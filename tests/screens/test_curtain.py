"""The curtain: a screen is drawn when all of it stands, and memory is swept while nobody waits."""

import gc
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.screen import Screen
from textual.widget import Widget

from kiosk.desk import Desk
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.rooms import HOME
from screens import sweeping
from screens.app import KioskApp
from screens.home import Home
from screens.idle import IdleClock
from screens.messages import OpenErrand
from screens.programme import Programme
from screens.resting import Resting
from tests.drivers.visitor import Visitor, visiting

Opening = Callable[[Visitor], object]
OPENINGS: dict[str, Opening] = {
    "home": lambda visitor: visitor.app.push_screen(Home(HOME)),
    "form": lambda visitor: visitor.app.post_message(OpenErrand(FEEDBACK)),
    "programme": lambda visitor: visitor.app.push_screen(Programme("here")),
}


@pytest.fixture
def frames(_drawn: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Screen[Any], list[str]]]:
    """Keep the text of every frame, and whose it is."""
    kept: list[tuple[Screen[Any], list[str]]] = []
    stock = KioskApp._display

    def display(app: KioskApp, screen: Screen[Any], renderable: Any) -> None:
        stock(app, screen, renderable)
        if renderable is not None:
            strips = screen._compositor.render_strips(app.size)
            kept.append((screen, [strip.text for strip in strips]))

    monkeypatch.setattr(KioskApp, "_display", display)
    return kept


@pytest.mark.parametrize("name", OPENINGS)
async def test_the_first_frame_of_a_screen_shows_all_of_it(
    desk: Desk, name: str, frames: list[tuple[Screen[Any], list[str]]]
) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await visitor.settles()
        frames.clear()
        OPENINGS[name](visitor)
        await visitor.settles()
        screen = visitor.app.screen
        assert not isinstance(screen, Resting)
        first = next(text for each, text in frames if each is screen)
        assert first == frames[-1][1]


@pytest.mark.parametrize("name", OPENINGS)
async def test_a_screen_that_is_styled_once_is_styled_right(desk: Desk, name: str) -> None:
    async with visiting(desk, size=(60, 20)) as visitor:
        OPENINGS[name](visitor)
        await visitor.settles()
        screen = visitor.app.screen
        before = _styles(screen)
        visitor.app.stylesheet.update(screen)
        assert _styles(screen) == before


def _styles(screen: Screen[Any]) -> list[tuple[str, str]]:
    widgets = [screen, *screen.query("*").results(Widget)]
    return [(str(each), each.styles.base.css) for each in widgets]


@pytest.fixture
def collector() -> Iterator[None]:
    """Give the collector back as it was."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


class Ring:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        """Close the ring."""
        self.ring = self


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("still", [False, True])
def test_memory_is_swept_only_while_hands_are_still(*, still: bool) -> None:
    gc.set_threshold(*sweeping.SELDOM)
    gc.collect()
    idle = IdleClock(90, 30)
    if still:
        idle.last -= sweeping.STILL_S
    ring = weakref.ref(Ring())
    kept = [[each] for each in range(sweeping.WORTH)]
    sweeping._sweep(idle)
    assert (ring() is None) == still
    del kept


@pytest.mark.usefixtures("collector")
async def test_a_kiosk_at_work_is_swept_by_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PERIOD_S", 0.01)
    async with visiting(desk) as visitor:
        visitor.app.idle.last -= 60
        sweeping.sweep_when_still(visitor.app, visitor.app.idle)
        ring = weakref.ref(Ring())
        kept = [[each] for each in range(sweeping.WORTH)]
        while ring() is not None:
            await visitor.pilot.pause()
        del kept
