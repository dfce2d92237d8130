"""Alarms: what is wrong with a kiosk, the worst first, each with its remedy."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kiosk.central.devices.models import Device
from kiosk.problems import DISK_LOW, REFUSED_FOR_GOOD, WRONG_CLOCK
from kiosk.wire.inbox import DISK_LOW_MB

SILENT_AFTER = timedelta(hours=24)
"""Nothing heard for so long, or something waiting for so long, is told."""
CLOCK_WRONG_S = 300


class AlarmKind(StrEnum):
    """What can be wrong, the worst first."""

    CLONED = "cloned"
    DEAD = "dead"
    UNOPENED = "unopened"
    BEHIND = "behind"
    SILENT = "silent"
    FAULT = "fault"
    DISK = "disk"
    FLOODS = "floods"
    GAPS = "gaps"
    CLOCK = "clock"


_FOUND_HERE = {
    DISK_LOW.code: AlarmKind.DISK,
    REFUSED_FOR_GOOD.code: AlarmKind.DEAD,
    WRONG_CLOCK.code: AlarmKind.CLOCK,
}
"""Faults that central mostly finds out by itself; they are not told twice."""

WORDS = {
    AlarmKind.CLONED: _("Two machines use this kiosk's identity."),
    AlarmKind.DEAD: _("Central refused events for good; the kiosk keeps them, sealed."),
    AlarmKind.UNOPENED: _("Central cannot open what the kiosk has brought."),
    AlarmKind.BEHIND: _("Something has waited there for more than a day."),
    AlarmKind.SILENT: _("Nothing has been heard of it for more than a day."),
    AlarmKind.FAULT: _("The kiosk tells of a fault."),
    AlarmKind.DISK: _("The kiosk's disk is nearly full."),
    AlarmKind.FLOODS: _("It brings more than visitors can; central takes the rest later."),
    AlarmKind.GAPS: _("Some events never arrived, and nothing waits there."),
    AlarmKind.CLOCK: _("The kiosk's clock is wrong."),
}
"""What staff read about each."""

REMEDIES = {
    AlarmKind.CLONED: _(
        "A memory card was copied, or an old copy was put back. Find both machines. Enrol all but "
        "one of them again with a new code each, then press the button for having looked."
    ),
    AlarmKind.DEAD: _(
        "Look at the reasons on the kiosk's page, and ask whoever maintains the program. Do not "
        "erase the kiosk's disk."
    ),
    AlarmKind.UNOPENED: _(
        "The kiosk keeps its copies. Run kiosk central check: the keys here must be those of the "
        "library. If they are, run kiosk doctor on the machine, and enrol it again with a new "
        "code. Then run kiosk central reprocess"
    ),
    AlarmKind.BEHIND: _(
        "Run kiosk status on the machine: it names what cannot be sent. Nothing is lost while its "
        "disk lasts."
    ),
    AlarmKind.SILENT: _(
        "See that the machine has power and a network, then run kiosk doctor on it. What visitors "
        "hand in is kept there meanwhile."
    ),
    AlarmKind.FAULT: _("Look the code up in the technicians' handbook, or run kiosk doctor there."),
    AlarmKind.DISK: _(
        "Make room on the disk, or give the machine a larger one, before saving fails."
    ),
    AlarmKind.FLOODS: _(
        "See who stands there and what was handed in. If nobody knows, shut the kiosk out: "
        "somebody may have its key. Nothing that it holds is lost."
    ),
    AlarmKind.GAPS: _(
        "If its memory card was changed or an old copy put back, what lay on the other card is "
        "missing: put that card in once more. If its ledger was repaired, see what it set aside."
    ),
    AlarmKind.CLOCK: _(
        "Switch network time on (timedatectl set-ntp true) or change the clock's battery. Central "
        "corrects the times of what arrives."
    ),
}
"""What a technician does about each."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong with a kiosk."""

    kind: AlarmKind
    """What."""
    particulars: str = ""
    """The figures or codes of it, as they are."""

    @property
    def words(self) -> str:
        """What is wrong, in the language of the page."""
        return str(WORDS[self.kind])

    @property
    def remedy(self) -> str:
        """What to do about it, in the language of the page."""
        return str(REMEDIES[self.kind])


def alarms_of(device: Device, now: datetime) -> list[Alarm]:
    """List what is wrong with *device*, the worst first; one that is out of use has no alarms."""
    if device.revoked_at or is_replaced(device):
        return []
    found = {alarm.kind: alarm for alarm in _found(device, now)}
    faults = device.health.get("faults", ())
    if codes := [each for each in faults if _FOUND_HERE.get(each) not in found]:
        found[AlarmKind.FAULT] = Alarm(AlarmKind.FAULT, ", ".join(codes))
    return [found[kind] for kind in AlarmKind if kind in found]


def is_replaced(device: Device) -> bool:
    """Tell whether the same machine goes by another identity since it was last heard of."""
    after = device.replaced_by
    if after is None:
        return False
    return device.last_seen_at is None or device.last_seen_at <= after.enrolled_at


def spans(gaps: Iterable[Sequence[int]], most: int = 5) -> str:
    """Write the first few of *gaps* as `3, 7–9 …`."""
    told = [f"{first}" if first == last else f"{first}–{last}" for first, last in gaps]
    return ", ".join(told[:most]) + (" …" if len(told) > most else "")


def _floods(device: Device, now: datetime) -> bool:
    """Tell whether something was put off not long ago, see `kiosk.central.exchange.allowance`."""
    told = device.allowance.get("later")
    return bool(told) and now - datetime.fromisoformat(told) < SILENT_AFTER


def _found(device: Device, now: datetime) -> Iterator[Alarm]:
    health, since = device.health, device.last_seen_at or device.enrolled_at
    if device.cloned_at:
        yield Alarm(AlarmKind.CLONED)
    if device.dead:
        yield Alarm(AlarmKind.DEAD, str(len(device.dead)))
    if device.unopened:
        yield Alarm(AlarmKind.UNOPENED, str(device.unopened))
    if health.get("oldest_pending_s", 0) > SILENT_AFTER.total_seconds():
        yield Alarm(AlarmKind.BEHIND, str(health.get("pending", "")))
    if now - since > SILENT_AFTER:
        yield Alarm(AlarmKind.SILENT)
    if 0 < health.get("disk_free_mb", 0) < DISK_LOW_MB:  # 0 is not told; full disks are K05
        yield Alarm(AlarmKind.DISK, f"{health['disk_free_mb']} MB")
    if _floods(device, now):
        yield Alarm(AlarmKind.FLOODS)
    if device.gaps and not health.get("pending"):
        yield Alarm(AlarmKind.GAPS, spans(device.gaps))
    if abs(device.clock_offset_s or 0) > CLOCK_WRONG_S:
        yield Alarm(AlarmKind.CLOCK)
