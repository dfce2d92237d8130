"""Time: nobody is sent away without a warning of 20 seconds that one key or touch takes back."""

import pytest

from kiosk.config import load
from kiosk.desk import Desk
from kiosk.problems import Trouble
from screens.still_there import StillThere
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


def test_no_technician_can_make_the_warning_shorter() -> None:
    assert load(environment={}).idle_warning_s >= LEAST_S
    with pytest.raises(Trouble):
        load(environment={"KIOSK_IDLE_WARNING_S": str(LEAST_S - 1)})
