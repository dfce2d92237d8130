"""The log: the journals one after another, and the number of the last save."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from kiosk.store.disk import Disk
from kiosk.store.frozen import ascii_json
from kiosk.store.journal import Journal, journal_path
from kiosk.store.mark import LedgerMark, Marker
from kiosk.store.record import BLOCK_BYTES, SAVE, VOUCHER, bytes_needed, framed
from kiosk.store.scan import Scanned
from kiosk.store.snapshot import FORMAT

SAVE_BYTES = 4 * BLOCK_BYTES
"""What a visitor's save takes at most in ordinary life: two copies of two blocks."""

_COPIES = 2
_VOUCHER_BYTES = _COPIES * BLOCK_BYTES
"""A journal begins with a voucher, and ends with one that tells which journal is next."""


class Log:
    """Takes saves, each durable with one flush, and keeps the journals that still matter."""

    def __init__(self, disk: Disk, ledger: Path, store: str, journal_bytes: int) -> None:
        """Write to journals of *ledger*; `go_on` tells what there is."""
        self._disk = disk
        self._ledger = ledger
        self._marker = Marker(disk, ledger)
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

    def go_on(self, journals: list[Scanned], sequence: int, beyond: int, *, torn: bool) -> None:
        """Go on after the save *sequence* in what recovery found; *torn* for after a crash.

        The next journal is of a generation *beyond* one that was used, even if it is gone.
        """
        self.sequence = self._number = sequence
        self._generation = max([beyond, *(each.generation for each in journals)])
        written = [each for each in journals if each.end]
        self._old = {each.path: each.last for each in written[:-1]}
        if written:
            self._current = self._adopted(written[-1])
            self._current.last = written[-1].last
            if torn:
                self._current.flush()
            elif written[-1].version == FORMAT:  # else an older program could misread what follows
                self._headed = self._current.generation
        announced = written[-1].following if written else 0
        empty_ones = [each for each in journals if not each.end]
        for empty in sorted(empty_ones, key=lambda each: each.generation != announced):
            if self._spare is None and empty.size >= self._journal_bytes:
                self._spare = self._adopted(empty)
                self._spare.flush()
            else:
                self._disk.remove(empty.path)
        # a program killed between making a file and flushing its name leaves that to us
        self._disk.flush_folder(self._ledger.parent)

    def append(self, body: bytes) -> None:
        """Save *body*; durable on return. After an OSError it is not saved; try again."""
        journal = self._with_room(_COPIES * bytes_needed(len(body)))
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
        self._marker.note(LedgerMark(self.store, self.sequence, journal.generation))

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

    @property
    def used(self) -> bool:
        """Whether a new snapshot needs a journal of its own."""
        return self._current is None or self._current.last > 0

    def turn(self) -> None:
        """Go on in another journal, unless nothing was saved in this one."""
        if self.used:
            self._turn(0)

    def next_path(self) -> Path | None:
        """Return where the journal after this one is to be made; None when there is one."""
        if self._spare:
            return None
        self._generation += 1
        return journal_path(self._ledger, self._generation)

    def make(self, path: Path, size: int = 0) -> Journal:
        """Make a journal of zeros, durable with its name. Raises OSError."""
        journal = Journal.create(self._disk, path, max(size, self._journal_bytes))
        try:
            self._disk.flush_folder(path.parent)
        except OSError:
            self._discard(journal)
            raise
        return journal

    def stand_by(self, journal: Journal) -> None:
        """Keep a journal just made for when this one is full. Raises OSError."""
        if self._current and journal.generation < self._current.generation:
            self._discard(journal)
            return
        self._keep(journal)

    def forget(self, sequence: int) -> None:
        """Remove the journals in which no save after *sequence* is."""
        for path in [path for path, last in self._old.items() if last <= sequence]:
            self._disk.remove(path)
            del self._old[path]

    def room(self) -> int:
        """Return how many saves have their place on the disk already."""
        ready = [each for each in (self._current, self._spare) if each]
        return sum(max(0, self._left(each)) // SAVE_BYTES for each in ready)

    def close(self) -> None:
        """Let go of the journals."""
        for each in (self._current, self._spare):
            if each:
                each.close()
        self._marker.close()

    def _left(self, journal: Journal) -> int:
        """Return how many bytes saves can still take in a journal."""
        vouchers = 1 if self._headed == journal.generation else 2
        return journal.left_bytes - vouchers * _VOUCHER_BYTES

    def _adopted(self, found: Scanned) -> Journal:
        opened = self._disk.open(found.path)
        return Journal(self._disk, found.path, opened, found.end, found.size)

    def _with_room(self, needed: int) -> Journal:
        if self._current is None or self._left(self._current) < needed:
            return self._turn(needed + 2 * _VOUCHER_BYTES)
        return self._current

    def _turn(self, needed_bytes: int) -> Journal:
        journal = self._spare
        if journal is None or journal.size < needed_bytes:
            self._generation += 1
            journal = self.make(journal_path(self._ledger, self._generation), needed_bytes)
            self._keep(journal)
        if self._current:
            self._old[self._current.path] = self._current.last
            with contextlib.suppress(OSError):
                self._current.close()
        self._current, self._spare = journal, None
        return journal

    def _keep(self, journal: Journal) -> None:
        """Let *journal* be next; it stays so where the announcement fails, which may be on disk."""
        if self._spare:
            # it was announced, and would be missed if it went before another journal is in use
            self._spare.close()
            self._old[self._spare.path] = 0
        self._spare = journal
        self._announce(journal)

    def _announce(self, journal: Journal) -> None:
        """Tell in this journal which the next is, so that it would be missed."""
        current = self._current
        if current is None or current.left_bytes < _VOUCHER_BYTES:
            return
        current.following = journal.generation
        try:
            current.write(self._voucher(current, self._number))
        except OSError:
            self._number += 1
            raise
        self._headed = current.generation

    def _discard(self, journal: Journal) -> None:
        journal.close()
        self._disk.remove(journal.path)

    def _heading(self, journal: Journal, number: int) -> bytes:
        return b"" if self._headed == journal.generation else self._voucher(journal, number)

    def _voucher(self, journal: Journal, number: int) -> bytes:
        voucher = framed(
            VOUCHER,
            self._voucher_body(journal),
            generation=journal.generation,
            sequence=number,
            previous=self.sequence,
            key="",
        )
        return voucher * _COPIES

    def _voucher_body(self, journal: Journal) -> bytes:
        told = {
            "format": FORMAT,
            "store": self.store,
            "snapshots": list(self.vouched.items()),
            "bytes": journal.size,
            "next": journal.following,
        }
        return ascii_json(told)
