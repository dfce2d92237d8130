"""A journal: one file of records, zeroed in advance and filled from its beginning."""

from pathlib import Path

from kiosk.store.disk import Disk

JOURNAL_BYTES = 2 * 1024 * 1024
"""Length of a journal; writing inside it is one flush of the device, making a file longer two."""

_MARK = ".wal."


class Journal:
    """A journal that is written to; what was written once in it is never written again."""

    def __init__(self, disk: Disk, path: Path, opened: int, end: int, size: int) -> None:
        """Go on at byte *end* of an open journal of *size* bytes."""
        self._disk = disk
        self._opened = opened
        self.path = path
        """The file."""
        self.generation = generation_of(path) or 0
        """Its number among the journals of the ledger."""
        self.end = end
        """Where the next record begins."""
        self.size = size
        """How long the file is."""
        self.last = 0
        """Number of the last save in it."""
        self.following = 0
        """Generation of the journal that comes next; 0 while there is none."""

    @classmethod
    def create(cls, disk: Disk, path: Path, size: int) -> "Journal":
        """Make a journal of zeros, durable but for its name."""
        opened = disk.create(path)
        try:
            disk.write(opened, bytes(size), 0)
            disk.flush_new(opened)
        except OSError:
            disk.close(opened)
            disk.remove(path)
            raise
        return cls(disk, path, opened, 0, size)

    @property
    def left_bytes(self) -> int:
        """How much can still be written."""
        return self.size - self.end

    def write(self, body: bytes) -> None:
        """Write whole blocks and flush them. After an OSError that place is not used again."""
        at, self.end = self.end, self.end + len(body)
        self._disk.write(self._opened, body, at)
        self._disk.flush(self._opened)

    def flush(self) -> None:
        """Make durable what an earlier program wrote and may not have flushed."""
        self._disk.flush(self._opened)

    def close(self) -> None:
        """Let go of the file."""
        self._disk.close(self._opened)


def journal_path(ledger: Path, generation: int) -> Path:
    """Return where the journal of a generation is."""
    return ledger.with_name(f"{ledger.name}{_MARK}{generation}")


def generation_of(path: Path) -> int | None:
    """Return the number in a journal's name; None for any other file."""
    _, mark, number = path.name.rpartition(_MARK)
    return int(number) if mark and number.isascii() and number.isdecimal() else None
