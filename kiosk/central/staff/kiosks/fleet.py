"""The fleet: every kiosk as its page shows it, those that need a technician on top."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiosk.central.devices.alarms import WORDS, Alarm, AlarmKind, alarms_of, is_replaced, spans
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.tenants.models import Branch, Record

MOST_COUNTED = 10_000
"""Events that lie in no backup are counted up to here; more is simply more."""
MOST_HISTORY = 50
_CLOCK_RIGHT_S = 60
_A_GB_MB = 1_000

STATES = {
    "well": pgettext_lazy("kiosk", "Works"),
    "needs": pgettext_lazy("kiosk", "Needs you"),
    "replaced": pgettext_lazy("kiosk", "Replaced"),
    "revoked": pgettext_lazy("kiosk", "Shut out"),
}
_ORDER = list(STATES)

HISTORY = {
    "device enrolled": _("Enrolled"),
    "stick taken in": _("A stick brought what it held"),
    "device renamed": _("Renamed"),
    "device key announced": _("Announced a new key"),
    "device key changed": _("Changed its key"),
    "device replaced": _("Enrolled again as another device"),
    "device revoked": _("Shut out"),
    "batches forgotten": _("Told of something this database had lost; asked to bring it again"),
    "device looked at": _("Looked at"),
    "device alarm": _("Alarm"),
    "device alarm over": _("Alarm over"),
}
"""What staff read about each line of the record."""


@dataclass(frozen=True, slots=True)
class KioskRow:
    """One kiosk as the list shows it."""

    device: Device
    """Which."""
    alarms: list[Alarm]
    """What is wrong with it, the worst first."""
    unsafe: int
    """Events that lie in no verified backup yet, at most `MOST_COUNTED`."""

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.device.revoked_at:
            return "revoked"
        if is_replaced(self.device):
            return "replaced"
        return "needs" if self.alarms else "well"

    @property
    def state_label(self) -> str:
        """The state in the language of the page."""
        return str(STATES[self.state])

    @property
    def waiting_since(self) -> datetime | None:
        """When the oldest was handed in that waited there at the last contact."""
        waited_s, seen = self.device.health.get("oldest_pending_s"), self.device.last_seen_at
        return seen - timedelta(seconds=waited_s) if waited_s and seen else None

    @property
    def gaps(self) -> str:
        """The numbers of events that never arrived."""
        return spans(self.device.gaps)

    @property
    def disk(self) -> str:
        """How much room its disk has; "" when it was never told."""
        free_mb = self.device.health.get("disk_free_mb")
        if free_mb is None:
            return ""
        return f"{free_mb}\u00a0MB" if free_mb < _A_GB_MB else f"{free_mb // _A_GB_MB}\u00a0GB"

    @property
    def clock(self) -> str:
        """How far its clock is off, in whole minutes; "" when it goes right or was never told."""
        offset_s = self.device.clock_offset_s
        if offset_s is None or abs(offset_s) < _CLOCK_RIGHT_S:
            return ""
        return f"{-offset_s / 60:+,.0f}\u00a0min".replace(",", "\u00a0").replace("-", "\u2212")


def lines(branches: QuerySet[Branch], now: datetime | None = None) -> list[KioskRow]:
    """List the kiosks of *branches*: troubled ones first, those out of use last."""
    devices = Device.objects.filter(branch__in=branches).select_related("branch", "replaced_by")
    found = [line(device, now) for device in devices]
    return sorted(found, key=_urgency)


def line(device: Device, now: datetime | None = None) -> KioskRow:
    """Look at one kiosk."""
    return KioskRow(device, alarms_of(device, now or timezone.now()), _unsafe(device))


def troubled(devices: Iterable[Device], now: datetime) -> list[tuple[Device, list[Alarm]]]:
    """Select those of *devices* that have alarms, with them."""
    looked_at = ((device, alarms_of(device, now)) for device in devices)
    return [(device, alarms) for device, alarms in looked_at if alarms]


def history(device: Device) -> list[dict[str, Any]]:
    """List what happened to a kiosk, newest first, in words."""
    record = Record.objects.filter(subject_kind="device", subject_id=str(device.pk))
    return [
        {
            "at": each.at,
            "words": HISTORY.get(each.verb, each.verb),
            "by": each.actor,
            "particulars": _particulars(each),
        }
        for each in record.select_related("actor")[:MOST_HISTORY]
    ]


def _particulars(told: Record) -> str:
    kind = told.particulars.get("kind")
    if kind in list(AlarmKind):
        words = str(WORDS[AlarmKind(kind)])
        figures = told.particulars.get("particulars")
        return f"{words} ({figures})" if figures else words
    return str(told.particulars.get("name", ""))


def _unsafe(device: Device) -> int:
    if device.safe_receipt >= device.last_receipt:
        return 0
    beyond = Event.objects.filter(device=device, receipt__gt=device.safe_receipt)
    return beyond.values("receipt")[:MOST_COUNTED].count()


def _urgency(line: KioskRow) -> tuple[int, int, int, str]:
    kinds = list(AlarmKind)
    worst = kinds.index(line.alarms[0].kind) if line.alarms else len(kinds)
    in_use = 0 if line.state in {"well", "needs"} else _ORDER.index(line.state)
    return in_use, worst, line.device.branch.position, f"{line.device.branch} {line.device}"
