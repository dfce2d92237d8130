"""A scan: what one journal was found to hold, read without trust."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.journal import generation_of
from kiosk.store.record import BLOCK_BYTES, SAVE, VOUCHER, JournalRecord, found

_PIECE = 65_536
_EMPTY = bytes(_PIECE)


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
    version: int
    """Newest format that it tells of."""
    vouchers: tuple[JournalRecord, ...]
    """Every copy found."""
    saves: tuple[JournalRecord, ...]
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
    end = _end(space)
    vouchers = tuple(each for each in records if each.kind == VOUCHER)
    told = [json.loads(each.body) for each in vouchers]
    return Scanned(
        path=path,
        generation=generation,
        size=len(space),
        end=end,
        size_told=max((each["bytes"] for each in told), default=0),
        following=max((each["next"] for each in told), default=0),
        version=max((each["format"] for each in told), default=0),
        vouchers=vouchers,
        saves=tuple(each for each in records if each.kind == SAVE),
    )


def _end(space: bytes) -> int:
    """Return where the last block ends that is not all zero; most of a journal is room to come.

    Whole pieces are compared: stripping a megabyte byte by byte costs 2 ms at every opening.
    """
    end = len(space)
    while end >= _PIECE and space[end - _PIECE : end] == _EMPTY:
        end -= _PIECE
    return -(-len(space[:end].rstrip(b"\0")) // BLOCK_BYTES) * BLOCK_BYTES
