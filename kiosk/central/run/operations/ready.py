"""Getting Django ready: for a central that is set up, with a database that can be read."""

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.platform import databases, deployment
from kiosk.problems import (
    CENTRAL_MOVED,
    CENTRAL_NEWER,
    CENTRAL_NOT_READY,
    DATABASE_AWAY,
    DATABASE_BROKEN,
    DATABASE_GONE,
    KEYS_AWAY,
    Trouble,
    meaning,
)

if TYPE_CHECKING:
    from kiosk.central.tenants.models import Tenant


_REMEDIES = {
    sqlite3.SQLITE_CANTOPEN: "run it as the user that owns the folder, or give this one the right",
    sqlite3.SQLITE_READONLY: "run it as the user that owns the file, and on a disk it may write to",
    sqlite3.SQLITE_FULL: "make room on its disk",
    sqlite3.SQLITE_BUSY: "another program uses it; wait for that, or stop it",
    sqlite3.SQLITE_LOCKED: "another program uses it; wait for that, or stop it",
}
"""What to do about each kind of error that SQLite tells."""
_PERHAPS_THE_DISK = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}
"""Kinds that SQLite tells too where the disk is full or closed."""
_FULL_BYTES = 100_000
"""With less, SQLite cannot even make room for the memory its processes share."""


def prepare() -> None:
    """Set Django up; once is enough."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiosk.central.platform.settings"
    import django

    django.setup()


@contextlib.contextmanager
def database(home: Path, url: str | None = None) -> Iterator[None]:
    """See every library, and tell a database that cannot be used as Trouble.

    DATABASE_AWAY when there is none or it lets nobody in, DATABASE_BROKEN when it is damaged, full
    or held. What is wrong is told of *url*, when that is another one than central's own.
    """
    from django.db import DatabaseError, connection

    from kiosk.central.platform import tenancy

    where = "that was given here" if url else "in KIOSK_CENTRAL_DATABASE or central.toml"
    url = deployment.read(home).database if url is None else url
    try:
        with tenancy.everywhere():
            yield
    except DatabaseError as error:
        away = not databases.of_sqlite(url) and connection.connection is None
        problem = DATABASE_AWAY if away else DATABASE_BROKEN
        why = _why(error, databases.sqlite_file(url, home))
        shown = databases.shown(url, home)
        raise Trouble(problem, database=shown, why=why, where=where) from error


def _why(error: Exception, file: Path | None) -> str:
    """Return the sentence that says what is wrong, of PostgreSQL's several the first; and a remedy.

    See https://www.sqlite.org/rescode.html for what SQLite tells of its *file*.
    """
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if code is None or file is None:
        return said
    kind = code & 0xFF
    of_the_disk = _of_the_disk(file.parent) if kind in _PERHAPS_THE_DISK else ""
    remedy = _REMEDIES.get(kind, "mend the disk, or restore a backup")
    return f"{said}; {of_the_disk or remedy}"


def _of_the_disk(folder: Path) -> str:
    """Say that the disk is full, closed or not there, and what to do; else empty."""
    try:
        disk = os.statvfs(folder)
    except OSError as error:
        return meaning(error)
    if disk.f_flag & os.ST_RDONLY:
        return meaning(OSError(errno.EROFS, os.strerror(errno.EROFS)))
    if disk.f_bavail * disk.f_frsize < _FULL_BYTES:
        return meaning(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    return ""


def ready() -> None:
    """Set Django up for a central that is set up itself.

    Raises Trouble: CENTRAL_NOT_READY, CENTRAL_MOVED, DATABASE_GONE, CENTRAL_NEWER, KEYS_AWAY,
    DATABASE_AWAY, DATABASE_BROKEN.
    """
    home = places.central_home()
    if not deployment.secret_key(home):
        raise Trouble(CENTRAL_NOT_READY, path=home, why="it has no secret key")
    file = deployment.database_file(home, deployment.read(home))
    check_moved(home)
    prepare()
    if file is not None and not file.is_file():
        check_gone(file)
        raise Trouble(CENTRAL_NOT_READY, path=home, why=f"there is no {file.name}")
    _check_database(home)


def check_moved(home: Path) -> None:
    """Check that what stands here has not moved away. Raises Trouble (CENTRAL_MOVED)."""
    file = deployment.database_file(home, deployment.read(home))
    if file is not None and not file.exists() and (kept := deployment.moved(file)).exists():
        raise Trouble(CENTRAL_MOVED, kept=kept, settings=home / "central.toml")


def check_gone(database: object) -> None:
    """Check that no keys are here whose *database* is not. Raises Trouble (DATABASE_GONE)."""
    from kiosk.central.tenants import keys

    if kept := keys.kept():
        raise Trouble(DATABASE_GONE, keys=kept[0].parent, database=database)


def _check_database(home: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from kiosk.central.tenants.models import Tenant

    with database(home):
        check_age(home)
        executor = MigrationExecutor(connection)
        older = executor.migration_plan(executor.loader.graph.leaf_nodes())
        libraries = [] if older else list(Tenant.objects.order_by("key"))
    if not libraries:
        why = "its database is older than the program" if older else "there is no library in it"
        raise Trouble(CENTRAL_NOT_READY, path=home, why=why)
    for each in libraries:
        check_keys(each)


def check_age(home: Path) -> None:
    """Check that no newer program has used the database; it knows what this one does not.

    Raises Trouble (CENTRAL_NEWER).
    """
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from kiosk.central.safekeeping import loading

    if loading.is_newer(MigrationRecorder(connection).applied_migrations()):
        shown = databases.shown(deployment.read(home).database, home)
        raise Trouble(CENTRAL_NEWER, database=shown)


def check_keys(library: "Tenant") -> None:
    """Check that the keys of *library* are here. Raises Trouble (KEYS_AWAY)."""
    from kiosk.central.tenants import keys

    why = keys.unfit(library.key, bytes(library.sealing_public), bytes(library.verify_public))
    if why:
        path = keys.keys_file(library.key)
        raise Trouble(KEYS_AWAY, keys=path, library=library.key, why=why)
