"""How many wrong codes are heard."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.guessing import MOST_WRONG, WINDOW_S, must_wait, still_counting


def test_ten_wrong_codes_in_ten_minutes_are_enough() -> None:
    assert not must_wait([float(at) for at in range(MOST_WRONG - 1)], 100.0)
    assert must_wait([float(at) for at in range(MOST_WRONG)], 100.0)
    assert not must_wait([float(at) for at in range(MOST_WRONG)], WINDOW_S)


def test_a_clock_that_was_set_back_keeps_nobody_waiting() -> None:
    assert not must_wait([5_000.0] * MOST_WRONG, 100.0)


@given(st.lists(st.floats(0, 1e10)), st.floats(0, 1e10))
def test_only_the_last_ten_minutes_count(wrong_at: list[float], now: float) -> None:
    assert all(now - WINDOW_S < at <= now for at in still_counting(wrong_at, now))
