"""The log: the journals one after another, and the number of the last save."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from kiosk.store.disk import Disk
from kiosk.store.journal import Journal, Scanned, ascii_json, journal_path
from kiosk.store.record import BLOCK_BYTES, SAVE, VOUCHER, bytes_needed, framed
from kiosk.store.snapshot import FORMAT

SAVE_BYTES = 4 * BLOCK_BYTES
"""What a visitor's save takes at most in ordinary life: two copies of two blocks."""

_COPIES = 2


class Log:
    """Takes saves, each durable with one flush, and keeps the journals that still matter."""

    def __init__(self, disk: Disk, ledger: Path, store: str, journal_bytes: int) -> None:
        """Write to journals of *ledger*; `go_on` tells what there is."""
        self._disk = disk
        self._ledger = ledger
        self._journal_bytes = journal_bytes
        self._current: Journal | None = None
        self._spare: Journal | None = None
        self._old: dict[Path, int] = {}
        self._generation = 0
        self._headed = 0
        self._number = 0
        self.store = store
        """Key of the ledger."""
        self.sequence = 0
        """Number of the last save confirmed."""
        self.vouched: Mapping[str, int] = {}
        """Digests of the snapshots that are whole, and the save each ends with."""

    def go_on(self, journals: list[Scanned], sequence: int, *, torn: bool) -> None:
        """Go on after the save *sequence* in what recovery found; *torn* for after a crash."""
        self.sequence = self._number = sequence
        self._generation = max((each.generation for each in journals), default=0)
        written = [each for each in journals if each.end]
        self._old = {each.path: each.last for each in written[:-1]}
        if written:
            self._current = self._adopted(written[-1])
            self._current.last = written[-1].last
            if torn:
                self._current.flush()
            else:
                self._headed = self._current.generation
        for empty in (each for each in journals if not each.end):
            if self._spare is None and not torn and empty.size >= self._journal_bytes:
                self._spare = self._adopted(empty)
            else:
                self._disk.remove(empty.path)
        # a program killed between making a file and flushing its name leaves that to us
        self._disk.flush_folder(self._ledger.parent)

    def append(self, body: bytes) -> None:
        """Save *body*; durable on return. After an OSError it is not saved; try again."""
        journal = self._with_room(bytes_needed(len(body)))
        self._number += 1
        save = framed(
            SAVE,
            body,
            generation=journal.generation,
            sequence=self._number,
            previous=self.sequence,
            key=self.store,
        )
        journal.write(self._heading(journal, self._number - 1) + save * _COPIES)
        self._headed = journal.generation
        self.sequence = journal.last = self._number

    def vouch(self, vouched: Mapping[str, int]) -> None:
        """Note durably which snapshots are whole."""
        before, self.vouched = self.vouched, dict(vouched)
        try:
            journal = self._with_room(0)
            journal.write(self._voucher(journal, self._number))
        except OSError:
            self._number += 1
            self.vouched = before
            raise
        self._headed = journal.generation

    def turn(self) -> None:
        """Go on in another journal, unless nothing was saved in this one."""
        if self._current is None or self._current.last:
            self._turn(0)

    def prepare(self) -> None:
        """Zero the journal after this one, so that no save has to wait for it."""
        if self._spare is None:
            self._spare = self._made(self._journal_bytes)

    def forget(self, sequence: int) -> None:
        """Remove the journals in which no save after *sequence* is."""
        for path in [path for path, last in self._old.items() if last <= sequence]:
            self._disk.remove(path)
            del self._old[path]

    def room(self) -> int:
        """Return how many saves have their place on the disk already."""
        heading = _COPIES * self._voucher_bytes()
        ready = [each for each in (self._current, self._spare) if each]
        return sum(max(0, each.left_bytes - heading) // SAVE_BYTES for each in ready)

    def close(self) -> None:
        """Let go of the journals; may be repeated."""
        for each in (self._current, self._spare):
            if each:
                each.close()

    def _adopted(self, found: Scanned) -> Journal:
        opened = self._disk.open(found.path)
        return Journal(self._disk, found.path, opened, found.end, found.size)

    def _with_room(self, save_bytes: int) -> Journal:
        needed = _COPIES * (save_bytes + self._voucher_bytes())
        if self._current is None or self._current.left_bytes < needed:
            self._turn(needed)
        if self._current is None:
            raise AssertionError("turning makes a journal")
        return self._current

    def _turn(self, needed_bytes: int) -> None:
        if self._spare and self._spare.size < needed_bytes:
            self._spare.close()
            self._disk.remove(self._spare.path)
            self._spare = None
        journal = self._spare or self._made(max(self._journal_bytes, needed_bytes))
        if self._current:
            self._old[self._current.path] = self._current.last
            with contextlib.suppress(OSError):
                self._current.close()
        self._current, self._spare = journal, None

    def _made(self, size: int) -> Journal:
        self._generation += 1
        path = journal_path(self._ledger, self._generation)
        journal = Journal.create(self._disk, path, size)
        try:
            self._disk.flush_folder(path.parent)
        except OSError:
            journal.close()
            self._disk.remove(path)
            raise
        return journal

    def _heading(self, journal: Journal, number: int) -> bytes:
        return b"" if self._headed == journal.generation else self._voucher(journal, number)

    def _voucher(self, journal: Journal, number: int) -> bytes:
        voucher = framed(
            VOUCHER,
            self._voucher_body(),
            generation=journal.generation,
            sequence=number,
            previous=self.sequence,
            key="",
        )
        return voucher * _COPIES

    def _voucher_bytes(self) -> int:
        return bytes_needed(len(self._voucher_body()))

    def _voucher_body(self) -> bytes:
        told = {"format": FORMAT, "store": self.store, "snapshots": list(self.vouched.items())}
        return ascii_json(told)
