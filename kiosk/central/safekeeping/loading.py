"""Loading: the rows of an archive into a database, under the tables the archive was made with."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kiosk.central.platform import policies
from kiosk.central.safekeeping import archive, contents
from kiosk.central.safekeeping.archive import ArchiveHeader, Row, Table
from kiosk.problems import BACKUP_NEWER, NOT_A_BACKUP, Trouble

Progress = Callable[[int], None]
"""Told how many rows have been loaded so far."""


def check_age(path: Path, header: ArchiveHeader) -> None:
    """Check that this program knows every migration the archive's database had seen.

    Raises Trouble (BACKUP_NEWER).
    """
    if is_newer(header.migrations):
        raise Trouble(BACKUP_NEWER, path=path, version=header.program)


def is_newer(migrations: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a database that has seen these has been used by a newer program than this."""
    known = MigrationLoader(None).disk_migrations
    return any(each not in known for each in migrations)


def load(path: Path, header: ArchiveHeader, progress: Progress) -> None:
    """Make the archive's tables in the empty default database, fill them, and bring them up to now.

    Raises Trouble (NOT_A_BACKUP) when it cannot be what it says, such as a row without its owner.
    """
    _migrate_to(header)
    _fill(path, header, progress)
    _check_owners(path)
    call_command("migrate", interactive=False, verbosity=0)
    _count_on()
    policies.hold()


@contextmanager
def standing_on(settings: dict[str, Any]) -> Iterator[None]:
    """Let everything that speaks to the default database speak to another one."""
    before = connections.settings["default"]
    _turn_to(settings)
    try:
        yield
    finally:
        _turn_to(before)


def scratch(file: Path) -> dict[str, Any]:
    """Return the settings of a new SQLite file that is not durable until it is flushed whole."""
    return {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"},
    }


def _turn_to(settings: dict[str, Any]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = settings


def _migrate_to(header: ArchiveHeader) -> None:
    """Make the tables as they were when the archive was made."""
    executor = MigrationExecutor(connection)
    seen = set(header.migrations)
    passed = {
        parent.key
        for each in seen
        for parent in executor.loader.graph.node_map[each].parents
        if parent.key[0] == each[0]
    }
    executor.migrate(sorted(seen - passed))
    with transaction.atomic(), connection.cursor() as cursor:  # what migrations put in comes again
        for table in reversed(header.tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 - names of ours


def _fill(path: Path, header: ArchiveHeader, progress: Progress) -> None:
    loaded = 0
    with connection.constraint_checks_disabled(), transaction.atomic():
        put = {"sqlite": _put_in_sqlite, "postgresql": _put_in_postgresql}[connection.vendor]
        for number, rows in archive.rows(path, header):
            table = header.tables[number]
            put(table, _fitting(table, rows))
            loaded += len(rows)
            progress(loaded)


def _fitting(table: Table, rows: list[Row]) -> list[Row]:
    fits = [contents.FOR[connection.vendor].get(kind) for _name, kind in table.columns]
    return [
        [
            told if told is None or make is None else make(told)
            for told, make in zip(row, fits, strict=True)
        ]
        for row in rows
    ]


def _put_in_sqlite(table: Table, rows: list[Row]) -> None:
    columns, places = _columns(table), ", ".join("?" * len(table.columns))
    name = connection.ops.quote_name(table.name)
    connection.ensure_connection()
    connection.connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({places})", rows)  # noqa: S608 - names of ours


def _put_in_postgresql(table: Table, rows: list[Row]) -> None:
    name = connection.ops.quote_name(table.name)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {name} ({_columns(table)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _columns(table: Table) -> str:
    return ", ".join(connection.ops.quote_name(name) for name, _kind in table.columns)


def _check_owners(path: Path) -> None:
    """Check every reference from row to row."""
    from django.db import IntegrityError

    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise Trouble(NOT_A_BACKUP, path=path, why=error) from error


def _count_on() -> None:
    """Let numbers that the database gives out begin after those that are taken."""
    sequences = connection.ops.sequence_reset_sql(no_style(), contents.kept())
    with connection.cursor() as cursor:
        for each in sequences:
            cursor.execute(each)
