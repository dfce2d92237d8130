"""The ledger: the branch's local TinyDB file, and everything asked of it."""

import contextlib
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from kiosk import wire
from kiosk.domain.clock import ServerTime
from kiosk.domain.receipt import State
from kiosk.domain.workshop import Workshop
from kiosk.problems import LEDGER_DAMAGED, LEDGER_UNREADABLE, NO_ROOM, SET_ASIDE, Trouble
from kiosk.store import note as notes
from kiosk.store import settling
from kiosk.store.apart import Apart
from kiosk.store.books import TRACES, Books
from kiosk.store.device import Device
from kiosk.store.disk import Disk
from kiosk.store.dropping import Drops
from kiosk.store.figures import FigureBook
from kiosk.store.findings import Findings
from kiosk.store.index import NOT_NOTED
from kiosk.store.journal import JOURNAL_BYTES
from kiosk.store.note import ReceiptRecord
from kiosk.store.opening import quarantine
from kiosk.store.recovery import documents
from kiosk.store.seats import SeatBook
from kiosk.store.settling import Settled
from kiosk.store.support import SupportBook
from kiosk.store.view import Row

LEAST_ROOM = 16
"""With fewer saves sure of their place on the disk no errand is begun, so that none fails at its
end."""

AMPLE_ROOM = 4 * LEAST_ROOM
"""With less, nothing is saved that could also be asked again."""

KEEP_TIME_EVERY = timedelta(hours=1)
"""How often the time is saved when nothing else is."""

SHUT_OUT = "shut_out"
"""The fact why central lets this kiosk in no more; "" while it does."""

_HEARD, _TOLD = "last_exchange", "told"

_GO_ALONG = frozenset({wire.ADDED, wire.CHECKED_IN, wire.CORRECTED})
"""Types of events that go when what they are about goes."""

MOST_UNWRITTEN = 64
"""With more saves than this only in journals, a quiet moment is used to write a snapshot."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that central has not acknowledged."""

    id: str
    """Its identity."""
    seq: int
    """Its number on this device; oldest is lowest."""
    body: bytes
    """The frozen JSON, byte for byte."""


