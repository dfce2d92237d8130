"""A record: one save as it lies in a journal, in whole blocks, with a digest over all of it."""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BLOCK_BYTES = 4096
"""Records begin and end at these, so that no two saves share a block of the disk."""

SAVE = b"S"
"""Changes of documents."""
VOUCHER = b"V"
"""Says which snapshots are whole; the first record of every journal is one."""

_MAGIC = b"\x93kiosk\r\n"
_HEAD = struct.Struct("<8sc3xIQQ16s")
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """One record, found whole."""

    kind: bytes
    """`SAVE` or `VOUCHER`."""
    sequence: int
    """Number of the save in the life of the ledger, from 1; of a voucher, the save before it."""
    previous: int
    """Number of the save that was confirmed before this one; numbers between were never used."""
    body: bytes
    """ASCII JSON."""
    at: int
    """Byte of the journal at which it begins."""
    key: str
    """Which ledger it belongs to; empty for a voucher."""

    @property
    def follows_a_failure(self) -> bool:
        """Whether a write before it failed: its number was not used again."""
        return self.sequence > self.previous + (1 if self.kind == SAVE else 0)

    @property
    def long(self) -> int:
        """How many bytes it takes."""
        return bytes_needed(len(self.body))


def bytes_needed(body_bytes: int) -> int:
    """Return how many bytes one copy of a record takes on disk."""
    return -(-(_HEAD.size + body_bytes) // BLOCK_BYTES) * BLOCK_BYTES


def framed(
    kind: bytes, body: bytes, *, generation: int, sequence: int, previous: int, key: str
) -> bytes:
    """Return one copy of a record, padded with zeros to whole blocks."""
    digest = _digest(kind, body, generation, sequence, previous, key)
    head = _HEAD.pack(_MAGIC, kind, len(body), sequence, previous, digest)
    return (head + body).ljust(bytes_needed(len(body)), b"\0")


def found(space: bytes, generation: int, keys: Sequence[str]) -> Iterator[JournalRecord]:
    """Find every whole record in a journal's bytes, both copies of each, wherever they begin.

    Saves are recognised under one of *keys*; vouchers need none.
    """
    at = 0
    while (at := _next(space, at)) >= 0:
        record = _read(space, at, generation, keys)
        if record:
            yield record
        at += record.long if record else BLOCK_BYTES


def _next(space: bytes, at: int) -> int:
    """Return where the next block that begins like a record begins, or -1."""
    while (at := space.find(_MAGIC, at)) >= 0 and at % BLOCK_BYTES:
        at += 1
    return at


def _read(space: bytes, at: int, generation: int, keys: Sequence[str]) -> JournalRecord | None:
    if len(space) - at < _HEAD.size:
        return None
    _, kind, length, sequence, previous, digest = _HEAD.unpack_from(space, at)
    body = space[at + _HEAD.size : at + _HEAD.size + length]
    for key in [""] if kind == VOUCHER else keys:
        if is_genuine(digest, _digest(kind, body, generation, sequence, previous, key)):
            return JournalRecord(kind, sequence, previous, body, at, key)
    return None


def is_genuine(digest: bytes, computed: bytes) -> bool:
    """Tell whether what was read is what was written."""
    return digest == computed


def _digest(
    kind: bytes, body: bytes, generation: int, sequence: int, previous: int, key: str
) -> bytes:
    numbers = struct.pack("<cQQQI", kind, generation, sequence, previous, len(body))
    return hashlib.blake2b(
        numbers + body, digest_size=_DIGEST_BYTES, key=key.encode("ascii"), person=b"kiosk ledger 2"
    ).digest()
