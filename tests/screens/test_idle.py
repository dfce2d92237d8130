"""Time: nobody is sent away without a warning of 20 seconds that one key or touch takes back."""

import pytest

from kiosk.config import load
from kiosk.desk import Desk
from kiosk.problems import Trouble
from screens.idle import IdleClock
from screens.still_there import StillThere
from tests.drivers.hands import holds
from tests.drivers.visitor import Visitor, visiting

LEAST_S = 20
"""WCAG 2.2, success criterion 2.2.1."""
TIMES = 10


async def _is_silent(visitor: Visitor, seconds: float) -> None:
    """Let *seconds* pass in which nobody touches anything."""
    visitor.app.idle.last -= seconds
    visitor.app.call_later(visitor.app._watch_idle)
    await visitor.pilot.pause()
    await visitor.settles()


@pytest.mark.parametrize("sign", ["space", "a", "finger"])
async def test_more_time_is_given_ten_times_in_a_row_and_nothing_is_lost(
    desk: Desk, sign: str
) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("wish")
        await visitor.writes("En bok om bin")
        for _ in range(TIMES):
            await _is_silent(visitor, visitor.app.idle.idle_s)
            assert isinstance(visitor.app.screen, StillThere)
            assert visitor.app.idle.left_s > LEAST_S
            if sign == "finger":
                visitor.app.idle.start_anew()  # the pilot's fingers pass the app by
                await visitor.touches("#stay")
            else:
                await visitor.presses(sign)
            assert visitor.sees("En bok om bin")
            assert not visitor.app.idle.must_ask
        await _is_silent(visitor, visitor.app.idle.idle_s + visitor.app.idle.warning_s)
        assert len(visitor.app.screen_stack) == 1


async def test_the_code_she_copies_stays_in_sight_and_is_told_to_go_alone(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff", words="En bok om bin")
        code = (await visitor.hands_in()).code_in_groups
        idle = visitor.app.idle
        await _is_silent(visitor, idle.idle_s)
        assert not isinstance(visitor.app.screen, StillThere), "twelve signs take their time"
        await _is_silent(visitor, idle.idle_s)
        assert isinstance(visitor.app.screen, StillThere)
        assert visitor.sees(code)
        assert visitor.sees("What you handed in stays.")
        assert not visitor.sees("erased")
        assert idle.left_s > 2 * LEAST_S
        await visitor.presses("a")
        assert visitor.sees("I have it. Done")


async def test_what_is_under_help_is_what_would_go(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("wish")
        await visitor.presses("f1")
        await _is_silent(visitor, visitor.app.idle.idle_s)
        assert visitor.sees("Then everything you wrote here is erased")
        await visitor.presses("a", "escape", "escape", "escape")
        await _is_silent(visitor, visitor.app.idle.idle_s)
        assert not visitor.sees("you wrote")


async def test_a_stuck_key_is_one_sign_of_life(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    signs: list[IdleClock] = []
    monkeypatch.setattr(IdleClock, "start_anew", lambda clock, *_: signs.append(clock))
    async with visiting(desk) as visitor:
        await visitor.opens("wish")
        signs.clear()
        await holds(visitor, "a")
        assert len(signs) == 1


def test_no_technician_can_make_the_warning_shorter() -> None:
    assert load(environment={}).idle_warning_s >= LEAST_S
    with pytest.raises(Trouble):
        load(environment={"KIOSK_IDLE_WARNING_S": str(LEAST_S - 1)})
