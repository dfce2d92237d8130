"""What is known of a sign-up: how its seats stand, and what it is for."""

from dataclasses import replace
from datetime import datetime, tzinfo

from kiosk.domain.content import Content
from kiosk.domain.receipt import State
from kiosk.domain.seats import SeatStatus
from kiosk.domain.workshop import Workshop
from kiosk.store.ledger import Ledger
from kiosk.store.note import ReceiptRecord


def seat_of(note: ReceiptRecord, ledger: Ledger, zone: tzinfo | None) -> SeatStatus | None:
    """Return what has become of its seats, times in *zone*; None once it is taken back."""
    seat = note.seat
    if seat is None or note.state is State.WITHDRAWN:
        return None
    told = ledger.seats.known(seat.workshop).told.decides
    decides = seat.decides or (datetime.fromisoformat(told) if told else None)
    return replace(
        seat,
        at=seat.at.astimezone(zone) if seat.at else None,
        decides=decides.astimezone(zone) if decides else None,
    )


def workshop_of(note: ReceiptRecord, content: Content) -> Workshop | None:
    """Return what it is for, as *content* tells it now, else as she was shown it."""
    now = content.workshop(note.seat.workshop) if note.seat else None
    return now or note.workshop
