"""Moving: from SQLite to an empty PostgreSQL, row for row, believed only when it is read back."""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection, connections, transaction
from django.db.models import Model

from kiosk.central.events.models import Event
from kiosk.central.platform import deployment, durable
from kiosk.central.safekeeping import backup, contents, loading, restoration, service
from kiosk.central.safekeeping.archive import Row, look
from kiosk.central.safekeeping.snapshot import rows
from kiosk.central.tenants.models import Tenant
from kiosk.problems import CENTRAL_RUNNING, NOT_MOVED, Trouble

Progress = Callable[[str, int, int], None]
"""Told the step, and how many rows of how many it has done."""

_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, whatever the order of its rows."""

    rows: int
    digest: int
    """Sum of the SHA-256 of every row."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did."""

    tables: Mapping[str, int]
    """Rows by table."""
    events: int
    again: bool
    """Whether all of it was there already, from a move that broke off at its very end."""
    kept: Path
    """The old database, under its new name."""


def move(target: Mapping[str, Any], progress: Progress) -> Moved:
    """Copy everything from the SQLite database to *target*, Django's settings of PostgreSQL.

    One transaction fills the target: whatever breaks it off leaves nothing there, and the next try
    begins anew. Raises Trouble: CENTRAL_RUNNING, NOT_MOVED.
    """
    file = Path(connection.settings_dict["NAME"])
    there = {**connections.settings["default"], **target}
    with service.alone(), _alone(file) as held:
        sums = _sums("reading", progress)
        with loading.standing_on(there):
            again = _is_there(sums, progress)
        if not again:
            with _nameless(file.parent) as part:
                backup.write_out(part, progress)
                with loading.standing_on(there):
                    _fill(part, sums, progress)
        connection.close()
        held.execute("ROLLBACK")
        held.execute("PRAGMA journal_mode=DELETE")
        kept = file.rename(deployment.moved(file))
        durable.flush_folder(file.parent)
    counts = {name: each.rows for name, each in sums.items() if each.rows}
    return Moved(counts, sums[Event._meta.db_table].rows, again, kept)


@contextmanager
def _nameless(folder: Path) -> Iterator[Path]:
    """Give a file that whatever ends this process takes away: it holds all that visitors wrote."""
    with tempfile.TemporaryFile(dir=folder) as file:
        yield Path(f"/proc/self/fd/{file.fileno()}")


@contextmanager
def _alone(file: Path) -> Iterator[sqlite3.Connection]:
    """Keep everybody from writing, from a moment when nobody else has the database open.

    Raises Trouble (CENTRAL_RUNNING).
    """
    connection.close()
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as held:
        try:
            (mode,) = held.execute("PRAGMA journal_mode=DELETE").fetchone()
            held.execute("PRAGMA journal_mode=WAL")
            held.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise Trouble(CENTRAL_RUNNING, path=file) from error
        if mode != "delete":
            raise Trouble(CENTRAL_RUNNING, path=file)
        yield held


def _is_there(sums: dict[str, Sum], progress: Progress) -> bool:
    """Tell whether the default database holds exactly this already. Raises Trouble (NOT_MOVED).

    So it is when a move broke off between its last word to PostgreSQL and the old file's new name.
    """
    found = restoration.found_there()
    if not found:
        return False
    if Tenant._meta.db_table in connection.introspection.table_names() and (
        _sums("comparing", progress) == sums
    ):
        return True
    raise Trouble(NOT_MOVED, database=connection.settings_dict["NAME"], why=found)


def _fill(part: Path, sums: dict[str, Sum], progress: Progress) -> None:
    """Fill the default database, and read it back before anything of it counts."""
    whole = sum(each.rows for each in sums.values())
    with transaction.atomic():
        restoration.drop_tables()
        loading.load(part, look(part), lambda many: progress("writing", many, whole))
        there = _sums("reading back", progress)
        wrong = sorted(name for name in sums if there.get(name) != sums[name])
        if wrong:
            why = f"read back, these tables were not what was written: {', '.join(wrong)}"
            raise Trouble(NOT_MOVED, database=connection.settings_dict["NAME"], why=why)


def _sums(step: str, progress: Progress) -> dict[str, Sum]:
    """Count and digest every table that is kept, in the default database."""
    done, sums = 0, {}
    for model in contents.kept():
        found = _sum(model)
        done += found.rows
        progress(step, done, 0)
        sums[model._meta.db_table] = found
    return sums


def _sum(model: type[Model]) -> Sum:
    kinds = [kind for _name, kind in contents.table(model).columns]
    counted, digest = 0, 0
    for several in rows(model, connection):
        counted += len(several)
        digest += sum(_digest(kinds, row) for row in several)
    return Sum(counted, digest % 256**_DIGEST_BYTES)


def _digest(kinds: list[str], row: Row) -> int:
    """Return the digest of a row as a number, the same from either database."""
    told = [_same(kind, value) for kind, value in zip(kinds, row, strict=True)]
    return int.from_bytes(hashlib.sha256(msgspec.msgpack.encode(told)).digest(), "big")


def _same(kind: str, value: Any) -> Any:
    """Write a value as both databases tell it: PostgreSQL orders JSON, and takes no NUL."""
    if value is None:
        return None
    if kind == "json":
        plain = json.loads(contents.FOR["postgresql"]["json"](value))
        return json.dumps(plain, sort_keys=True)
    return contents.FOR["postgresql"]["plain"](value) if kind == "plain" else value
