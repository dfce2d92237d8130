"""The ledger: the branch's local TinyDB file, and everything asked of it."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tinydb.table import Table

from kiosk import wire
from kiosk.domain.receipt import State
from kiosk.problems import CANNOT_WRITE, LEDGER_DAMAGED, LEDGER_UNREADABLE, NO_ROOM, Trouble
from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.index import NOT_NOTED, Index
from kiosk.store.journal import JOURNAL_BYTES
from kiosk.store.note import Note, hear, heard_first, new_row, reach, read_row, sent
from kiosk.store.opening import quarantine
from kiosk.store.plain import copied
from kiosk.store.recovery import documents
from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTinyDB
from kiosk.store.view import Row, peeked

MOST_ACKNOWLEDGED = 5_000
"""Sealed copies kept although central has them, while no backup of central covers them."""

LEAST_ROOM = 16
"""With fewer saves sure of their place on the disk no errand is begun, so that none fails at its
end."""

MOST_UNWRITTEN = 64
"""With more saves than this only in journals, a quiet moment is used to write a snapshot."""

_TRACES = "traces"
"""The fact that something was removed whose bytes are still in older files."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that central has not acknowledged."""

    id: str
    """Its identity."""
    seq: int
    """Its number on this device; oldest is lowest."""
    body: bytes
    """The frozen JSON, byte for byte."""


