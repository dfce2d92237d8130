"""TinyDB's storage for the ledger: one file, replaced whole, never overwritten in place."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from kiosk.problems import CANNOT_WRITE, LEDGER_NEWER, Trouble
from kiosk.store.durable import write_durably
from kiosk.store.holder import Holder

FORMAT = 1
"""Raised when an older program could no longer read what a newer one writes."""

_META = "_kiosk"
_Tables = dict[str, dict[str, dict[str, Any]]]


class SafeStorage(Storage):
    """Reads once, keeps the tables in memory, and replaces the file at every write."""

    def __init__(self, path: Path) -> None:
        """Lock and read *path*, which need not exist yet.

        A file that is not a ledger is moved to quarantine, never overwritten; `quarantined` then
        names where it went. Raises Trouble (LEDGER_HELD, LEDGER_NEWER, CANNOT_WRITE).
        """
        self._path = path
        self._holder = Holder(path)
        self._staged: _Tables | None = None
        self._closed = False
        self.quarantined: Path | None = None
        """Where an unreadable file was moved at opening."""
        try:
            self._tables = self._load()
        except Trouble:
            self._holder.release()
            raise

    def read(self) -> _Tables | None:
        """Return all tables; the caller may change documents, but not lists inside them."""
        current = self._tables if self._staged is None else self._staged
        copied = {
            name: {number: dict(document) for number, document in table.items()}
            for name, table in current.items()
        }
        return copied or None

    def write(self, data: _Tables) -> None:
        """Make *data* the new contents: durable on return, or staged inside `atomic`."""
        if self._staged is not None:
            self._staged = data
            return
        if self._closed:
            # the lock is another program's now, and so is the file
            raise Trouble(CANNOT_WRITE, path=self._path, why="this program has let go of it")
        write_durably(self._path, _encoded(data))
        self._tables = data

    def close(self) -> None:
        """Give up the lock; everything written is already durable, and nothing is from here on."""
        self._closed = True
        self._holder.release()

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Gather all writes of the block into one; an exception leaves nothing of them."""
        if self._staged is not None:
            yield
            return
        self._staged = self._tables
        try:
            yield
            staged = self._staged
        finally:
            self._staged = None
        if staged is not self._tables:
            self.write(staged)

    def _load(self) -> _Tables:
        try:
            body = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise Trouble(CANNOT_WRITE, path=self._path, why=error.strerror) from error
        try:
            version, tables = _decoded(body)
        except (ValueError, RecursionError):
            self.quarantined = _quarantine(self._path)
            return {}
        if version > FORMAT:
            raise Trouble(LEDGER_NEWER, path=self._path)
        return tables


def _decoded(body: bytes) -> tuple[int, _Tables]:
    """Read format and tables; a stock TinyDB file has no format, and is read as the first one.

    Raises ValueError or RecursionError for what is no ledger. The tables of a newer format may be
    of any shape.
    """
    found = msgspec.json.decode(body, type=dict[str, dict[str, Any]])
    version = msgspec.convert(found.pop(_META, {}).get("format", FORMAT), int)
    tables = found if version > FORMAT else msgspec.convert(found, _Tables)
    if version <= FORMAT and not all(
        number.isdecimal() for each in tables.values() for number in each
    ):
        raise ValueError("TinyDB numbers its documents")
    return version, tables


def _encoded(tables: _Tables) -> bytes:
    return msgspec.json.encode({_META: {"format": FORMAT}, **tables})


def _quarantine(path: Path) -> Path:
    """Move a file we cannot read out of the way, keeping every byte; return where it went."""
    folder = path.with_name(path.name + ".quarantine")
    kept = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{path.name}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        path.rename(kept)
    except OSError as error:
        raise Trouble(CANNOT_WRITE, path=kept, why=error.strerror) from error
    return kept
