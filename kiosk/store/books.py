"""The books: the ledger's tables, and how to find a document in them."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kiosk.problems import cannot_write
from kiosk.store.disk import Disk
from kiosk.store.index import Index
from kiosk.store.journal import JOURNAL_BYTES
from kiosk.store.plain import copied
from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTable, DurableTinyDB
from kiosk.store.view import Row, peeked

TRACES = "traces"
"""The fact that something was removed whose bytes are still in older files."""


class Books:
    """What every part of the ledger writes into; safe to use from several threads."""

    def __init__(
        self, path: Path, disk: Disk | None = None, journal_bytes: int = JOURNAL_BYTES
    ) -> None:
        """Open *path*, made where missing.

        Raises Trouble: LEDGER_HELD, LEDGER_NEWER, CANNOT_WRITE.
        """
        self.path = path
        """The snapshot; the journals are beside it."""
        self.disk = disk or Disk()
        """Where it lies."""
        with self.told():
            self._tinydb = DurableTinyDB(path, disk=self.disk, journal_bytes=journal_bytes)
        self.storage: DurableStorage = self._tinydb.storage  # type: ignore[assignment]
        """What makes every change durable."""
        self.lock = self.storage.lock
        """Held by whoever reads several documents that belong together."""
        self.index = Index()
        """Where each document is."""
        for name in self.storage.tables():
            rows = self.storage.rows(name).items()
            self.index.tell(name, ((number, None, row) for number, row in rows))
        self.storage.watch = self.index.tell

    @property
    def outbox(self) -> DurableTable:
        """Events of which this kiosk still keeps a sealed copy."""
        return self._tinydb.table("outbox", cache_size=0)

    @property
    def receipts(self) -> DurableTable:
        """What is known about each receipt."""
        return self._tinydb.table("receipts", cache_size=0)

    @property
    def facts(self) -> DurableTable:
        """Single values."""
        return self._tinydb.table("facts", cache_size=0)

    @property
    def dead(self) -> DurableTable:
        """Events that central refused for good."""
        return self._tinydb.table("dead", cache_size=0)

    @property
    def apart(self) -> DurableTable:
        """Events sealed for a library that this kiosk no longer belongs to."""
        return self._tinydb.table("apart", cache_size=0)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Make everything written in the block durable at once, or none of it.

        Raises Trouble (CANNOT_WRITE).
        """
        with self.told(), self.storage.atomic():
            yield

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Tell a failing disk as a Trouble."""
        try:
            yield
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def row(self, table: str, number: int) -> Row:
        """Return a document that is only looked at; hold `lock` meanwhile."""
        return peeked(self.storage.rows(table), number)

    def numbers(self, table: str, field: str, values: Iterable[str]) -> list[int]:
        """Return the numbers of all documents of *table* whose *field* is among *values*."""
        return self.index.numbers(table, field, values)

    def fact(self, name: str, otherwise: Any = "") -> Any:
        """Return a single remembered value, such as the cursor of states."""
        with self.lock:
            number = self.index.number("facts", "name", name)
            return otherwise if number is None else copied(self.row("facts", number)["value"])

    def set_fact(self, name: str, value: Any) -> None:
        """Remember a single value."""
        with self.atomic():
            numbers = self.numbers("facts", "name", [name])
            if not self.facts.update({"value": value}, doc_ids=numbers):
                self.facts.insert({"name": name, "value": value})

    def take_out(self, event_ids: Iterable[str]) -> None:
        """Take events out with what was written to them afterwards, refused ones too."""
        ids = list(event_ids)
        for table in (self.outbox, self.dead, self.apart):
            for field in ("id", "about"):
                table.remove(doc_ids=self.numbers(table.name, field, ids))

    def mark_traces(self, how: str) -> None:
        """Remember, over a restart too, that older files still hold what was removed."""
        before = str(self.fact(TRACES)).partition(" ")[0]
        worst = "erased" if "erased" in (how, before) else how
        self.set_fact(TRACES, f"{worst} {self.storage.sequence + 1}")

    def leave_no_trace_of(self, removed: str) -> None:
        """Forget that something was removed, unless more was removed meanwhile."""
        with self.atomic():
            if self.fact(TRACES) == removed:
                self.facts.remove(doc_ids=self.numbers("facts", "name", [TRACES]))