@dataclass(slots=True)
class Settled:
    """What applying central's answer did to the ledger."""

    verdicts: dict[wire.Verdict, int] = field(default_factory=dict)
    """How many events got each verdict."""
    purged: int = 0
    """Sealed copies deleted because central has them for good."""
    progress: bool = False
    """Whether fewer events wait than before, so that another batch makes sense."""


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
        self._disk = disk or Disk()
        with self._told():
            self._tinydb = DurableTinyDB(path, disk=self._disk, journal_bytes=journal_bytes)
        self._storage: DurableStorage = self._tinydb.storage  # type: ignore[assignment]
        self._lock = self._storage.lock
        self._index = Index()
        for name in self._storage.tables():
            for number, row in self._storage.rows(name).items():
                self._index.tell(name, number, None, row)
        self._storage.watch = self._index.tell
        self.last_exchange = str(self.fact("last_exchange"))
        """When central last answered, ISO 8601, or ""; a look at it waits for no save."""

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
        return len(self._index.pending)

    def documents(self) -> int:
        """Count everything stored."""
        with self._lock:
            return documents({name: self._storage.rows(name) for name in self._storage.tables()})

    def contents(self) -> dict[str, dict[str, Any]]:
        """Return a copy of all tables, as TinyDB writes them."""
        return self._storage.read() or {}

    def room(self) -> int:
        """Return how many saves cannot fail for want of space; costs nothing to ask."""
        return self._storage.room()

    def make_room(self) -> None:
        """See that an errand begun now can be saved; raises Trouble (NO_ROOM)."""
        if self.room() >= LEAST_ROOM:
            return
        with contextlib.suppress(OSError):
            self._storage.prepare()
        if self.room() < LEAST_ROOM:
            raise Trouble(NO_ROOM, path=self.path.parent, room=self.room())

    def troubles(self) -> list[Trouble]:
        """List what a technician should look at."""
        troubles, found = [], self.findings
        if not found.harmless:
            problem = LEDGER_UNREADABLE if found.unproven else LEDGER_DAMAGED
            kept = found.kept or self.path
            troubles.append(Trouble(problem, path=self.path, why=found.told, kept=kept))
        try:
            self.make_room()
        except Trouble as trouble:
            troubles.append(trouble)
        return troubles

    def tidy(self) -> None:
        """Use a quiet moment: make room, write a snapshot, leave no trace of what was removed.

        Never called on a visitor's way; saves go on meanwhile. Raises Trouble (CANNOT_WRITE).
        """
        with self._told():
            removed = str(self.fact(_TRACES))
            if removed:
                self._storage.checkpoint()
                self._storage.checkpoint()
                self._empty_quarantine(erased="erased" in removed)
                # a power cut could bring the journals back, with nobody left who remembers why
                self._disk.flush_folder(self.path.parent)
                self._leave_no_trace_of(removed)
            elif self._storage.unwritten > MOST_UNWRITTEN:
                self._storage.checkpoint()
            self._storage.prepare()

    def close(self) -> None:
        """Write the last snapshot where one is due, and release the file; may be repeated."""
        if self.fact(_TRACES):
            with contextlib.suppress(Trouble):  # the next start remembers
                self.tidy()
        self._storage.close()

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Make everything written in the block durable at once, or none of it."""
        with self._told(), self._storage.atomic():
            yield

    def next_seq(self) -> int:
        """Take the next number of this device; call inside `atomic`."""
        seq = int(self.fact("seq", 0)) + 1
        self.set_fact("seq", seq)
        return seq

    def append(self, event: wire.Event) -> None:
        """Freeze *event* and put it in the outbox."""
        with self.atomic():
            self._outbox.insert(
                {
                    "id": event.id,
                    "seq": event.seq,
                    "at": event.captured_at,
                    "body": wire.encode(event).decode("utf-8"),
                    "receipt": 0,
                    "epoch": "",
                }
            )

    def forget(self, event_id: str) -> None:
        """Take an event out, with everything it carries, wherever it is kept."""
        with self.atomic():
            self._take_out([event_id])
            self._mark_traces("erased")

    def unsent(self) -> list[Waiting]:
        """List what central has not acknowledged, oldest first."""
        with self._lock:
            rows = [self._row("outbox", number) for number in self._index.pending]
        return [Waiting(row["id"], row["seq"], row["body"].encode("utf-8")) for row in rows]

    def oldest_unsent(self) -> str:
        """Return when the oldest unacknowledged event was captured, ISO 8601, or ""."""
        with self._lock:
            number = self._index.pending.first()
            return "" if number is None else str(self._row("outbox", number)["at"])

    def acknowledged(self) -> int:
        """Count sealed copies that central has, but does not yet have for good."""
        return len(self._index.acknowledged)

    def settle(self, answer: wire.InboxAnswer) -> Settled:
        """Apply central's answer in one durable step; nothing leaves before it allows it."""
        settled = Settled()
        with self.atomic():
            self._notice_epoch(answer.epoch)
            waiting = self.pending
            self._judge(answer, settled)
            settled.progress = self.pending < waiting
            self._apply_states(answer.states)
            settled.purged = self._purge(answer.safe)
            self.set_fact("last_exchange", answer.server_time)
        self.last_exchange = answer.server_time
        return settled

    def note(self, locator: str) -> Note | None:
        """Return what is known about the receipt at *locator*, or None."""
        with self._lock:
            number = self._index.number("receipts", "locator", locator)
            return None if number is None else read_row(self._row("receipts", number))

    def begin_note(self, locator: str, event: wire.Event, errand: str) -> None:
        """Remember that a receipt exists and what it is for; never what was answered."""
        with self.atomic():
            row = new_row(locator, event.id, errand, State.SAVED, event.captured_at)
            self._receipts.insert(row)

    def advance(self, locator: str, state: State, at: str) -> None:
        """Record that a receipt has reached *state* at *at* (ISO 8601); see `note.reach`."""
        with self.atomic():
            numbers = self._index.numbers("receipts", "locator", [locator])
            self._receipts.update(lambda row: reach(row, state, at), doc_ids=numbers)

    def fact(self, name: str, otherwise: Any = "") -> Any:
        """Return a single remembered value, such as the cursor of states."""
        with self._lock:
            number = self._index.number("facts", "name", name)
            return otherwise if number is None else copied(self._row("facts", number)["value"])

    def set_fact(self, name: str, value: Any) -> None:
        """Remember a single value."""
        with self.atomic():
            numbers = self._index.numbers("facts", "name", [name])
            if not self._facts.update({"value": value}, doc_ids=numbers):
                self._facts.insert({"name": name, "value": value})

    def dead_letters(self) -> list[wire.DeadLetter]:
        """List events central refused for good, until it has noted that we know."""
        with self._lock:
            numbers = self._index.numbers("dead", "noted", [NOT_NOTED])
            letters = [self._row("dead", number) for number in numbers]
        return [wire.DeadLetter(row["id"], row["reason"]) for row in letters]

    def bury(self, noted: Iterable[wire.DeadLetter]) -> None:
        """Report these dead letters no more; they stay, since no one else has what they hold."""
        with self.atomic():
            numbers = self._index.numbers("dead", "id", {each.id for each in noted})
            self._dead.update({"noted": True}, doc_ids=numbers)

    def refused(self) -> int:
        """Count sealed copies of events that central refused for good."""
        with self._lock:
            return len(self._storage.rows("dead"))

    def _notice_epoch(self, epoch: str) -> None:
        if self.fact("epoch") in ("", epoch):
            self.set_fact("epoch", epoch)
            return
        self._outbox.update({"receipt": 0, "epoch": ""}, doc_ids=list(self._index.acknowledged))
        self.set_fact("states_after", 0)
        self.set_fact("epoch", epoch)

    def _judge(self, answer: wire.InboxAnswer, settled: Settled) -> None:
        """Do what each verdict allows, touching only the documents it is about."""
        by_verdict: dict[wire.Verdict, set[str]] = {}
        for judged in answer.verdicts:
            by_verdict.setdefault(judged.verdict, set()).add(judged.id)
        settled.verdicts = {verdict: len(ids) for verdict, ids in by_verdict.items()}
        saved = set().union(*(by_verdict.get(each, set()) for each in wire.SAVED_AT_CENTRAL))
        refused = by_verdict.get(wire.Verdict.REFUSED, set())
        erased = by_verdict.get(wire.Verdict.ERASED, set()) | set(answer.erase)
        self._bury(refused, {judged.id: judged.reason for judged in answer.verdicts})
        if saved:
            mark = {"receipt": answer.receipt, "epoch": answer.epoch}
            self._outbox.update(mark, doc_ids=self._index.numbers("outbox", "id", saved))
            numbers = self._index.numbers("receipts", "event", saved)
            self._receipts.update(lambda row: sent(row, answer.server_time), doc_ids=numbers)
        if erased:
            numbers = self._index.numbers("receipts", "event", erased)
            self._receipts.update(
                lambda row: reach(row, State.ERASED, answer.server_time), doc_ids=numbers
            )
            self._take_out(erased)
            self._mark_traces("erased")
        self._outbox.remove(doc_ids=self._index.numbers("outbox", "id", refused))

    def _bury(self, refused: set[str], reasons: dict[str, str]) -> None:
        numbers = self._index.numbers("outbox", "id", refused)
        rows = [self._row("outbox", number) for number in numbers]
        self._dead.insert_multiple(
            {"id": row["id"], "reason": reasons[row["id"]], "body": row["body"]} for row in rows
        )

    def _apply_states(self, states: Sequence[wire.ReceiptState]) -> None:
        """Take over central's news, touching only the receipts it is about."""
        if not states:
            return
        news: dict[str, list[wire.ReceiptState]] = {}
        for each in states:
            news.setdefault(each.locator, []).append(each)

        def hear_all(row: Any) -> None:
            for each in news.pop(row["locator"]):
                hear(row, each)

        numbers = self._index.numbers("receipts", "locator", list(news))
        self._receipts.update(hear_all, doc_ids=numbers)
        elsewhere = [heard_first(told[0]) for told in news.values()]
        for row in elsewhere:
            hear_all(row)
        self._receipts.insert_multiple(elsewhere)
        last = max(each.change for each in states)
        self.set_fact("states_after", max(int(self.fact("states_after", 0)), last))

    def _purge(self, safe: int) -> int:
        covered = self._outbox.remove(doc_ids=self._index.acknowledged_until(safe))
        spare = max(0, self.acknowledged() - MOST_ACKNOWLEDGED)
        oldest = list(islice(self._index.acknowledged, spare))
        purged = len(covered) + len(self._outbox.remove(doc_ids=oldest))
        if purged:
            self._mark_traces("purged")
        return purged

    def _take_out(self, event_ids: Iterable[str]) -> None:
        ids = list(event_ids)
        self._outbox.remove(doc_ids=self._index.numbers("outbox", "id", ids))
        self._dead.remove(doc_ids=self._index.numbers("dead", "id", ids))

    def _mark_traces(self, how: str) -> None:
        """Remember, over a restart too, that older files still hold what was removed."""
        before = str(self.fact(_TRACES)).partition(" ")[0]
        worst = "erased" if "erased" in (how, before) else how
        self.set_fact(_TRACES, f"{worst} {self._storage.sequence + 1}")

    def _leave_no_trace_of(self, removed: str) -> None:
        """Forget that something was removed, unless more was removed meanwhile."""
        with self.atomic():
            if self.fact(_TRACES) == removed:
                self._facts.remove(doc_ids=self._index.numbers("facts", "name", [_TRACES]))

    def _empty_quarantine(self, *, erased: bool) -> None:
        """Delete what was set aside; of what may be the only copy, only when someone is erased."""
        folder = quarantine(self.path)
        names = self._disk.names(folder)
        for name in names:
            if erased or not name.startswith("lost-"):
                self._disk.remove(folder / name)
        if names:
            self._disk.flush_folder(folder)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a failing disk as a Trouble."""
        try:
            yield
        except OSError as error:
            why = error.strerror or error
            raise Trouble(CANNOT_WRITE, path=self.path, why=why) from error

    def _row(self, table: str, number: int) -> Row:
        """Return a document that is only looked at."""
        return peeked(self._storage.rows(table), number)

    @property
    def _outbox(self) -> Table:
        return self._tinydb.table("outbox", cache_size=0)

    @property
    def _receipts(self) -> Table:
        return self._tinydb.table("receipts", cache_size=0)

    @property
    def _facts(self) -> Table:
        return self._tinydb.table("facts", cache_size=0)

    @property
    def _dead(self) -> Table:
        return self._tinydb.table("dead", cache_size=0)