class Ledger:
    """The outbox and the receipts of one branch; safe to use from several threads."""

    def __init__(
        self, path: Path, disk: Disk | None = None, journal_bytes: int = JOURNAL_BYTES
    ) -> None:
        """Open *path*, made where missing.

        Raises Trouble: LEDGER_HELD, LEDGER_NEWER, CANNOT_WRITE.
        """
        self.path = path
        """Its snapshot; the journals are beside it."""
        self.books = Books(path, disk, journal_bytes)
        """Its tables, for the parts of the ledger that stand in files of their own."""
        self._storage = self.books.storage
        self.seats = SeatBook(path.parent, self.books)
        """What it knows of seats, and may give."""
        if not self.findings.harmless:
            self.seats.give_up()
        self.apart = Apart(self.books)
        """What was sealed for another library, and goes nowhere."""
        self.drops = Drops(self.books)
        """Which sealed copies may leave it."""
        self.figures = FigureBook(self.books)
        """What was counted here and is in no event yet."""
        self.support = SupportBook(self.books)
        """How often visitors here said "me too"."""
        self.last_exchange = str(self.fact(_HEARD))
        """When central last answered, ISO 8601, or ""; a look at it waits for no save."""
        self.told = _read_told(self.fact(_TOLD, None))
        """The time as central told it last, if it ever has."""

    @property
    def findings(self) -> Findings:
        """What recovery found when this was opened."""
        return self._storage.findings

    @property
    def quarantined(self) -> Path | None:
        """Where damaged parts were kept at opening, if there were any."""
        return self.findings.kept

    @property
    def pending(self) -> int:
        """How many events central has not acknowledged; costs nothing to ask."""
        return len(self.books.index.pending)

    @property
    def messages(self) -> int:
        """How many of them visitors wait for; costs nothing to ask."""
        return self.pending - len(self.books.index.quiet)

    def documents(self) -> int:
        """Count everything stored."""
        with self.books.lock:
            return documents({name: self._storage.rows(name) for name in self._storage.tables()})

    def contents(self) -> dict[str, dict[str, Any]]:
        """Return a copy of all tables, as TinyDB writes them."""
        return self._storage.read() or {}

    def room(self) -> int:
        """Return how many saves cannot fail for want of space; costs nothing to ask."""
        return self._storage.room()

    def make_room(self, saves: int = LEAST_ROOM) -> None:
        """Write zeros where fewer *saves* have their place; not on a visitor's way.

        Raises Trouble (NO_ROOM) when an errand begun now could not be saved.
        """
        if self.room() >= saves:
            return
        with contextlib.suppress(OSError):
            self._storage.prepare()
        self.check_room()

    def check_room(self) -> None:
        """Raise Trouble (NO_ROOM) when an errand begun now could not be saved; costs nothing."""
        if self.room() < LEAST_ROOM:
            raise Trouble(NO_ROOM, path=self.path.parent, room=self.room())

    def troubles(self) -> list[Trouble]:
        """List what is wrong with its files, or once was and is not looked at yet."""
        troubles, found = [], self.findings
        if not found.harmless:
            problem = LEDGER_UNREADABLE if found.unproven else LEDGER_DAMAGED
            kept = found.kept or self.path
            troubles.append(Trouble(problem, path=self.path, why=found.told, kept=kept))
        elif names := self.books.disk.names(quarantine(self.path)):
            troubles.append(Trouble(SET_ASIDE, kept=quarantine(self.path) / names[-1]))
        return troubles + self.drops.troubles() + self.apart.troubles()

    def tidy(self) -> None:
        """Use a quiet moment: make room, write a snapshot, leave no trace of what was removed.

        Never called on a visitor's way; saves go on meanwhile. Raises Trouble (CANNOT_WRITE).
        """
        with self.books.told():
            settling.keep_to_the_cap(self.books, self.drops)
            removed = str(self.fact(TRACES))
            if removed:
                self._storage.checkpoint()
                self._storage.checkpoint()
                self._empty_quarantine(erased="erased" in removed)
                # a power cut could bring the journals back, with nobody left who remembers why
                self.books.disk.flush_folder(self.path.parent)
                self.books.leave_no_trace_of(removed)
            elif self._storage.unwritten > MOST_UNWRITTEN:
                self._storage.checkpoint()
            self._storage.prepare()

    def close(self) -> None:
        """Write the last snapshot where one is due, and release the file; may be repeated."""
        if self.room() > AMPLE_ROOM and self.last_exchange != self.fact(_HEARD):
            with contextlib.suppress(Trouble):  # it can be heard again
                self._keep_time(self.told, self.last_exchange)
        if self.fact(TRACES):
            with contextlib.suppress(Trouble):  # the next start remembers
                self.tidy()
        self._storage.close()

    def atomic(self) -> contextlib.AbstractContextManager[None]:
        """Make everything written in the block durable at once, or none of it."""
        return self.books.atomic()

    def next_seq(self) -> int:
        """Take the next number of this device; call inside `atomic`."""
        seq = int(self.fact("seq", 0)) + 1
        self.set_fact("seq", seq)
        return seq

    def append(self, event: wire.Event, *, quiet: bool = False) -> None:
        """Freeze *event* and put it in the outbox; *quiet* when no visitor waits for it."""
        mark: dict[str, Any] = {"quiet": True} if quiet else {}
        if event.type in _GO_ALONG:
            mark["about"] = event.about
        row = mark | {
            "id": event.id,
            "seq": event.seq,
            "at": event.captured_at,
            "body": wire.encode(event).decode("utf-8"),
            "receipt": 0,
            "epoch": "",
        }
        with self.atomic():
            if not self.apart.keep_with(event.about, row):
                self.books.outbox.insert(row)

    def forget(self, event_id: str) -> None:
        """Take an event out, with everything it carries, wherever it is kept."""
        with self.atomic():
            self.books.take_out([event_id])
            self.seats.forget([event_id])
            self.books.mark_traces("erased")

    def unsent(self) -> list[Waiting]:
        """List what central has not acknowledged, oldest first."""
        return self.oldest(self.pending)

    def oldest(self, many: int, but: Container[str] = frozenset()) -> list[Waiting]:
        """List the *many* oldest events that wait, without those whose id is in *but*.

        Costs as much as it returns and leaves out, however many wait.
        """
        with self.books.lock:
            rows = (self.books.row("outbox", number) for number in self.books.index.pending)
            return [_waiting(row) for row in islice((r for r in rows if r["id"] not in but), many)]

    def waiting(self, ids: Iterable[str]) -> list[Waiting]:
        """List those of these events that central has not acknowledged."""
        with self.books.lock:
            numbers = self.books.numbers("outbox", "id", ids)
            rows = [self.books.row("outbox", number) for number in numbers]
        return [_waiting(row) for row in rows if not row["receipt"]]

    def oldest_unsent(self) -> str:
        """Return when the oldest unacknowledged event was captured, ISO 8601, or ""."""
        with self.books.lock:
            number = self.books.index.pending.first()
            return "" if number is None else str(self.books.row("outbox", number)["at"])

    def acknowledged(self) -> int:
        """Count sealed copies that central has, but does not yet have for good."""
        return len(self.books.index.acknowledged)

    def settle(self, answer: wire.InboxAnswer, told: ServerTime | None = None) -> Settled:
        """Apply central's answer in one durable step; nothing leaves before it allows it.

        *told* is the time it tells, where it comes straight from central. An answer that changes
        nothing, as most do, writes nothing.
        """
        (settled,) = self.settle_in_turn([answer], told)
        return settled

    def settle_in_turn(
        self, answers: Sequence[wire.InboxAnswer], told: ServerTime | None = None
    ) -> list[Settled]:
        """Apply several answers, oldest first, in one durable step: all of them or none."""
        last = answers[-1].server_time
        with self.atomic():
            settled = [settling.settle(self.books, self.drops, each) for each in answers]
            for each in answers:
                self.seats.hear(each)
            if any(each.changed for each in settled) or self._is_due(told):
                self._keep_time(told, last)
        self.told, self.last_exchange = told or self.told, last
        return settled

    def hear_time(self, told: ServerTime) -> None:
        """Take over the time that central has told apart from any exchange."""
        if self._is_due(told):
            self._keep_time(told, self.last_exchange)
        self.told = told

    def belong_to(self, device: Device) -> None:
        """Bring everything again under another device's name: its batches are counted anew.

        What was sealed for another library is set apart. Raises Trouble (CANNOT_WRITE).
        """
        before = str(self.fact("device"))
        is_other = before not in {"", device.device} or self.apart.is_elsewhere(device)
        # a full disk keeps nothing from being brought
        with contextlib.suppress(*() if is_other else (Trouble,)), self.atomic():
            if is_other:
                settling.begin_again(self.books)
                self.seats.give_up()
                self.support.begin_again()
            self.apart.belong_to(device)
            if before != device.device:
                self.set_fact("device", device.device)

    def note(self, locator: str, mark: bytes = b"") -> ReceiptRecord | None:
        """Return what is known about the receipt at *locator* with this mark, or None."""
        with self.books.lock:
            number = self.books.index.number("receipts", "locator", locator)
            row = None if number is None else self.books.row("receipts", number)
            return notes.read_row(row) if row and notes.has_mark(row, mark) else None

    def begin_note(
        self,
        locator: str,
        event: wire.Event,
        errand: str,
        seat: wire.Seat | None = None,
        workshop: Workshop | None = None,
        *,
        mark: bytes = b"",
    ) -> None:
        """Remember that a receipt exists and what it is for; never what was answered."""
        with self.atomic():
            row = notes.new_row(locator, event.id, errand, State.SAVED, event.captured_at, mark)
            self.books.receipts.insert(row | notes.sign_up_row(seat, workshop))

    def advance(self, locator: str, state: State, at: str) -> None:
        """Record that a receipt has reached *state* at *at* (ISO 8601); see `note.reach`."""
        self._change_note(locator, lambda row: notes.reach(row, state, at))

    def let_go(self, locator: str, left: int) -> None:
        """Record that a party has become smaller, and how many seats are *left*."""
        self._change_note(locator, lambda row: notes.leave_seats(row, left))

    def came(self, locator: str, day: str) -> None:
        """Record that somebody was here for what she signed up for on *day* (ISO 8601)."""
        self._change_note(locator, lambda row: notes.come(row, day))

    def fact(self, name: str, otherwise: Any = "") -> Any:
        """Return a single remembered value, such as the cursor of states."""
        return self.books.fact(name, otherwise)

    def set_fact(self, name: str, value: Any) -> None:
        """Remember a single value."""
        self.books.set_fact(name, value)

    def dead_letters(self) -> list[wire.DeadLetter]:
        """List events central refused for good, until it has noted that we know."""
        with self.books.lock:
            numbers = self.books.numbers("dead", "noted", [NOT_NOTED])
            letters = [self.books.row("dead", number) for number in numbers]
        return [wire.DeadLetter(row["id"], row["reason"]) for row in letters]

    def bury(self, noted: Iterable[wire.DeadLetter]) -> None:
        """Report these dead letters no more; they stay, since no one else has what they hold."""
        with self.atomic():
            numbers = self.books.numbers("dead", "id", {each.id for each in noted})
            self.books.dead.update({"noted": True}, doc_ids=numbers)

    def refused(self) -> int:
        """Count sealed copies of events that central refused for good."""
        with self.books.lock:
            return len(self._storage.rows("dead"))

    def _is_due(self, told: ServerTime | None) -> bool:
        """Tell whether the time is worth a save: seldom, and never the last room on a full disk."""
        kept = _read_told(self.fact(_TOLD, None))
        if told is None or kept is None:
            return True
        old = kept.boot != told.boot or abs(told.server - kept.server) >= KEEP_TIME_EVERY
        return old and self.room() > AMPLE_ROOM

    def _keep_time(self, told: ServerTime | None, last_exchange: str) -> None:
        with self.atomic():
            self.set_fact(_HEARD, last_exchange)
            if told:
                server = told.server.isoformat()
                row = {"server": server, "boot": told.boot, "mono_ms": told.mono_ms}
                self.set_fact(_TOLD, row)

    def _change_note(self, locator: str, change: Callable[[Any], None]) -> None:
        with self.atomic():
            numbers = self.books.numbers("receipts", "locator", [locator])
            self.books.receipts.update(change, doc_ids=numbers)

    def _empty_quarantine(self, *, erased: bool) -> None:
        """Delete what was set aside; of what may be the only copy, only when someone is erased."""
        folder = quarantine(self.path)
        names = self.books.disk.names(folder)
        for name in names:
            if erased or not name.startswith("lost-"):
                self.books.disk.remove(folder / name)
        if names:
            self.books.disk.flush_folder(folder)


def _waiting(row: Row) -> Waiting:
    return Waiting(row["id"], row["seq"], row["body"].encode("utf-8"))


def _read_told(row: dict[str, Any] | None) -> ServerTime | None:
    if not row:
        return None
    return ServerTime(datetime.fromisoformat(row["server"]), row["boot"], row["mono_ms"])
