"""Writes: what technicians do with a kiosk from central, and alarms that are told of once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from kiosk.central.devices.alarms import Alarm, alarms_of
from kiosk.central.devices.models import Device
from kiosk.central.platform.alone import each_alone
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Staff
from kiosk.central.tenants.names import plain

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
    """Note that a technician has looked at what only a person can settle."""
    Device.objects.filter(pk=device.pk).update(
        cloned_at=None, dead=[], gaps=[], looked_at=timezone.now()
    )
    record(by, "device looked at", device, dead=len(device.dead))


def watch(now: datetime, tell: Tell) -> None:
    """Note which alarms are new and which are over; *tell* hears of each new one, once.

    Call it now and then: who has fallen silent does not say so.
    """
    in_use = Device.objects.select_related("replaced_by").filter(revoked_at=None)
    each_alone(list(in_use), partial(_watch, now=now, tell=tell), "Looking after a kiosk")


def _watch(seen: Device, now: datetime, tell: Tell) -> None:
    if {alarm.kind for alarm in alarms_of(seen, now)} != set(seen.alarms):
        with transaction.atomic():
            device = Device.objects.select_for_update(of=("self",)).get(pk=seen.pk)
            note_alarms(device, now, tell)
            device.save(update_fields=["alarms"])


def note_alarms(device: Device, now: datetime, tell: Tell) -> None:
    """Do the same for one *device*, which the caller has locked, and saves."""
    current = {str(alarm.kind): alarm for alarm in alarms_of(device, now)}
    new, over = current.keys() - device.alarms.keys(), device.alarms.keys() - current.keys()
    kept = {kind: since for kind, since in device.alarms.items() if kind in current}
    device.alarms = kept | dict.fromkeys(sorted(new), now.isoformat(timespec="seconds"))
    for kind in sorted(new):
        record(None, "device alarm", device, kind=kind, particulars=current[kind].particulars)
        tell(device, current[kind])
    for kind in sorted(over):
        record(None, "device alarm over", device, kind=kind)


def tell_nobody(_device: Device, _alarm: Alarm) -> None:
    """Let the record and the page of the kiosk be all that tells."""
