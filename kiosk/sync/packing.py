"""Packing: an inbox as one gzip member, its events compressed apart, so that it can be done ahead.

Events are frozen, while everything that is said beside them must be of the moment. Deflated pieces
that end on a whole byte and look back into no other piece make one stream when they are put one
after another (RFC 1951, 3.2.3; zlib's `Z_FULL_FLUSH`).
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from kiosk import wire

_LEVEL = 1
"""Of zlib: what is sealed is as good as random, and 6 takes a third longer for 2 % fewer bytes."""
_RAW = -15
"""zlib's word for "without a header"."""
_HEAD = bytes.fromhex("1f8b08000000000000ff")
"""Of a gzip member, with no time and no name (RFC 1952, 2.3)."""
_TAIL = struct.Struct("<II")
_BEFORE_ITEMS = b'"items":['
"""Stands once in an inbox: no string can hold it, since its quotes would be escaped."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Events as they lie in an inbox."""

    items: Sequence[bytes]
    """Each in its frozen bytes."""
    clear: bytes
    """All of them, with commas between."""
    deflated: bytes
    """The same, compressed."""


def packed(items: Sequence[bytes]) -> Packed:
    """Compress events for an inbox that is yet to be written."""
    clear = b",".join(items)
    return Packed(items, clear, _deflated(clear, zlib.Z_FULL_FLUSH))


def body_of(message: wire.Inbox, events: Packed) -> tuple[bytes, int]:
    """Return *message*, whose items are *events*, as gzip, and how long it is in the clear."""
    told = wire.encode(replace(message, items=[]))
    cut = told.index(_BEFORE_ITEMS) + len(_BEFORE_ITEMS)
    before, after = told[:cut], told[cut:]
    checksum = zlib.crc32(after, zlib.crc32(events.clear, zlib.crc32(before)))
    length = len(told) + len(events.clear)
    pieces = (
        _HEAD,
        _deflated(before, zlib.Z_FULL_FLUSH),
        events.deflated,
        _deflated(after, zlib.Z_FINISH),
        _TAIL.pack(checksum, length & 0xFFFFFFFF),
    )
    return b"".join(pieces), length


def _deflated(clear: bytes, ending: int) -> bytes:
    deflating = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    return deflating.compress(clear) + deflating.flush(ending)
