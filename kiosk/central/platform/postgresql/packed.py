"""Arrays in PostgreSQL's binary form, made whole; psycopg asks each element how it wants to go.

The form is that of `array_recv` in PostgreSQL's src/backend/utils/adt/arrayfuncs.c: how many
dimensions, whether there are nulls, the type of the elements, how many, from which number; then
each with its length before it.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psycopg import adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = struct.Struct("!5i")
_LENGTH = struct.Struct("!i")
_NULL = _LENGTH.pack(-1)
_AS_BYTES: Mapping[str, Callable[[Any], bytes]] = {
    "uuid": bytes.fromhex,
    "text": str.encode,
    "int8": struct.Struct("!q").pack,
    "bytea": bytes,
}
"""How one value of a type goes over."""


class PackedArray:
    """One array."""

    def __init__(self, kind: str, values: Sequence[Any]) -> None:
        """Pack *values* of a type, which is one of those above; a uuid comes as 32 digits."""
        known, as_bytes = adapters.types[kind], _AS_BYTES[kind]
        self.oid = known.array_oid
        """PostgreSQL's number for the type of the array."""
        parts = [_HEAD.pack(1, None in values, known.oid, len(values), 1)]
        for value in values:
            if value is None:
                parts.append(_NULL)
            else:
                packed = as_bytes(value)
                parts += (_LENGTH.pack(len(packed)), packed)
        self.data = b"".join(parts)
        """As it goes over."""


class PackedDumper(Dumper):
    """Tells psycopg to leave one as it is."""

    format = Format.BINARY

    def dump(self, obj: PackedArray) -> bytes:
        """Return its bytes."""
        return obj.data

    def get_key(self, obj: PackedArray, format: Any) -> Any:  # noqa: A002, ARG002 - psycopg's name
        """Tell arrays of different types apart."""
        return (self.cls, obj.oid)

    def upgrade(self, obj: PackedArray, format: Any) -> "PackedDumper":  # noqa: A002, ARG002 - as above
        """Return the one for arrays of the type of *obj*."""
        known = PackedDumper(self.cls)
        known.oid = obj.oid
        return known
