"""Writes: the database's lives, held against the mark that is kept outside it."""

import logging
import threading
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kiosk.central import tenancy
from kiosk.central.accounts.actions import record
from kiosk.central.branches.models import Tenant
from kiosk.central.intake import erasure
from kiosk.central.post import sent_log
from kiosk.central.safekeeping import mark as marks
from kiosk.central.safekeeping.mark import Mark
from kiosk.central.safekeeping.models import Life

FOUNDED, RESTORED, PUT_BACK, SEEN = "founded", "restored", "put back", "seen"
EVERY_S = 10.0
"""Seconds between two looks of a process that serves: each costs a transaction and a flush. What
lies between two marks is found by kiosks that hold a receipt which the database does not know."""

_log = logging.getLogger(__name__)


def mark_file() -> Path:
    """Return where the mark is kept."""
    return Path(settings.HOME) / "database.mark"


def look() -> Life:
    """Compare the database with the mark outside it and renew both; return the present life.

    A database that is older than its mark was put back behind our back: then the erasure log is
    replayed, letters that went out are remembered, and the next life begins, so that kiosks bring
    again all that they still hold.
    Killed anywhere, the next look does what is left. Raises OSError when the mark cannot be kept.
    """
    path = mark_file()
    with tenancy.everywhere(), marks.held(path):
        known = marks.read(path)
        if known and _is_older(known):
            _log.error("the database was put back to an earlier state; kiosks are asked again")
            erasure.replay()
            sent_log.remember()
            begin_again(PUT_BACK, known)
        life = _marked()
        marks.write(path, Mark(life.pk, life.marks))
    return life


def present() -> Life | None:
    """Return the life that is lived, or None before the first look."""
    return Life.objects.filter(ended_at=None).order_by("began_at", "id").last()


@transaction.atomic
def begin_again(why: str, known: Mark | None) -> Life:
    """End the present life and begin the next: every kiosk puts what it still holds back."""
    now = timezone.now()
    Life.objects.filter(ended_at=None).update(ended_at=now)
    if known and not Life.objects.filter(pk=known.life).exists():
        Life.objects.create(pk=known.life, began_at=now, ended_at=now, marks=known.marks, why=SEEN)
    for tenant in Tenant.objects.all():
        Tenant.objects.filter(pk=tenant.pk).update(epoch=str(uuid.uuid4()))
        record(None, "epoch changed", tenant, why=why)
    return Life.objects.create(began_at=now, why=why)


def _is_older(known: Mark) -> bool:
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
        except OSError:
            _log.exception("the mark of the database could not be kept")
        finally:
            self._looking.release()


WATCH = Watch()
"""The watch of this process; awake where it serves."""
