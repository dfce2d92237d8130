"""A restore: a backup in the place of the database, in a new life, with the erased still erased."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F

from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange import erasure
from kiosk.central.generations.models import Backup, Life
from kiosk.central.platform import durable, raw_sql
from kiosk.central.safekeeping import archive, lives, loading, service
from kiosk.central.safekeeping import mark as marks
from kiosk.central.safekeeping.archive import ArchivedLibrary, ArchiveHeader
from kiosk.central.safekeeping.mark import DatabaseMark
from kiosk.central.tenants import keys
from kiosk.central.tenants.models import Tenant
from kiosk.problems import (
    BACKUP_OLDER,
    CENTRAL_NOT_EMPTY,
    CENTRAL_RUNNING,
    KEYS_DO_NOT_FIT,
    Trouble,
)

Progress = Callable[[int], None]

_OTHERS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND application_name = current_setting('application_name')
"""
"""Connections of other centrals, and of their commands."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    rows: int
    events: int
    erased: int
    """Submissions in the backup that had been erased since."""
    lacks: str
    """The newer backup that kiosks rely on, where an older one was asked for."""
    sure: bool
    """Whether it is known which backup was the newest."""
    aside: Path | None
    """Where the database that was there is kept."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is restored, and what is known of the database from outside."""

    path: Path
    header: ArchiveHeader
    digest: str
    known: DatabaseMark | None
    older: bool
    """Whether a newer backup may be missing."""


def restore(
    path: Path, progress: Progress, *, replace: bool = False, older: bool = False
) -> Restored:
    """Put the backup *path* in the place of the database, or change nothing.

    Only with *older* in the place of a newer one that kiosks rely on. Raises Trouble: NOT_A_BACKUP,
    BACKUP_NEWER, BACKUP_OLDER, KEYS_DO_NOT_FIT, CENTRAL_NOT_EMPTY, CENTRAL_RUNNING.
    """
    header = archive.look(path)
    loading.check_age(path, header)
    secrets = {each.key: _secret(path, each) for each in header.libraries}
    header, digest = archive.verify(path, secrets)
    with service.alone(), marks.held(lives.mark_file()):
        known = marks.read(lives.mark_file())
        found = found_there()
        if found and not replace:
            raise Trouble(CENTRAL_NOT_EMPTY, path=lives.mark_file().parent, found=found)
        if found:
            _note_erasures()
        in_place = _in_sqlite if connection.vendor == "sqlite" else _in_postgresql
        restored = in_place(_Chosen(path, header, digest, known, older), progress)
        life = lives.present()
        if life:
            backup = known.backup if known else None
            marks.write(lives.mark_file(), DatabaseMark(life.pk, life.marks, backup))
    return restored


def _secret(path: Path, library: ArchivedLibrary) -> bytes:
    """Return our secret key of a library in the archive, which must be the one it was made with."""
    why = keys.unfit(library.key, library.sealing_key, library.verify_key)
    if why:
        folder = keys.keys_file(library.key).parent
        raise Trouble(KEYS_DO_NOT_FIT, path=path, library=library.key, keys=folder, why=why)
    return keys.secrets_of(library.key).signing_secret


def found_there() -> str:
    """Say what is in the database that is there; "" when it may be written over."""
    if connection.vendor == "sqlite" and _is_empty(Path(connection.settings_dict["NAME"])):
        return ""
    try:
        tables = connection.introspection.table_names()
        if Tenant._meta.db_table not in tables:
            return "it has tables of another program" if tables else ""
        if not Tenant.objects.exists():
            return ""
        return f"it holds {Event.objects.count()} events of kiosks"
    except DatabaseError as error:
        connection.close()
        return f"its database cannot be read: {error}"


def _note_erasures() -> None:
    """Keep whoever is erased in the database that is there, at whichever machine it was done."""
    try:
        erasure.note_what_is_known()
    except DatabaseError:  # damaged, or of another program
        connection.close()


