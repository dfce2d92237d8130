"""Changing the key: a new one is made here, and the old one lives until the new one is used."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from kiosk import seal
from kiosk.store.device import Device
from kiosk.sync.carrier import Carrier

ROTATE_AFTER = timedelta(days=90)
"""A key older than this is changed."""


def is_due(device: Device, now: datetime) -> bool:
    """Tell whether the key is old; *now* is central's."""
    made = device.keyed_at
    return bool(made) and now - datetime.fromisoformat(made) >= ROTATE_AFTER


def note_age(carrier: Carrier, server_time: str) -> None:
    """Count the age of a key from when central was heard first. Raises Trouble (CANNOT_WRITE).

    A moment that is still to come was told by a clock that ran ahead.
    """
    made = carrier.device.keyed_at
    if not made or datetime.fromisoformat(made) > datetime.fromisoformat(server_time):
        carrier.adopt(replace(carrier.device, keyed_at=server_time))


def rotate(carrier: Carrier, server_time: str) -> None:
    """Change the key; whatever breaks off on the way, one that central knows is kept here.

    The new key is on the disk before central hears of it, and is used after central has said that
    it has it. Raises TurnedBack or Trouble.
    """
    device = carrier.device
    if not device.next_key:
        device = replace(device, next_key=seal.new_signing_pair().secret)
        carrier.adopt(device)
    carrier.rotate(device.next_key)
    device = carrier.device
    if device.next_key:  # unless the answer showed that central has had it for long
        carrier.adopt(
            replace(
                device,
                secret_key=device.next_key,
                next_key=b"",
                former_key=device.secret_key,
                keyed_at=server_time,
            )
        )
