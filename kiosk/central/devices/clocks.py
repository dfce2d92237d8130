"""Clocks: how those of a kiosk went in each of its boots, and when its events truly happened."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from kiosk import wire
from kiosk.central.devices.models import Boot, Device
from kiosk.central.platform import raw_sql
from kiosk.domain.capture import CLOSE, CapturedMoment, Heard, better_zero, true_moment, zero_of

MOST_BOOTS = 100
"""Boots remembered of each kiosk, the latest; nothing older waits anywhere."""
_LONGEST_NAME = 64
_KNOWN_AND_LATER = """
SELECT * FROM branches_boot WHERE device_id = %s AND (name = %s OR first_seen_at > (
    SELECT first_seen_at FROM branches_boot WHERE device_id = %s AND name = %s
))
"""
_GOES_ON = """
UPDATE branches_boot SET started_at = %s, last_seen_at = %s, mono_ms = %s, wall_offset_s = %s
WHERE id = %s
"""


class Going(NamedTuple):
    """What an inbox shows of its kiosk by its clocks."""

    sent_at: datetime
    """When it was sent, by central's clock, and never later."""
    news: bool = True
    """Whether it was sent after all that has been heard of the kiosk; what arrives once more, or
    late, was not."""
    cloned: bool = False
    """Whether two machines seem to answer to its name."""


def note(device: Device, told: wire.Inbox, now: datetime, changes: raw_sql.Changes) -> Going:
    """Note how the clocks of *device* go, and return what that shows of this inbox.

    What is known of a boot goes on with *changes*; one that is new is noted at once.

    No boot comes back: an earlier one that goes on after a later one was heard of runs in another
    machine. Call it for what came over a network, inside the transaction that holds the device.
    """
    zero = zero_of(now, told.mono_ms)
    if zero is None:
        return Going(now)
    name, offset_s = _name(told.boot), _offset_s(told.now, now)
    boots = raw_sql.all_found(Boot, _KNOWN_AND_LATER, *(device.pk, name) * 2)
    known = next((each for each in boots if each.name == name), None)
    if known is None:
        Boot.objects.create(
            device=device,
            name=name,
            first_seen_at=now,
            last_seen_at=now,
            mono_ms=told.mono_ms,
            started_at=zero,
            wall_offset_s=offset_s,
        )
        every = Boot.objects.filter(device=device)
        kept = every.order_by("-last_seen_at").values_list("pk", flat=True)[:MOST_BOOTS]
        every.exclude(pk__in=list(kept)).delete()
        return Going(now)
    sent_at = min(known.started_at + timedelta(milliseconds=told.mono_ms), now)
    if told.mono_ms <= known.mono_ms:
        return Going(sent_at, news=False)
    started_at = better_zero(known.started_at, zero)
    changes.add(_GOES_ON, started_at, now, told.mono_ms, offset_s, known.pk)
    since = device.looked_at or known.first_seen_at
    later = [each for each in boots if each is not known and each.last_seen_at > since]
    cloned = any(each.first_seen_at < sent_at - CLOSE for each in later)
    return Going(sent_at, all(each.last_seen_at < sent_at for each in later), cloned)


def heard(device_id: UUID) -> list[Heard]:
    """List the boots of a device, the latest first."""
    return [
        Heard(each.name, each.started_at, _offset(each.wall_offset_s))
        for each in Boot.objects.filter(device=device_id).order_by("-last_seen_at", "-id")
    ]


class Clocks:
    """The clocks of the kiosks whose events are being understood, each looked up once."""

    def __init__(self) -> None:
        """Know none yet."""
        self._heard: dict[UUID, list[Heard]] = {}

    def moment(
        self, device_id: UUID, event: wire.Event, told: datetime, arrived: datetime
    ) -> CapturedMoment:
        """Correct *told*, when *event* happened by the wall clock of its kiosk."""
        if device_id not in self._heard:
            self._heard[device_id] = heard(device_id)
        known = self._heard[device_id]
        return true_moment(told, _name(event.boot), event.mono_ms, known, arrived)


def _name(told: str) -> str:
    return told.replace("\0", "")[:_LONGEST_NAME]


def _offset(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _offset_s(told: str, now: datetime) -> float | None:
    """Return central's clock minus the kiosk's, in seconds; None when it tells no time."""
    try:
        return (now - datetime.fromisoformat(told)) / timedelta(seconds=1)
    except (ValueError, TypeError, OverflowError):
        return None
