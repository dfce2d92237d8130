"""The clock: what time it truly is, and when a wall clock is not to be believed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.clock import EARLIEST, LONGEST_SILENCE, MARGIN, heard, true_time, why_in_doubt
from tests.drivers.world import BEGINNING, FakeWorld


class Skewed(FakeWorld):
    """A world whose wall clock jumps without any time going by."""

    jump = timedelta()

    def now(self) -> datetime:
        return super().now() + self.jump


@given(st.timedeltas(timedelta(-20_000), timedelta(20_000)), st.integers(0, 10**7))
def test_in_the_same_boot_the_true_time_is_exact_whatever_the_clock_says(
    jump: timedelta, seconds: int
) -> None:
    world = Skewed()
    told = heard(BEGINNING, world)
    world.jump = jump
    world.later(seconds=seconds)
    assert true_time(told, world) == BEGINNING + timedelta(seconds=seconds)
    wrong = abs(jump) > MARGIN or world.now() < EARLIEST
    assert bool(why_in_doubt(told, world)) is wrong


def test_after_another_start_the_true_time_is_not_known() -> None:
    told = heard(BEGINNING, FakeWorld())
    assert true_time(told, FakeWorld(boot="b00t0002")) is None
    assert true_time(None, FakeWorld()) is None


@pytest.mark.parametrize(
    ("clock", "why"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "before this program was made"),
        (BEGINNING - timedelta(days=2), "central has told a later time, 2026-11-26 09:30 UTC"),
        (BEGINNING - MARGIN, ""),
        (BEGINNING + timedelta(days=60), ""),
        (BEGINNING + LONGEST_SILENCE, ""),
        (datetime(2031, 1, 1, tzinfo=UTC), "half a year"),
    ],
)
def test_a_clock_that_wakes_up_wrong_is_noticed(clock: datetime, why: str) -> None:
    told = heard(BEGINNING, FakeWorld())
    doubt = why_in_doubt(told, FakeWorld(clock=clock, boot="b00t0002"))
    assert why in doubt
    assert bool(why) is bool(doubt)


def test_before_central_was_ever_heard_any_clock_of_today_will_do() -> None:
    assert why_in_doubt(None, FakeWorld()) == ""
    assert why_in_doubt(None, FakeWorld(clock=datetime(2031, 1, 1, tzinfo=UTC))) == ""
    assert why_in_doubt(None, FakeWorld(clock=datetime(1970, 1, 1, tzinfo=UTC)))
