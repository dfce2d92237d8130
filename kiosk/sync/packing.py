"""Packing: an inbox as one gzip member, its events compressed apart, so that it can be done ahead.

Events are frozen, while everything that is said beside them must be of the moment. Deflated pieces
that end on a whole byte and look back into no other piece make one stream when they are put one
after another (RFC 1951, 3.2.3).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from kiosk import wire
from kiosk.wire.gzipped import crc32, ended, piece

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
    return Packed(items, clear, piece(clear))


def body_of(message: wire.Inbox, events: Packed) -> tuple[bytes, int]:
    """Return *message*, whose items are *events*, as gzip, and how long it is in the clear."""
    told = wire.encode(replace(message, items=[]))
    cut = told.index(_BEFORE_ITEMS) + len(_BEFORE_ITEMS)
    before, after = told[:cut], told[cut:]
    checksum = crc32(after, crc32(events.clear, crc32(before)))
    length = len(told) + len(events.clear)
    pieces = (
        _HEAD,
        piece(before),
        events.deflated,
        ended(after),
        _TAIL.pack(checksum, length & 0xFFFFFFFF),
    )
    return b"".join(pieces), length
