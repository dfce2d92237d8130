"""Changing a kiosk's key: the new one is announced, and the old one ends when it is first used."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.tenants.actions import record

OLD_AFTER = timedelta(days=90)
"""A key older than this should be changed."""


class KeyOutOfDate(Exception):
    """The key that signed the request has been replaced meanwhile."""


def is_due(device: Device, now: datetime) -> bool:
    """Tell whether *device* should change its key."""
    return now - (device.key_since or device.enrolled_at) > OLD_AFTER


@transaction.atomic
def announce(device: Device, new_key: bytes) -> None:
    """Remember the key that *device* will use next; the same one again changes nothing.

    Raises OutOfDate when the device has changed its key since it signed this.
    """
    current = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
    if bytes(current.public_key) != bytes(device.public_key):
        raise KeyOutOfDate
    if new_key in (bytes(current.public_key), bytes(current.next_key or b"")):
        return
    current.next_key = new_key
    current.save(update_fields=["next_key"])
    record(None, "device key announced", current)


@transaction.atomic
def complete(device: Device) -> None:
    """Let the announced key take the place of the old one; it has just been used."""
    now, new_key = timezone.now(), device.next_key
    waiting = Device.objects.filter(pk=device.pk, next_key=new_key)
    if waiting.update(public_key=new_key, key_since=now, next_key=None):
        record(None, "device key changed", device)
    device.public_key, device.key_since, device.next_key = new_key, now, None
