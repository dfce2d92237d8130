"""TinyDB's storage for the ledger: tables in memory, every change in a journal before it counts."""

import contextlib
import errno
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from kiosk.problems import Trouble
from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.frozen import frozen
from kiosk.store.journal import JOURNAL_BYTES
from kiosk.store.opening import Opened, opened
from kiosk.store.plain import copied
from kiosk.store.recovery import bak, new
from kiosk.store.replay import apply
from kiosk.store.snapshot import FORMAT, write_snapshot
from kiosk.store.view import Change, Difference, Row, Rows, View

_NO_ROWS = Rows()

Watch = Callable[[str, Iterable[Difference]], None]
"""Is told table and differences of every change, and the way back when one is undone."""


class DurableStorage(Storage):
    """What is written is on the disk before the call returns, at the same cost however much is."""

    def __init__(
        self, path: Path | str, disk: Disk | None = None, journal_bytes: int = JOURNAL_BYTES
    ) -> None:
        """Lock and recover *path*, which need not exist yet.

        Raises Trouble (LEDGER_HELD, LEDGER_NEWER), or OSError.
        """
        self.path = Path(path)
        """The newest snapshot; journals are beside it."""
        self.lock = threading.RLock()
        """Held by whoever reads or changes."""
        self.watch: Watch = _nobody
        """Who is told of every change."""
        self._disk = disk or Disk()
        self._tidying = threading.Lock()
        self._staged: dict[str, View] | None = None
        self._told: list[tuple[str, list[Difference]]] = []
        self._closed = False
        self._cramped = False
        self._holder = self._disk.hold(self.path)
        try:
            self._begin(opened(self._disk, self.path, journal_bytes))
        except (OSError, Trouble):
            self._holder.release()
            raise

    def _begin(self, found: Opened) -> None:
        self._tables = found.tables
        self._log = found.log
        self._files = found.files
        self.findings: Findings = found.findings
        """What recovery found."""
        if not found.clean:
            with contextlib.suppress(OSError):  # a full disk: what was saved can still be read
                self.checkpoint()
                if not self.findings.harmless:
                    self.checkpoint()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return a copy of all tables, as TinyDB's own storages do."""
        with self.lock:
            tables = {name: self.rows(name) for name in self.tables()}
            read = {
                name: {str(number): copied(row) for number, row in rows.items()}
                for name, rows in tables.items()
            }
        return read or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make *data* the new contents, as TinyDB's own storages do. Raises OSError."""
        with self.atomic():
            for name in self.tables() - data.keys():
                self.drop(name)
            for name, table in data.items():
                wanted = {int(number): row for number, row in table.items()}
                self.change(name, lambda view, wanted=wanted: _make(view, wanted))  # type: ignore[misc]

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        staged = self._staged or {}
        dropped = {name for name, view in staged.items() if view.dropped}
        made = {name for name, view in staged.items() if view.is_changed}
        return (self._tables.keys() | made) - dropped

    def rows(self, name: str) -> Rows | View:
        """Return a table to look at; it must not be changed."""
        if self._staged and name in self._staged:
            return self._staged[name]
        return self._tables.get(name, _NO_ROWS)

    def change(self, name: str, updater: Callable[[View], None]) -> None:
        """Let *updater* change a table; durable on return, or with the block. Raises OSError."""
        with self.lock:
            if self._staged is None:
                self._change_alone(name, updater)
                return
            staged = self._staged.get(name)
            view = View(self._tables.get(name, _NO_ROWS) if staged is None else staged)
            updater(view)
            differences = view.differences()
            if staged is None:
                self._staged[name] = view
            else:
                view.pour(differences, staged)
            self._tell(name, differences)

    def drop(self, name: str) -> None:
        """Take a table away."""
        self.change(name, View.drop)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Make everything changed in the block durable at once, with one flush, or none of it."""
        with self.lock:
            if self._staged is not None:
                yield
                return
            self._staged = {}
            try:
                yield
                staged = self._staged.items()
                self._commit([change for name, view in staged for change in view.changes(name)])
                self._told.clear()
            finally:
                self._staged = None
                self._tell_back()

    def checkpoint(self) -> None:
        """Write everything into a new snapshot and drop journals no longer needed.

        Saves are held up only while it begins and ends. Raises OSError; nothing is lost then.
        """
        with self._tidying:
            if self._cramped:
                # each try that fails would begin one more journal: see first that there is room
                self._write_aside(turn=False)
            if self._log.used:
                self._stand_by()
            digest, sequence = self._write_aside(turn=True)
            self._disk.flush_folder(self.path.parent)
            with self.lock:
                self._take_place(digest, sequence)

    def prepare(self) -> None:
        """Make room for further saves ahead of need. Raises OSError."""
        with self._tidying:
            self._stand_by()

    def room(self) -> int:
        """Return how many saves cannot fail for want of space; waits for no save under way."""
        return 0 if self._closed else self._log.room()

    @property
    def sequence(self) -> int:
        """Number of the last save."""
        return self._log.sequence

    @property
    def unwritten(self) -> int:
        """How many saves are not in the snapshot yet."""
        return self._log.sequence - self._files.get(self.path, ("", 0))[1]

    def close(self) -> None:
        """Write a last snapshot where needed, and give up the lock; nothing is written after."""
        if not self._closed and (self.unwritten or self.path not in self._files):
            with contextlib.suppress(OSError):  # the journals have it all
                self.checkpoint()
        with self._tidying, self.lock:
            if not self._closed:
                self._closed = True
                self._log.close()
                self._holder.release()

    def _stand_by(self) -> None:
        """Zero the next journal while saves go on."""
        with self.lock:
            self._be_open()
            path = self._log.next_path()
        if path:
            journal = self._log.make(path)
            with self.lock:
                self._log.stand_by(journal)

    def _write_aside(self, *, turn: bool) -> tuple[str, int]:
        """Write a snapshot beside the one there is; return its digest and its last save."""
        with self.lock:
            self._be_open()
            if turn:
                self._log.turn()
            sequence = self._log.sequence
            frozen = {name: dict(rows) for name, rows in self._tables.items()}
        meta = {"format": FORMAT, "store": self._log.store, "sequence": sequence}
        self._cramped = True
        try:
            digest = write_snapshot(self._disk, new(self.path), frozen, meta)
        except OSError:
            # half a snapshot would only take the room that the journals need
            self._disk.remove(new(self.path))
            raise
        self._cramped = False
        return digest, sequence

    def _be_open(self) -> None:
        if self._closed:
            # the lock is another program's now, and so are the files
            raise OSError(errno.EBADF, "this program has let go of it")

    def _change_alone(self, name: str, updater: Callable[[View], None]) -> None:
        # without a second view and a generator: 4 of the 15 us that a save takes besides the disk
        view = View(self._tables.get(name, _NO_ROWS))
        self._staged = {name: view}
        try:
            updater(view)
            self._tell(name, view.differences())
            self._commit(view.changes(name))
            self._told.clear()
        finally:
            self._staged = None
            self._tell_back()

    def _commit(self, changes: list[Change]) -> None:
        if not changes:
            return
        self._be_open()
        body, as_read = frozen(changes)
        self._log.append(body)
        apply(self._tables, as_read)

    def _tell(self, name: str, differences: list[Difference]) -> None:
        self._told.append((name, differences))
        self.watch(name, differences)

    def _tell_back(self) -> None:
        while self._told:
            name, differences = self._told.pop()
            self.watch(name, [(each, now, was) for each, was, now in reversed(differences)])

    def _take_place(self, digest: str, sequence: int) -> None:
        """Let the new snapshot be the snapshot, and the one before it the copy kept."""
        kept = self._files.get(self.path) or self._files.get(bak(self.path))
        self._log.vouch(dict([kept] if kept else []) | {digest: sequence})
        if self.path in self._files:
            self._disk.rename(self.path, bak(self.path))
            self._files[bak(self.path)] = self._files.pop(self.path)
        self._disk.rename(new(self.path), self.path)
        self._files[self.path] = (digest, sequence)
        self._disk.flush_folder(self.path.parent)
        self._log.forget(self._files.get(bak(self.path), ("", 0))[1])


def _nobody(table: str, differences: Iterable[Difference]) -> None:
    """Watch nothing."""


def _make(view: View, wanted: dict[int, Row]) -> None:
    """Make *view* hold exactly the documents *wanted*; an empty one is made all the same."""
    if not wanted:
        view.clear()
        return
    for number in [number for number in view if number not in wanted]:
        del view[number]
    for number, row in wanted.items():
        view[number] = copied(row)
