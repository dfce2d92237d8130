"""Writes: what technicians do with a kiosk from central, and alarms that are told of once."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kiosk.central.accounts.actions import record
from kiosk.central.accounts.models import Staff
from kiosk.central.branches.alarms import Alarm, alarms_of
from kiosk.central.branches.models import Device
from kiosk.central.branches.names import plain

Tell = Callable[[Device, Alarm], None]
"""What is to happen when an alarm is new, in the transaction that notes it."""


@transaction.atomic
def rename(device: Device, name: str, by: Staff) -> None:
    """Call a kiosk something else."""
    named = plain(name.strip())
    if Device.objects.filter(pk=device.pk).exclude(name=named).update(name=named):
        record(by, "device renamed", device, name=named)


@transaction.atomic
def looked(device: Device, by: Staff) -> None:
    """Note that a technician has looked at what only a person can settle: copies, dead letters."""
    Device.objects.filter(pk=device.pk).update(cloned_at=None, dead=[], looked_at=timezone.now())
    record(by, "device looked at", device, dead=len(device.dead))


def watch(now: datetime, tell: Tell) -> None:
    """Note which alarms are new and which are over; *tell* hears of each new one, once."""
    for device in Device.objects.select_related("replaced_by").filter(revoked_at=None):
        current = {str(alarm.kind): alarm for alarm in alarms_of(device, now)}
        if current.keys() != device.alarms.keys():
            _note_alarms(device, current, now, tell)


@transaction.atomic
def _note_alarms(device: Device, current: dict[str, Alarm], now: datetime, tell: Tell) -> None:
    locked = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
    new = current.keys() - locked.alarms.keys()
    over = locked.alarms.keys() - current.keys()
    kept = {kind: since for kind, since in locked.alarms.items() if kind in current}
    locked.alarms = kept | dict.fromkeys(sorted(new), now.isoformat(timespec="seconds"))
    locked.save(update_fields=["alarms"])
    for kind in sorted(new):
        record(None, "device alarm", device, kind=kind, particulars=current[kind].particulars)
        tell(device, current[kind])
    for kind in sorted(over):
        record(None, "device alarm over", device, kind=kind)
