"""Writes: the database's lives, held against the mark that is kept outside it."""

import logging
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.events import erasure_log
from kiosk.central.exchange import erasure
from kiosk.central.generations.models import FOUNDED, Backup, Life
from kiosk.central.notifications import sent_log
from kiosk.central.platform import tenancy
from kiosk.central.safekeeping import mark as marks
from kiosk.central.safekeeping.mark import DatabaseMark, Newest
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Tenant

RESTORED, SEEN = "restored", "seen"
PUT_BACK, FORGOTTEN = "put back", "forgotten"
UNASKED = (PUT_BACK, FORGOTTEN)
"""Ways for a life to begin that nobody chose."""
EVERY_S = 10.0
"""Seconds between two looks of a process that serves: each costs a transaction and a flush. What
lies between two marks is found by kiosks that were told of what the database does not know."""
_BELIEVED_AGAIN_AFTER = timedelta(hours=1)
"""How long a life lasts before kiosks alone can end it: one that is out of order claims anything,
and every end of a life lets all kiosks bring again what they hold."""

_log = logging.getLogger(__name__)


def mark_file() -> Path:
    """Return where the mark is kept."""
    return Path(settings.HOME) / "database.mark"


def look() -> Life:
    """Compare the database with the mark outside it and renew both; return the present life.

    A database that is older than its mark, or than what kiosks were told, was put back behind our
    back: then the next life begins, so that kiosks bring again all that they still hold. In every
    life that is new to this machine, whoever began it and where, the logs beside the mark tell
    what the database may have forgotten; their latest lines are read at each look, for less may be
    lost than any mark shows.
    Killed anywhere, the next look does what is left. Raises OSError when the mark cannot be kept.
    """
    path = mark_file()
    with tenancy.everywhere(), marks.held(path):
        known = marks.read(path)
        why = _why_another(known)
        if why:
            _log.error("the database was put back to an earlier state; kiosks are asked again")
            remember()
            begin_again(why, known, lacking(known.backup if known else None))
        life = _marked()
        if known is None or known.life != life.pk:
            remember()
        erasure.replay(erasure_log.latest())
        marks.write(path, DatabaseMark(life.pk, life.marks, known.backup if known else None))
    return life


def remember() -> int:
    """Put into the database what it has forgotten of the logs beside it; return how many erased.

    The log of erasures learns in turn what other machines have erased.
    """
    erased = erasure.replay()
    erasure.note_what_is_known()
    sent_log.remember()
    return erased


def lacking(newest: Newest | None, present: str = "") -> str:
    """Tell which backup the database does not hold that kiosks rely on; "" when it holds all.

    *present* is the digest of the backup that was just put in its place.
    """
    if newest is None or newest.digest == present:
        return ""
    if Backup.objects.filter(digest=newest.digest).exists():
        return ""
    return f"{newest.name} ({newest.at[:16]})"


def present() -> Life | None:
    """Return the life that is lived, or None before the first look."""
    return Life.objects.filter(ended_at=None).order_by("began_at", "id").last()


@transaction.atomic
def begin_again(why: str, known: DatabaseMark | None, lacks: str = "") -> Life:
    """End the present life and begin the next: every kiosk puts what it still holds back."""
    now = timezone.now()
    Life.objects.filter(ended_at=None).update(ended_at=now)
    if known and not Life.objects.filter(pk=known.life).exists():
        Life.objects.create(pk=known.life, began_at=now, ended_at=now, marks=known.marks, why=SEEN)
    for tenant in Tenant.objects.all():
        Tenant.objects.filter(pk=tenant.pk).update(epoch=str(uuid.uuid4()))
        record(None, "epoch changed", tenant, why=why)
    Device.objects.exclude(forgotten="").update(forgotten="")
    return Life.objects.create(began_at=now, why=why, lacks=lacks)


def _why_another(known: DatabaseMark | None) -> str:
    """Return why another life must begin; "" when the present one goes on."""
    if known and _is_older(known):
        return PUT_BACK
    life = present()
    if life is None or timezone.now() - life.began_at < _BELIEVED_AGAIN_AFTER:
        return ""
    return FORGOTTEN if Device.objects.exclude(forgotten="").exists() else ""


def _is_older(known: DatabaseMark) -> bool:
    """Tell whether the database has forgotten what the mark remembers of it."""
    lived = Life.objects.filter(pk=known.life).first()
    if lived is None:
        return True
    return lived.ended_at is None and lived.marks < known.marks


@transaction.atomic
def _marked() -> Life:
    life = present()
    if life is None:
        life = Life.objects.create(began_at=timezone.now(), why=FOUNDED)
    current = Life.objects.select_for_update().get(pk=life.pk)
    current.marks += 1
    current.save(update_fields=["marks"])
    return current


class Watch:
    """Looks again now and then while a process serves; between two looks it costs nothing."""

    def __init__(self) -> None:
        """Begin asleep."""
        self._due_at = float("inf")
        self._looking = threading.Lock()

    def begin(self) -> None:
        """Keep watch from now on; there was a look at start."""
        self._due_at = time.monotonic() + EVERY_S

    def look_if_due(self) -> None:
        """Look when it is time, in one thread only; the others go on."""
        if time.monotonic() < self._due_at or not self._looking.acquire(blocking=False):
            return
        try:
            self.begin()
            look()
        except (OSError, DatabaseError):
            _log.exception("the mark of the database could not be kept")
        finally:
            self._looking.release()


WATCH = Watch()
"""The watch of this process; awake where it serves."""
