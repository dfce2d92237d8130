"""A visit from the resting screen to the wipe: the next visitor sees nothing of the last."""

import asyncio
import gc
import heapq
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from kiosk.desk import Desk
from kiosk.i18n import LANGUAGES
from screens.home import Home
from screens.resting import Resting
from screens.still_there import StillThere
from screens.technician import Technician
from tests.drivers.visitor import Visitor, visiting

SECRET = "hemligt-om-katten-7731"


async def test_the_resting_screen_says_what_is_open_and_what_is_coming(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        assert visitor.sees("Hamnbiblioteket")
        assert visitor.sees("Open until 23:00")
        assert visitor.sees("Nobody works here right now.")
        assert visitor.sees("The printer works again.")
        for name in LANGUAGES.values():
            assert visitor.sees(name)


async def test_any_key_begins_a_visit(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.presses("f7")
        assert isinstance(visitor.app.screen, Home)


@pytest.mark.parametrize(("language", "ask"), [("fi", "Mitä haluat tehdä?"), ("nb", "Hva vil du")])
async def test_touching_a_language_begins_in_it(desk: Desk, language: str, ask: str) -> None:
    async with visiting(desk) as visitor:
        await visitor.touches(f"#start-{language}")
        assert visitor.sees(ask)
        await visitor.touches("#done")
        assert visitor.app.visit.language == "en"


async def test_nobody_there_is_asked_first_and_any_key_stays(desk: Desk) -> None:
    async with visiting(desk, idle_s=0.4, idle_warning_s=60) as visitor:
        await visitor.begins()
        await _until(visitor, StillThere)
        assert visitor.sees("Are you still there?")
        assert visitor.sees("I need more time")
        await visitor.presses("x")
        assert isinstance(visitor.app.screen, Home)


async def test_a_visitor_who_has_gone_leaves_nothing(desk: Desk) -> None:
    async with visiting(desk, idle_s=60, idle_warning_s=0.3) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.presses("7")
        await visitor.touches("#next")
        await visitor.writes(SECRET)
        await visitor.touches("#language-da")
        visitor.app._clipboard = SECRET
        assert _whoever_holds(SECRET)
        visitor.app.idle.idle_s = 0.1
        await _until(visitor, Resting)
        await visitor.settles()
        _sweep()
        assert visitor.app.visit.language == "en"
        assert visitor.app._clipboard == ""
        assert SECRET not in visitor.text
        assert _whoever_holds(SECRET) == []


async def test_the_next_visitor_meets_an_empty_form(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        for _ in range(2):
            await visitor.opens("feedback")
            assert visitor.form.draft.answers == {}
            await visitor.presses("4")
            await visitor.app.start_over()
            await visitor.settles()


async def test_the_technicians_key_shows_the_kiosk_and_no_way_out(desk: Desk) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await visitor.presses("f12")
        assert isinstance(visitor.app.screen, Technician)
        assert visitor.sees(desk.device.device)
        assert visitor.sees("waiting to be sent")
        await visitor.touches("#back")
        assert isinstance(visitor.app.screen, Resting)


@pytest.mark.parametrize(
    "key", ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+backslash", "f1", "f10", "ctrl+d"]
)
async def test_no_key_leads_out_of_the_app(desk: Desk, key: str) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses(key)
        if key == "f1":
            assert visitor.sees("Help")
            await visitor.presses("escape")
        assert visitor.sees("Question 1 of 5")
        assert visitor.app.return_code is None


async def test_a_window_too_small_says_so_and_keeps_what_was_typed(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses("4")
        await visitor.resizes(50, 15)
        await visitor.settles()
        assert visitor.sees("This window is too small.")
        await visitor.resizes(80, 24)
        await visitor.settles()
        assert visitor.tile("4").chosen


async def _until(visitor: Visitor, screen: type[Any]) -> None:
    for _ in range(400):
        if isinstance(visitor.app.screen, screen):
            await visitor.settles()
            return
        await visitor.pilot.pause(0.02)
    raise AssertionError(visitor.text)


def _sweep() -> None:
    """Collect, without the pilot's cancelled time-outs, which hold what it last waited for."""
    timers = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
    timers[:] = [each for each in timers if not each.cancelled()]
    heapq.heapify(timers)
    gc.collect()


def _whoever_holds(secret: str) -> list[str]:
    """List the widgets and plain containers that still hold *secret*, outside this test."""
    holders = []
    for each in gc.get_objects():
        if isinstance(each, TextArea):
            if secret in each.text:
                holders.append("TextArea")
        elif isinstance(each, Input):
            if secret in each.value:
                holders.append("Input")
        elif type(each) is dict and each.get("words") == secret and "__name__" not in each:
            holders.append("dict")
    return holders


@pytest.mark.parametrize("way", ["key", "finger"])
async def test_strong_contrast_lasts_as_long_as_the_visit(desk: Desk, way: str) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses("4")
        await (visitor.presses("f2") if way == "key" else visitor.touches("#contrast"))
        assert visitor.app.theme == "contrast"
        assert visitor.tile("4").chosen
        assert visitor.app.focused is visitor.tile("4")
        await visitor.presses("f2")
        assert visitor.app.theme == "paper"
        await visitor.presses("f2")
        await visitor.app.start_over()
        assert visitor.app.theme == "paper"


async def test_strong_contrast_can_be_had_before_anything_else(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.presses("f2")
        assert isinstance(visitor.app.screen, Home)
        assert visitor.app.theme == "contrast"


async def test_a_branch_in_strong_contrast_offers_paper(desk: Desk) -> None:
    async with visiting(desk, theme="contrast") as visitor:
        await visitor.begins()
        await visitor.touches("#contrast")
        assert visitor.app.theme == "paper"
        await visitor.app.start_over()
        assert visitor.app.theme == "contrast"


async def test_the_resting_screen_does_not_tell_which_language_the_last_visitor_took(
    desk: Desk,
) -> None:
    async with visiting(desk) as visitor:
        await visitor.touches("#start-da")
        await visitor.touches("#done")
        assert isinstance(visitor.app.screen, Resting)
        assert visitor.app.focused is None
        assert visitor.sees("Dansk")


def at_focus(visitor: Visitor) -> bool:
    """Tell whether the terminal's cursor stands where the focus is."""
    focused = visitor.app.screen.focused
    assert focused is not None
    return visitor.app.cursor_position == focused.content_region.offset


async def test_the_terminals_cursor_follows_the_focus_also_when_everything_moves(
    desk: Desk,
) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await visitor.presses("space")
        await visitor.presses("right")
        assert at_focus(visitor)
        await visitor.resizes(160, 45)
        await visitor.pilot.pause()
        assert at_focus(visitor)
        home = visitor.app.screen
        assert isinstance(home, Home)
        visitor.app.push_screen(StillThere(visitor.app.idle, home))
        await visitor.pilot.pause()
        await visitor.presses("enter")
        assert isinstance(visitor.app.screen, Home)
        assert at_focus(visitor)
