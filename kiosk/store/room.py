"""Room: how much can still be saved here, and when that is too little to begin an errand."""

import errno
import os
import shutil
from pathlib import Path

from kiosk.problems import CANNOT_WRITE, DISK_LOW, Trouble, cannot_write
from kiosk.store.ledger import Ledger
from kiosk.wire.inbox import DISK_LOW_MB

LEAST_FREE_MB = 20
"""With less on the disk no errand is begun, so that none fails at its end."""


def free_mb(home: Path) -> int:
    """Return how many megabytes are free on the disk of *home*, or of where it would be made."""
    return shutil.disk_usage(_existing(home)).free // 1_000_000


def check_disk(home: Path) -> None:
    """Raise Trouble (CANNOT_WRITE) when the disk is too full, or closed, to begin an errand.

    Raises Trouble (DISK_LOW) when it soon will be.
    """
    if os.statvfs(_existing(home)).f_flag & os.ST_RDONLY:
        raise cannot_write(home, OSError(errno.EROFS, os.strerror(errno.EROFS)))
    if home.exists() and not os.access(home, os.W_OK | os.X_OK):
        raise cannot_write(home, OSError(errno.EACCES, os.strerror(errno.EACCES)))
    free = free_mb(home)
    if free < LEAST_FREE_MB:
        raise Trouble(CANNOT_WRITE, path=home, why=f"only {free} MB are free; make room")
    if free < DISK_LOW_MB:
        raise Trouble(DISK_LOW, path=home, free=free)


def check_room(home: Path, ledger: Ledger) -> None:
    """Make sure that what is begun now can be saved at its end.

    Raises Trouble: CANNOT_WRITE, NO_ROOM.
    """
    try:
        check_disk(home)
    except Trouble as trouble:
        if trouble.problem is not DISK_LOW:
            raise
    ledger.check_room()


def _existing(home: Path) -> Path:
    return next(each for each in (home, *home.parents) if each.exists())
