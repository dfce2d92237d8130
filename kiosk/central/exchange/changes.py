"""Reads: what a kiosk is told of its branch, after the last change that it has heard."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Erasure, Event
from kiosk.central.platform import raw_sql
from kiosk.central.submissions.queries import states_after

MOST_TOLD = 200
"""Changes of one kind told in one exchange; the next one tells the rest."""
_NEWLY_ERASED = "SELECT 1 FROM intake_erasure WHERE tenant_id = %s AND change > %s LIMIT 1"


@dataclass(frozen=True, slots=True)
class BranchChanges:
    """What a kiosk is told of its branch: all that changed up to one number."""

    states: list[wire.ReceiptState]
    """How far submissions have come, oldest change first."""
    erase: list[str]
    """Ids of what is erased."""
    until: int
    """Number of the last of these changes; 0 when there is none."""


def changes_after(device: Device, change: int, newest: int, most: int = MOST_TOLD) -> BranchChanges:
    """Collect the changes at a kiosk's branch after number *change*, at most *most* of each kind.

    *newest* is the library's number of changes, read before: a later change may be seen among the
    ones and not yet among the others, so it is left for the next time. So is whatever follows the
    last one that a full list tells.
    """
    if change >= newest:
        return BranchChanges([], [], 0)
    change = max(0, change)  # no database takes any number that JSON has
    states = states_after(device.branch_id, change, most)
    erasures = _erased_after(device, change, most)
    full = [
        told[-1] for told in ([each.change for each in states], list(erasures)) if len(told) == most
    ]
    until = min([newest, *full])
    told = [each for each in states if each.change <= until]
    gone = {number: identity for number, identity in erasures.items() if number <= until}
    last = max([*(each.change for each in told), *gone], default=0)
    return BranchChanges(told, [str(identity) for identity in gone.values()], last)


def _erased_after(device: Device, change: int, most: int) -> dict[int, UUID]:
    """Return the ids of what was erased at a kiosk's branch, by number of change, in order.

    So is what nobody has brought in this life of the database: another kiosk of the branch may have
    heard of it before a restore, and its own kiosk has nothing left to bring.
    """
    tenant, beside = device.tenant_id, Device.objects.filter(branch=device.branch_id)
    if not _anything_erased_after(tenant, change):
        return {}
    log = Erasure.objects.filter(tenant=tenant, change__gt=change).order_by("change")
    brought = Event.objects.filter(tenant=tenant, id=OuterRef("id"))
    here = brought.filter(device__in=beside.values("pk"))
    known = log.filter(Exists(here) | ~Exists(brought))
    return dict(known.values_list("change", "id")[:most])


def _anything_erased_after(tenant_id: str, change: int) -> bool:
    """Tell in a fraction of the time whether there is anything to look for; mostly there is not."""
    return bool(raw_sql.asked(_NEWLY_ERASED, tenant_id, change))
