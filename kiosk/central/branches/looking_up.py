"""Looking up receipts from a kiosk: how many wrong ones are heard before it must wait."""

from datetime import timedelta

from django.utils import timezone

from kiosk.central.branches.door import Refused
from kiosk.central.branches.models import Device, WrongReceipt
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S

MOST_OF_ALL = 300
"""Wrong ones within the window from all kiosks of one library together."""
_WINDOW = timedelta(seconds=WINDOW_S)


def check_wrong_receipts(device: Device) -> None:
    """Turn *device* back when it, or all kiosks together, has asked for too much in vain.

    Counted in the database, so that several serving processes count together. Raises Refused.
    """
    recent = WrongReceipt.objects.filter(tenant=device.tenant, at__gt=timezone.now() - _WINDOW)
    of_all = list(recent.values_list("device", flat=True)[:MOST_OF_ALL])
    if len(of_all) >= MOST_OF_ALL or of_all.count(device.pk) >= MOST_WRONG:
        raise Refused(429, "too_many", "too many unknown receipts; wait ten minutes", int(WINDOW_S))


def note_wrong_receipt(device: Device) -> None:
    """Count one receipt that nothing lies under; forget those that no longer count."""
    now = timezone.now()
    WrongReceipt.objects.create(tenant=device.tenant, device=device, at=now)
    WrongReceipt.objects.filter(tenant=device.tenant, at__lte=now - _WINDOW).delete()
