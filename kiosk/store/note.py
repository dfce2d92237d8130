"""A note: what this kiosk knows about one receipt, and its row in the ledger."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from kiosk import wire
from kiosk.domain.receipt import State
from kiosk.domain.seats import SeatStatus
from kiosk.domain.submission import Step
from kiosk.domain.workshop import Workshop

_FINAL = {State.WITHDRAWN, State.ERASED}
_KNOWN = frozenset(State)


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What this kiosk knows about one receipt."""

    errand: str
    """Name of the errand."""
    event: str
    """Id of the submission; empty once it is erased."""
    history: tuple[Step, ...]
    """States reached, oldest first; never empty."""
    locked: tuple[bytes, ...] = ()
    """Answers, each locked under the receipt's key."""
    seat: SeatStatus | None = None
    """What has become of a sign-up; None for what is none."""
    came: tuple[date, ...] = ()
    """Days on which she checked in here."""
    workshop: Workshop | None = None
    """What she signed up for here, as she was shown it, for content forgets what is over."""

    @property
    def state(self) -> State:
        """How far it has come."""
        return self.history[-1].state


def new_row(
    locator: str, event: str, errand: str, state: State, at: str, mark: bytes = b""
) -> dict[str, Any]:
    """Begin the row of a receipt that has reached *state* at *at* (ISO 8601).

    *mark* is its `kiosk.wire.receipt_mark`, which a copy of a kiosk does not hand in under.
    """
    return {
        "locator": locator,
        "event": event,
        "errand": errand,
        "history": [[state.value, at]],
        "locked": [],
        **({"mark": mark.hex()} if mark else {}),
    }


def has_mark(row: Mapping[str, Any], mark: bytes) -> bool:
    """Tell whether a row is of the receipt with this mark, as far as it knows one."""
    return not mark or row.get("mark", "") in {mark.hex(), ""}


def is_about(news: wire.ReceiptState, row: Mapping[str, Any]) -> bool:
    """Tell whether central's news is of the receipt of *row*, and not only of its locator."""
    if news.mark and row.get("mark"):
        return has_mark(row, news.mark)
    return not news.id or row["event"] in {news.id, ""}


def read_row(row: Mapping[str, Any]) -> ReceiptRecord:
    """Return the note that a row holds."""
    return ReceiptRecord(
        row["errand"],
        row["event"],
        tuple(Step(State(state), datetime.fromisoformat(at)) for state, at in row["history"]),
        tuple(bytes.fromhex(each) for each in row["locked"]),
        wire.Seat(**row["seat"]).read() if row.get("seat") else None,
        tuple(date.fromisoformat(each) for each in row.get("came", ())),
        msgspec.convert(row["workshop"], Workshop) if row.get("workshop") else None,
    )


def seat_row(seat: wire.Seat | None) -> dict[str, Any]:
    """Return what a row holds of a sign-up's seats; nothing for what is no sign-up."""
    return {"seat": msgspec.to_builtins(seat)} if seat else {}


def sign_up_row(seat: wire.Seat | None, workshop: Workshop | None) -> dict[str, Any]:
    """Return what a row holds of a sign-up here: its seats, and what it is for in few words."""
    if workshop is None:
        return seat_row(seat)
    told = msgspec.to_builtins(dataclasses.replace(workshop, about={}))
    return {**seat_row(seat), "workshop": told}


def leave_seats(row: Any, left: int) -> None:
    """Let a sign-up be about *left* seats, where there is one."""
    if row.get("seat"):
        row["seat"] = {**row["seat"], "seats": left}


def come(row: Any, day: str) -> None:
    """Let somebody have been here on *day* (ISO 8601)."""
    row["came"] = [*row.get("came", ()), day]


def reach(row: Any, state: State, at: str) -> None:
    """Let *row* reach *state* at *at*; lists in it are replaced, never changed.

    Withdrawn and erased are final here: central's older news cannot undo them. Erasing leaves
    nothing but the word.
    """
    now = State(row["history"][-1][0])
    if state is now:
        return
    if state is State.ERASED:
        row.pop("seat", None)
        row.pop("came", None)
        row.pop("workshop", None)
        mark = bytes.fromhex(row.get("mark", ""))
        row.update(new_row(row["locator"], "", row["errand"], state, at, mark))
    elif now not in _FINAL:
        row["history"] = [*row["history"], [state.value, at]]


def hear(row: Any, news: wire.ReceiptState) -> None:
    """Take over what central tells; a state this version has no word for changes none."""
    if news.state in _KNOWN:
        reach(row, State(news.state), news.at)
    if row["history"][-1][0] != State.ERASED:
        row["locked"] = [each.hex() for each in news.answers]
        row.update(seat_row(news.seat))


def heard_first(news: wire.ReceiptState) -> dict[str, Any]:
    """Begin the row of a receipt from another kiosk of the branch; at least it has been sent."""
    state = State(news.state) if news.state in _KNOWN else State.SENT
    event = "" if state is State.ERASED else news.id
    return new_row(news.locator, event, news.errand, state, news.at, news.mark)
