"""The mark: in a file of its own, the last save and its journal, should that journal be emptied.

It is written after every save and flushed with none, so it costs nothing and may lag after a power
cut; it never runs ahead of what is saved.
"""

import contextlib
import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.disk import Disk

_MAGIC = b"\x93kiosk at"
_TOLD = struct.Struct("<9s32sQQ")
_DIGEST_BYTES = 16
_SECTOR_BYTES = 512


@dataclass(frozen=True, slots=True)
class LedgerMark:
    """What the mark tells."""

    store: str
    """Key of the ledger."""
    sequence: int
    """Number of a save that was confirmed; there may be later ones."""
    generation: int
    """The journal it was written into."""


NO_MARK = LedgerMark("", 0, 0)


def mark_path(ledger: Path) -> Path:
    """Return where the mark of *ledger* is kept."""
    return ledger.with_name(ledger.name + ".mark")


def read_mark(body: bytes) -> LedgerMark:
    """Read a mark; one that is torn or damaged tells nothing."""
    told, digest = body[: _TOLD.size], body[_TOLD.size : _TOLD.size + _DIGEST_BYTES]
    if digest != _digest(told) or not told.startswith(_MAGIC):
        return NO_MARK
    _, store, sequence, generation = _TOLD.unpack(told)
    return LedgerMark(store.rstrip(b"\0").decode("ascii", "replace"), sequence, generation)


class Marker:
    """Writes the mark; what fails is left out, since the save it tells of is safe."""

    def __init__(self, disk: Disk, ledger: Path) -> None:
        """Write beside *ledger*, from the first save on."""
        self._disk = disk
        self._path = mark_path(ledger)
        self._opened: int | None = None

    def note(self, mark: LedgerMark) -> None:
        """Write *mark* over the one before."""
        told = _TOLD.pack(_MAGIC, mark.store.encode("ascii"), mark.sequence, mark.generation)
        with contextlib.suppress(OSError):
            if self._opened is None:
                self._opened = self._disk.create(self._path)
            self._disk.jot(self._opened, (told + _digest(told)).ljust(_SECTOR_BYTES, b"\0"))

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._opened)
            self._opened = None


def _digest(told: bytes) -> bytes:
    return hashlib.blake2b(told, digest_size=_DIGEST_BYTES, person=b"kiosk mark").digest()
