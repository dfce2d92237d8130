"""Safekeeping: make a backup, put one back, and keep watch while central serves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk import places
from kiosk.central.platform import deployment
from kiosk.central.run.operations.ready import database, prepare, ready


@dataclass(frozen=True, slots=True)
class Safe:
    """What is safe after a backup or a restore."""

    safe: int
    """Batches of kiosks that a verified backup covers, over all kiosks."""
    epoch: str
    """Of the library; of the first, where there are several."""
    items: int
    """Events of kiosks that it holds."""
    rows: int
    """Of all tables."""
    lacks: str = ""
    """The newer backup that it was made without."""
    sure: bool = True
    """Whether it is known that no newer one was called safe."""
    erased: int = 0
    """Submissions in the backup that had been erased since, and are again."""
    aside: Path | None = None
    """Where the database is kept that a restore has replaced."""


def back_up(path: Path, progress: Callable[[str, int, int], None], *, older: bool = False) -> Safe:
    """Write a verified backup to *path*. Raises Trouble: BACKUP_FAILED, CENTRAL_NOT_READY."""
    ready()
    from kiosk.central.safekeeping import backup

    with database(places.central_home()):
        covered = backup.back_up(path.absolute(), progress, older=older)
        return Safe(*_told(), items=covered.events, rows=covered.rows)


def restore(
    path: Path, progress: Callable[[str, int, int], None], *, replace: bool, older: bool = False
) -> Safe:
    """Put a backup in the place of the database; make what is missing around it.

    Raises Trouble: NOT_A_BACKUP, BACKUP_NEWER, BACKUP_OLDER, KEYS_DO_NOT_FIT, CENTRAL_NOT_EMPTY,
    CENTRAL_RUNNING.
    """
    home = places.private_folder(places.central_home())
    deployment.make_secret_key(home)
    prepare()
    from kiosk.central.safekeeping import restoration

    with database(home):
        done = restoration.restore(
            path.absolute(),
            lambda many: progress("restoring", many, 0),
            replace=replace,
            older=older,
        )
        return Safe(
            *_told(), done.events, done.rows, done.lacks, done.sure, done.erased, done.aside
        )


def ready_to_serve() -> None:
    """Set Django up for whatever serves; see that the database is what it was, and ours.

    What the database has forgotten was erased is erased again. Raises Trouble: as `ready`.
    """
    ready()
    from kiosk.central.exchange import erasure
    from kiosk.central.safekeeping import lives

    with database(places.central_home()):
        lives.look()
        erasure.replay()


def _told() -> tuple[int, str]:
    from django.db.models import Sum

    from kiosk.central.devices.models import Device
    from kiosk.central.tenants.models import Tenant

    safe = Device.objects.aggregate(safe=Sum("safe_receipt"))["safe"] or 0
    tenant = Tenant.objects.order_by("key").first()
    return safe, tenant.epoch if tenant else ""
