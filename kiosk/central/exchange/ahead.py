"""Ahead: what central has dated in the future while its clock was wrong, once that is right again.

Each of these would otherwise count for nothing, or for too much, until that day comes.
"""

from datetime import datetime, timedelta

from kiosk.central.devices.actions import CODE_LIVES
from kiosk.central.devices.models import Boot, Device, EnrolmentCode
from kiosk.central.seats.models import Lease, Watermark

MARGIN = timedelta(minutes=10)
"""So far two machines of one central may differ."""


def mend(now: datetime) -> int:
    """Date it as of *now*; return how many there were.

    A lease given then is recalled and given anew, for its kiosk may use it only from that day; what
    a kiosk said of how complete its news is waits for the next time it speaks. Boots that were
    heard of then come before those of now, or a restart would look like a second machine.
    """
    later, before = now + MARGIN, now - MARGIN
    begun = Boot.objects.filter(first_seen_at__gt=later)
    gone_on = Boot.objects.filter(last_seen_at__gt=later)
    leases = Lease.objects.filter(settled_at=None, since__gt=later)
    complete = Watermark.objects.filter(complete_until__gt=later)
    told = Watermark.objects.filter(as_of__gt=later)
    seen = Device.objects.filter(last_seen_at__gt=later)
    shut_out = Device.objects.filter(revoked_at__gt=later)
    codes = EnrolmentCode.objects.filter(made_at__gt=later)
    return (
        begun.update(first_seen_at=before)
        + gone_on.update(last_seen_at=before)
        + leases.update(since=now, recalled_at=now)
        + complete.update(complete_until=None)
        + told.update(as_of=None)
        + seen.update(last_seen_at=now)
        + shut_out.update(revoked_at=now)
        + codes.update(made_at=now, expires_at=now + CODE_LIVES)
    )
