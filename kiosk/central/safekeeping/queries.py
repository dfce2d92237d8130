"""Reads: what the backups cover, and what they do not."""

from datetime import datetime, timedelta

from django.db.models import F, Min, OuterRef, Subquery

from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.generations.models import Backup, Life
from kiosk.central.safekeeping import lives

A_NIGHT = timedelta(hours=26)
"""How long after one backup the next is missed: a day, and the time that it takes."""


def latest() -> Backup | None:
    """Return the newest backup of the present life, or None."""
    return Backup.objects.filter(life__ended_at=None).first()


def uncovered_since() -> datetime | None:
    """Return when the oldest event came that no backup covers; None when all are covered."""
    behind = Device.objects.filter(last_receipt__gt=F("safe_receipt"))
    first = Event.objects.filter(device=OuterRef("pk"), receipt__gt=OuterRef("safe_receipt"))
    oldest = Subquery(first.order_by("receipt").values("received_at")[:1])
    since: datetime | None = behind.annotate(since=oldest).aggregate(least=Min("since"))["least"]
    return since


def put_back() -> Life | None:
    """Return the present life if it began unasked, or without what kiosks rely on.

    A backup made since means that a technician has seen to it.
    """
    life = lives.present()
    told = life and (life.why in lives.UNASKED or life.lacks)
    return life if told and latest() is None else None


def is_missed(now: datetime) -> datetime | None:
    """Return since when a backup is missed: at once when there was none, else after a night."""
    since = uncovered_since()
    if since is None or (latest() and now - since < A_NIGHT):
        return None
    return since
