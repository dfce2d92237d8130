"""A backup: written from one snapshot, read back, tried, and only then called safe."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.generations.models import Backup, Life
from kiosk.central.platform import durable, raw_sql
from kiosk.central.safekeeping import archive, contents, lives, loading
from kiosk.central.safekeeping import mark as marks
from kiosk.central.safekeeping.archive import FORMAT, ArchivedLibrary, ArchiveHeader
from kiosk.central.safekeeping.mark import DatabaseMark, Newest
from kiosk.central.safekeeping.snapshot import ALIAS, rows, snapshot
from kiosk.central.tenants import keys
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Tenant
from kiosk.problems import BACKUP_FAILED, NOT_A_BACKUP, Trouble, meaning

Progress = Callable[[str, int, int], None]
"""Told the step, and how many rows of how many it has done."""

_MB = 1_000_000
_BYTES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}
"""How large the database is; its copy without gaps is hardly ever larger."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What a snapshot showed."""

    at: datetime
    """Its moment."""
    life: Life
    """Of the database."""
    receipts: dict[UUID, int]
    """Newest batch of each device."""
    rows: int
    events: int
    digest: str
    """Of the file, hexadecimal."""


def back_up(path: Path, progress: Progress, *, older: bool = False) -> Covered:
    """Write a backup to *path*, prove it, and tell kiosks that all of it is safe.

    Whatever fails, nothing is called safe and *path* is as it was. Only with *older* of a database
    that lacks what a newer backup holds. Raises Trouble (BACKUP_FAILED).
    """
    life = look_before(path, older=older)
    part = path.with_name(path.name + ".part")
    try:
        _check_place(path)
        with _alone(part) as file:
            covered = _written(file, life, progress)
            durable.flush(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # read it from the disk
            _prove(part, covered, progress)
            durable.rename(part, path)
        with marks.held(lives.mark_file()):
            _call_safe(path, covered)
    except OSError as error:
        raise Trouble(BACKUP_FAILED, path=path, why=meaning(error)) from error
    return covered


def look_before(path: Path, *, older: bool) -> Life:
    """Return the life that is backed up; one that lacks something nobody chose to do without.

    Its backup would be the newest, and the one that holds what is missing would be refused as older
    than that. Raises Trouble (BACKUP_FAILED).
    """
    life = lives.look()
    if life.lacks and life.why in lives.UNASKED and not older:
        why = (
            f"the database is older than the backup {life.lacks}, on whose word kiosks have "
            "deleted what it holds; restore that one first, or do without it: kiosk central backup "
            "--older FILE"
        )
        raise Trouble(BACKUP_FAILED, path=path, why=why)
    return life


def _check_place(path: Path) -> None:
    """Check that no other file lies where the backup goes."""
    if path.exists():
        try:
            archive.look(path)
        except Trouble as trouble:
            why = "another file lies there"
            raise Trouble(BACKUP_FAILED, path=path, why=why) from trouble


@contextmanager
def _alone(part: Path) -> Iterator[BinaryIO]:
    """Open the unfinished file for one backup at a time; whatever ends it early removes it."""
    opened = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(opened, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            why = "another backup to the same place is under way"
            raise Trouble(BACKUP_FAILED, path=part, why=why) from error
        try:
            file.truncate(0)
            yield file
        finally:
            part.unlink(missing_ok=True)


def write_out(path: Path, progress: Progress) -> None:
    """Write a backup to *path* by which nothing is called safe: the way of a move."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(opened, "wb") as file:
        _written(file, Life(), progress)


def _written(file: BinaryIO, life: Life, progress: Progress) -> Covered:
    """Write everything that one snapshot shows."""
    models = contents.kept()
    with snapshot() as seen:
        devices = Device.objects.using(ALIAS).values_list("pk", "last_receipt")
        libraries = list(Tenant.objects.using(ALIAS).order_by("key"))
        _check_tables()
        header = ArchiveHeader(
            format=FORMAT,
            program=version("meroppet-kiosk"),
            made_at=timezone.now().isoformat(timespec="seconds"),
            libraries=tuple(_library(each) for each in libraries),
            tables=tuple(contents.table(each) for each in models),
            migrations=tuple(sorted(MigrationRecorder(seen).applied_migrations())),
        )
        receipts = dict(devices)
        writer = archive.Writer(file, header)
        for number, model in enumerate(models):
            for several in rows(model, seen):
                writer.add(number, several)
                progress("writing", sum(writer.counts), 0)
    secrets = {each.key: keys.secrets_of(each.key).signing_secret for each in libraries}
    digest = writer.end(secrets)
    file.flush()
    at, events = timezone.now(), writer.counts[models.index(Event)]
    return Covered(at, life, receipts, sum(writer.counts), events, digest.hex())


def _library(tenant: Tenant) -> ArchivedLibrary:
    return ArchivedLibrary(tenant.key, bytes(tenant.verify_public), bytes(tenant.sealing_public))


def _check_tables() -> None:
    """Check that no table of the database is forgotten, so that nothing is called safe wrongly."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_list(cursor)
    known = {each._meta.db_table for each in contents.kept()} | contents.left_out()
    strange = {each.name for each in found if each.type == "t"} - known
    if strange:
        why = f"nobody has said whether these tables matter: {', '.join(sorted(strange))}"
        raise Trouble(BACKUP_FAILED, path="", why=why)


def _prove(part: Path, covered: Covered, progress: Progress) -> None:
    """Read the file back from the disk and restore it on trial, rows, owners and all."""
    secrets = {each.key: keys.secrets_of(each.key).signing_secret for each in Tenant.objects.all()}
    trial = part.with_name(part.name + ".trial")
    try:
        header, _digest = archive.verify(part, secrets)
        trial.unlink(missing_ok=True)
        with loading.standing_on(loading.scratch(trial)):
            loading.load(part, header, lambda many: progress("proving", many, covered.rows))
            found = dict(Device.objects.values_list("pk", "last_receipt"))
            same = found == covered.receipts and Event.objects.count() == covered.events
    except Trouble as trouble:
        if trouble.problem is not NOT_A_BACKUP:
            raise
        raise Trouble(BACKUP_FAILED, path=part, why=trouble.particulars["why"]) from trouble
    except DatabaseError as error:  # of the trial alone
        raise Trouble(BACKUP_FAILED, path=part, why=_of_the_trial(error)) from error
    finally:
        trial.unlink(missing_ok=True)
    if not same:
        raise Trouble(BACKUP_FAILED, path=part, why="what was read back is not what was written")


def _of_the_trial(error: DatabaseError) -> str:
    """Say what kept a trial from being made; of a disk that was too small, how much it takes."""
    why = f"the trial: {error}"
    if getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_FULL:
        return why
    ((many,),) = raw_sql.asked(_BYTES[connection.vendor])
    return f"{why}; make room on that disk: the trial copy takes {many // _MB + 1} MB for a while"


@transaction.atomic
def _call_safe(path: Path, covered: Covered) -> None:
    """Let kiosks purge what the backup holds, unless the database has begun another life since.

    The mark tells first which backup that is: an older one is no longer put in its place unseen.
    """
    life = lives.present()
    if life is None or life != covered.life:
        raise Trouble(BACKUP_FAILED, path=path, why="the database was put back meanwhile")
    newest = Newest(covered.digest, path.name[:200], covered.at.isoformat(timespec="seconds"))
    marks.write(lives.mark_file(), DatabaseMark(life.pk, life.marks, newest))
    for device, receipt in sorted(covered.receipts.items()):
        Device.objects.filter(pk=device).update(safe_receipt=Greatest(F("safe_receipt"), receipt))
    made = Backup.objects.create(
        at=covered.at,
        life=covered.life,
        name=path.name[:200],
        digest=covered.digest,
        rows=covered.rows,
        events=covered.events,
    )
    record(None, "backed up", made, rows=covered.rows, events=covered.events)
