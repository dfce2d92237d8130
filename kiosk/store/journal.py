"""A journal: one file of records, zeroed in advance and filled from its beginning."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.disk import Disk
from kiosk.store.record import BLOCK_BYTES, SAVE, VOUCHER, Record, found

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
    def generation(self) -> int:
        """Its number among the journals of the ledger."""
        return generation_of(self.path) or 0

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
        """Let go of the file; may be repeated."""
        if self._opened >= 0:
            self._disk.close(self._opened)
            self._opened = -1


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one journal was found to hold."""

    path: Path
    generation: int
    size: int
    """Its length in bytes."""
    end: int
    """Where nothing but zeros follows, in whole blocks."""
    size_told: int
    """Length it was made with."""
    following: int
    """Generation of the journal made to follow it; 0 for none."""
    vouchers: tuple[Record, ...]
    """Every copy found."""
    saves: tuple[Record, ...]
    """Every copy found."""

    @property
    def last(self) -> int:
        """Number of the last save in it."""
        return max((each.sequence for each in self.saves), default=0)

    @property
    def spoilt(self) -> list[int]:
        """Bytes at which records' copies or unreadable blocks begin that no whole record covers."""
        covered = {
            block
            for each in self.vouchers + self.saves
            for block in range(each.at, each.at + each.long, BLOCK_BYTES)
        }
        return [block for block in range(0, self.end, BLOCK_BYTES) if block not in covered]


def scanned(path: Path, space: bytes, keys: Sequence[str] = ()) -> Scanned:
    """Find what is in a journal's bytes; saves of ledgers other than *keys* are not recognised."""
    generation = generation_of(path) or 0
    records = list(found(space, generation, keys))
    end = -(-len(space.rstrip(b"\0")) // BLOCK_BYTES) * BLOCK_BYTES
    vouchers = tuple(each for each in records if each.kind == VOUCHER)
    told = [json.loads(each.body) for each in vouchers]
    return Scanned(
        path=path,
        generation=generation,
        size=len(space),
        end=end,
        size_told=max((each["bytes"] for each in told), default=0),
        following=max((each["next"] for each in told), default=0),
        vouchers=vouchers,
        saves=tuple(each for each in records if each.kind == SAVE),
    )


def journal_path(ledger: Path, generation: int) -> Path:
    """Return where the journal of a generation is."""
    return ledger.with_name(f"{ledger.name}{_MARK}{generation}")


def generation_of(path: Path) -> int | None:
    """Return the number in a journal's name; None for any other file."""
    _, mark, number = path.name.rpartition(_MARK)
    return int(number) if mark and number.isascii() and number.isdecimal() else None


def ascii_json(value: object) -> bytes:
    """Return *value* as JSON that any reader takes: a lone surrogate is escaped, NaN refused."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
