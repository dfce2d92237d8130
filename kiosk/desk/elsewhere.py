"""A receipt handed in elsewhere: central is asked, and nothing that it tells is kept here."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.domain.receipt import State
from kiosk.domain.submission import Step
from kiosk.problems import CANNOT_ASK, TOO_MANY_GUESSES, UNKNOWN_CODE, Trouble
from kiosk.store.note import ReceiptRecord, hear, heard_first, read_row
from kiosk.sync.carrier import TurnedBack

if TYPE_CHECKING:
    from kiosk.sync.courier import Courier


def asked(courier: "Courier | None", locator: str, mark: bytes) -> ReceiptRecord:
    """Ask central about a receipt and its mark, for a visitor who waits: some seconds at most.

    Raises Trouble: UNKNOWN_CODE, TOO_MANY_GUESSES, CANNOT_ASK.
    """
    if courier is None:
        raise Trouble(CANNOT_ASK, why="this program does not exchange")
    try:
        news = courier.receipt(locator, mark)
    except TurnedBack as refused:
        if refused.status == 404:
            raise Trouble(UNKNOWN_CODE) from refused
        if refused.status == 429:
            raise Trouble(TOO_MANY_GUESSES) from refused
        raise Trouble(CANNOT_ASK, why=refused) from refused
    except Trouble as trouble:
        why = trouble.particulars.get("why", trouble.remedy)
        raise Trouble(CANNOT_ASK, why=why) from trouble
    row = heard_first(news)
    hear(row, news)
    return read_row(row)


def changed(note: ReceiptRecord, state: State | None, at: str, seats: int = 0) -> ReceiptRecord:
    """Return the note of a receipt that has just come to *state* at *at* (ISO 8601).

    No state leaves it as it was; *seats* are those that it is about now, 0 leaves them too.
    """
    if state is None:
        return note
    step = Step(state, datetime.fromisoformat(at))
    if state is State.ERASED:
        return ReceiptRecord(note.errand, "", (step,))
    seat = replace(note.seat, seats=seats) if note.seat and seats else note.seat
    return replace(note, history=(*note.history, step), seat=seat)
