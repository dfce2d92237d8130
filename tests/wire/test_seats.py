"""What a kiosk is told of seats is read with care: another version may have written it."""

from kiosk import wire
from kiosk.domain.seats import SeatStatus, Standing


def test_a_standing_that_is_not_known_here_is_none() -> None:
    assert wire.Seat("promoted_to_stage").read() is None


def test_a_reason_or_a_time_that_is_not_known_here_is_left_out() -> None:
    told = wire.Seat("waiting", "moon", 2, 1, "w", "noon", "2026-11-26T10:00:00").read()
    assert told == SeatStatus(Standing.WAITING, None, 2, 1, "w", None, None)
