"""The ledger: the branch's local TinyDB file, and everything asked of it."""

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.table import Document, Table

from kiosk import wire
from kiosk.domain.receipt import State
from kiosk.store.note import Note, hear, heard_first, new_row, reach, read_row, sent
from kiosk.store.storage import SafeStorage

MOST_ACKNOWLEDGED = 5_000
"""Sealed copies kept although central has them, while no backup of central covers them."""


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

    def __init__(self, path: Path) -> None:
        """Open *path*, made where missing. Raises Trouble as `SafeStorage` does."""
        self._lock = threading.RLock()
        self._tinydb = TinyDB(path, storage=SafeStorage)
        self._storage: SafeStorage = self._tinydb.storage  # type: ignore[assignment]
        self._pending = self._outbox.count(where("receipt") == 0)

    @property
    def quarantined(self) -> Path | None:
        """Where an unreadable ledger was moved at opening, if that happened."""
        return self._storage.quarantined

    @property
    def pending(self) -> int:
        """How many events central has not acknowledged; costs nothing to ask."""
        return self._pending

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._tinydb.close()

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Make everything written in the block durable at once, or none of it."""
        with self._lock:
            try:
                with self._storage.atomic():
                    yield
            finally:
                self._pending = self._outbox.count(where("receipt") == 0)

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
            self._outbox.remove(where("id") == event_id)
            self._dead.remove(where("id") == event_id)

    def unsent(self) -> list[Waiting]:
        """List what central has not acknowledged, oldest first."""
        with self._lock:
            rows = self._outbox.search(where("receipt") == 0)
        waiting = [Waiting(row["id"], row["seq"], row["body"].encode("utf-8")) for row in rows]
        return sorted(waiting, key=lambda each: each.seq)

    def oldest_unsent(self) -> str:
        """Return when the oldest unacknowledged event was captured, ISO 8601, or ""."""
        with self._lock:
            rows = self._outbox.search(where("receipt") == 0)
        return str(min(rows, key=lambda row: row["seq"])["at"]) if rows else ""

    def acknowledged(self) -> int:
        """Count sealed copies that central has, but does not yet have for good."""
        with self._lock:
            return self._outbox.count(where("receipt") > 0)

    def settle(self, answer: wire.InboxAnswer) -> Settled:
        """Apply central's answer in one durable step; nothing leaves before it allows it."""
        settled = Settled()
        with self.atomic():
            self._notice_epoch(answer.epoch)
            waiting = self._outbox.count(where("receipt") == 0)
            self._judge(answer, settled)
            settled.progress = self._outbox.count(where("receipt") == 0) < waiting
            self._apply_states(answer.states)
            settled.purged = self._purge(answer.safe)
            self.set_fact("last_exchange", answer.server_time)
        return settled

    def note(self, locator: str) -> Note | None:
        """Return what is known about the receipt at *locator*, or None."""
        with self._lock:
            row = self._receipts.get(where("locator") == locator)
        return read_row(row) if isinstance(row, Document) else None

    def begin_note(self, locator: str, event: wire.Event, errand: str) -> None:
        """Remember that a receipt exists and what it is for; never what was answered."""
        with self.atomic():
            row = new_row(locator, event.id, errand, State.SAVED, event.captured_at)
            self._receipts.insert(row)

    def advance(self, locator: str, state: State, at: str) -> None:
        """Record that a receipt has reached *state* at *at* (ISO 8601); see `note.reach`."""
        with self.atomic():
            self._receipts.update(lambda row: reach(row, state, at), where("locator") == locator)

    def fact(self, name: str, otherwise: Any = "") -> Any:
        """Return a single remembered value, such as the cursor of states."""
        with self._lock:
            row = self._facts.get(where("name") == name)
        return row["value"] if isinstance(row, Document) else otherwise

    def set_fact(self, name: str, value: Any) -> None:
        """Remember a single value."""
        with self.atomic():
            self._facts.upsert({"name": name, "value": value}, where("name") == name)

    def dead_letters(self) -> list[wire.DeadLetter]:
        """List events central refused for good, until it has noted that we know."""
        with self._lock:
            letters = self._dead.search(~where("noted").exists())
        return [wire.DeadLetter(row["id"], row["reason"]) for row in letters]

    def bury(self, noted: Iterable[wire.DeadLetter]) -> None:
        """Report these dead letters no more; they stay, since no one else has what they hold."""
        ids = {each.id for each in noted}
        with self.atomic():
            self._dead.update({"noted": True}, where("id").test(ids.__contains__))

    def refused(self) -> int:
        """Count sealed copies of events that central refused for good."""
        with self._lock:
            return len(self._dead)

    def _notice_epoch(self, epoch: str) -> None:
        if self.fact("epoch") in ("", epoch):
            self.set_fact("epoch", epoch)
            return
        self._outbox.update({"receipt": 0, "epoch": ""})
        self.set_fact("states_after", 0)
        self.set_fact("epoch", epoch)

    def _judge(self, answer: wire.InboxAnswer, settled: Settled) -> None:
        """Do what each verdict allows; one pass over each table however many there are."""
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
            self._outbox.update(mark, where("id").test(saved.__contains__))
            self._receipts.update(
                lambda row: sent(row, answer.server_time), where("event").test(saved.__contains__)
            )
        if erased:
            self._receipts.update(
                lambda row: reach(row, State.ERASED, answer.server_time),
                where("event").test(erased.__contains__),
            )
            self._dead.remove(where("id").test(erased.__contains__))
        if erased | refused:
            self._outbox.remove(where("id").test((erased | refused).__contains__))

    def _bury(self, refused: set[str], reasons: dict[str, str]) -> None:
        rows = self._outbox.search(where("id").test(refused.__contains__)) if refused else []
        self._dead.insert_multiple(
            {"id": row["id"], "reason": reasons[row["id"]], "body": row["body"]} for row in rows
        )

    def _apply_states(self, states: Sequence[wire.ReceiptState]) -> None:
        """Take over central's news; one pass over the receipts however many there are."""
        if not states:
            return
        news: dict[str, list[wire.ReceiptState]] = {}
        for each in states:
            news.setdefault(each.locator, []).append(each)

        def hear_all(row: Any) -> None:
            for each in news.pop(row["locator"]):
                hear(row, each)

        self._receipts.update(hear_all, where("locator").test(news.__contains__))
        elsewhere = [heard_first(told[0]) for told in news.values()]
        for row in elsewhere:
            hear_all(row)
        self._receipts.insert_multiple(elsewhere)
        last = max(each.change for each in states)
        self.set_fact("states_after", max(int(self.fact("states_after", 0)), last))

    def _purge(self, safe: int) -> int:
        acknowledged = where("receipt") > 0
        purged = len(self._outbox.remove(acknowledged & (where("receipt") <= safe)))
        kept = sorted(self._outbox.search(acknowledged), key=lambda row: int(row["seq"]))
        spare = [row.doc_id for row in kept[: max(0, len(kept) - MOST_ACKNOWLEDGED)]]
        if spare:
            self._outbox.remove(doc_ids=spare)
        return purged + len(spare)

    def _table(self, name: str) -> Table:
        return self._tinydb.table(name, cache_size=0)

    @property
    def _outbox(self) -> Table:
        return self._table("outbox")

    @property
    def _receipts(self) -> Table:
        return self._table("receipts")

    @property
    def _facts(self) -> Table:
        return self._table("facts")

    @property
    def _dead(self) -> Table:
        return self._table("dead")