def _in_sqlite(chosen: _Chosen, progress: Progress) -> Restored:
    """Fill a new file beside the old one and put it in its place in one step."""
    file = Path(connection.settings_dict["NAME"])
    beside = file.with_name(file.name + ".restoring")
    beside.unlink(missing_ok=True)
    try:
        with loading.standing_on(loading.scratch(beside)):
            told = _filled(chosen, progress)
        beside.chmod(0o600)
        _flush(beside)
        aside = _set_aside(file)
        durable.rename(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    return Restored(*told, aside)


def _in_postgresql(chosen: _Chosen, progress: Progress) -> Restored:
    """Drop, make and fill all tables in one transaction: until it ends, nothing has changed."""
    _check_nobody_serves()
    with transaction.atomic():
        drop_tables()
        return Restored(*_filled(chosen, progress), None)


def _check_nobody_serves() -> None:
    """Raise Trouble (CENTRAL_RUNNING) while another central speaks to the PostgreSQL database."""
    name = connection.settings_dict["NAME"]
    service.wait_for_the_end_of(lambda: raw_sql.asked(_OTHERS), name)


def _filled(chosen: _Chosen, progress: Progress) -> tuple[int, int, int, str, bool]:
    """Fill the empty default database; return what `Restored` tells, but the last."""
    rows = 0

    def count(many: int) -> None:
        nonlocal rows
        rows = many
        progress(many)

    loading.load(chosen.path, chosen.header, count)
    newest = chosen.known.backup if chosen.known else None
    lacks = lives.lacking(newest, chosen.digest)
    if lacks and not chosen.older:
        raise Trouble(BACKUP_OLDER, path=chosen.path, newest=lacks)
    with transaction.atomic():
        for lived in Life.objects.filter(ended_at=None):  # whatever comes after it has what it held
            Backup.objects.create(
                at=chosen.header.made_at,
                life=lived,
                name=chosen.path.name[:200],
                digest=chosen.digest,
                rows=rows,
                events=Event.objects.count(),
            )
        erased = lives.remember()
        lives.begin_again(lives.RESTORED, chosen.known, lacks)
        covered = F("last_receipt")  # the file holds them; whatever comes again is numbered higher
        Device.objects.update(safe_receipt=covered)
    return rows, Event.objects.count(), erased, lacks, newest is not None


def drop_tables() -> None:
    """Drop every table; call inside the transaction that makes them anew."""
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for each in connection.introspection.get_table_list(cursor):
            if each.type == "t":
                cursor.execute(f"DROP TABLE {quoted(each.name)} CASCADE")


def _set_aside(file: Path) -> Path | None:
    """Give the old database another name too; the file in its place is changed by the next step.

    Raises Trouble (CENTRAL_RUNNING) when somebody uses it.
    """
    connections["default"].close()
    if _is_empty(file):
        return None
    whole = _closed(file)
    number = 1
    while (aside := file.with_name(f"{file.name}.before-restore-{number}")).exists():
        number += 1
    for tail in ("-wal", "-shm"):
        beside = file.with_name(file.name + tail)
        if beside.exists() and not whole:
            beside.rename(aside.with_name(aside.name + tail))
    os.link(file, aside)
    durable.flush_folder(file.parent)
    return aside


def _is_empty(file: Path) -> bool:
    return not file.exists() or file.stat().st_size == 0


def _closed(file: Path) -> bool:
    """Bring a database that can be read into its one file; tell whether it could be."""
    import sqlite3

    try:
        with sqlite3.connect(file, timeout=0, isolation_level=None) as old:
            mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        old.close()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Trouble(CENTRAL_RUNNING, path=file) from error
        return False
    except sqlite3.DatabaseError:
        return False
    if mode != "delete":
        raise Trouble(CENTRAL_RUNNING, path=file)
    return True


def _flush(file: Path) -> None:
    opened = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        durable.flush(opened)
    finally:
        os.close(opened)
