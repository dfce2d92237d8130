"""A snapshot: all tables in one plain TinyDB file, a document a line."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from kiosk.store.disk import Disk
from kiosk.store.frozen import ascii_json
from kiosk.store.view import Row, Rows

FORMAT = 3
"""Raised when an older program could no longer read what a newer one writes: 2 brought journals, 3
saves of parts of documents."""

WITH_JOURNALS = 2
"""The first format in which a snapshot never stands alone."""

META = "_kiosk"
"""The table in which a snapshot tells about itself."""

_CHUNK_BYTES = 1_000_000


@dataclass(slots=True)
class Snapshot:
    """What one snapshot was found to hold."""

    digest: str
    """Of all its bytes."""
    tables: dict[str, Rows] = field(default_factory=dict)
    version: int = 1
    """Format; a stock TinyDB file counts as the first."""
    store: str = ""
    """Key of the ledger; empty in formats that had none."""
    sequence: int = 0
    """Number of the last save in it."""
    missing: int = 0
    """How many documents of a damaged file could not be read, at most."""


def digest_of(body: bytes) -> str:
    """Return the digest by which journals vouch for a snapshot."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def write_snapshot(
    disk: Disk, path: Path, tables: Mapping[str, Mapping[int, Row]], meta: Row
) -> str:
    """Write a new file, durable but for its name, and return its digest."""
    told = meta | {"documents": sum(map(len, tables.values()))}
    digest, at, chunk = hashlib.blake2b(digest_size=16), 0, bytearray()
    opened = disk.create(path)
    try:
        for line in _lines({META: {1: told}} | dict(tables)):
            chunk += line
            if len(chunk) > _CHUNK_BYTES:
                disk.write(opened, bytes(chunk), at)
                digest.update(chunk)
                at += len(chunk)
                chunk.clear()
        disk.write(opened, bytes(chunk), at)
        digest.update(chunk)
        disk.flush_new(opened)
    finally:
        disk.close(opened)
    return digest.hexdigest()


def _lines(tables: Mapping[str, Mapping[int, Row]]) -> Iterator[bytes]:
    between = b"{\n"
    for name, rows in tables.items():
        yield between + ascii_json(name) + b": {"
        inner = b"\n"
        for number, row in rows.items():
            yield inner + b'"%d": ' % number + ascii_json(row)
            inner = b",\n"
        yield b"\n}"
        between = b",\n"
    yield b"\n}\n"


def read_snapshot(body: bytes) -> Snapshot:
    """Read a snapshot, or a file of an older program or of stock TinyDB.

    The tables of a newer format are not read. Raises ValueError or RecursionError for what is
    none of these.
    """
    read = json.loads(body.decode("utf-8"), parse_constant=no_number)
    if not isinstance(read, dict):
        raise ValueError("not a TinyDB file")
    meta = _told(read.pop(META, {}))
    snapshot = Snapshot(
        digest_of(body),
        version=_whole_number(meta.get("format", 1)),
        store=str(meta.get("store", "")),
        sequence=_whole_number(meta.get("sequence", 0)),
    )
    if snapshot.version <= FORMAT:
        snapshot.tables = {name: _rows(table) for name, table in read.items()}
    return snapshot


def _told(meta: Any) -> Row:
    """Return what a file tells about itself; older formats told it without a document's number."""
    if isinstance(meta, dict):
        meta = meta.get("1", meta)
    if not isinstance(meta, dict):
        raise ValueError("it tells nothing about itself that can be understood")
    return meta


def _whole_number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("a whole number is missing")
    return value


def _rows(table: Any) -> Rows:
    if not isinstance(table, dict):
        raise ValueError("a TinyDB table is an object")
    rows = Rows()
    for number, row in table.items():
        if not isinstance(row, dict) or not (number.isascii() and number.isdecimal()):
            raise ValueError("TinyDB numbers its documents")
        rows.put(int(number), row)
    return rows


def no_number(name: str) -> NoReturn:
    """Refuse NaN and infinity, which no other reader of JSON takes."""
    raise ValueError(f"{name} is no number")
