"""Notes: what this kiosk remembers of a receipt."""

from kiosk.domain.receipt import State
from kiosk.store.note import leave_seats, new_row, seat_row
from kiosk.wire import Seat


def test_only_a_sign_up_can_become_smaller() -> None:
    row = new_row("l", "e", "feedback", State.SAVED, "2026-11-24T10:00:00+01:00")
    feedback, sign_up = dict(row), row | seat_row(Seat("waiting", seats=3))
    leave_seats(feedback, 1)
    assert feedback == row
    leave_seats(sign_up, 1)
    assert sign_up["seat"]["seats"] == 1
