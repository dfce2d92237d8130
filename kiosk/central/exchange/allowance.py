"""Allowance: how much one kiosk may bring; what is beyond it is taken later, and told.

Each kind fills up again with time, and so does what the kiosks of a library have together. A kiosk
that was sixty days without a network brings all it has at once; one that floods is slowed to what
fills up, and holds up nobody else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.events.envelope import Arrival

Costs = Mapping[str, float]
"""How much of each kind."""

LATER = "later"
"""Reason of what is put off."""
_A_DAY_S = 86_400.0
_EVENTS, _BYTES = "events", "bytes"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much there may be of one kind."""

    most: float
    """When it is full."""
    a_day: float
    """How much of it comes back in a day."""
    grown: bool = False
    """Whether a new kiosk begins with one day's worth, and not with all of it."""


LIMITS: dict[str, Limit] = {
    _EVENTS: Limit(60_000, 2_000),
    _BYTES: Limit(128_000_000, 8_000_000),
    wire.ERASED: Limit(600, 50, grown=True),
    wire.SUPPORTED: Limit(600, 30, grown=True),
}
"""A branch hands in a hundred errands a day, of one or two thousand bytes each."""
OF_ALL = (_EVENTS, _BYTES)
"""What the kiosks of a library may use up together is bounded too."""
LEAST_OF_ALL = 10
"""Whole allowances that any library may use up; a larger one half of what its kiosks have."""
ALWAYS = 0.1
"""Part of its own allowance that every kiosk has, whatever the others bring."""


def part(
    device: Device, brought: Iterable[Arrival], now: datetime, here: Collection[str] = ()
) -> tuple[list[Arrival], list[Arrival]]:
    """Part what is *brought* into what is taken now, and what is put off.

    What is *here* already, by id, costs nothing.
    """
    left, now_taken, later = dict(_left(device, now)), [], []
    for each in brought:
        costs = {} if each.id in here else _costs(each)
        if all(left[kind] >= cost for kind, cost in costs.items()):
            left |= {kind: left[kind] - cost for kind, cost in costs.items()}
            now_taken.append(each)
        else:
            later.append(each)
    return now_taken, later


def spend(device: Device, saved: Iterable[Arrival], now: datetime, *, put_off: bool) -> None:
    """Note on *device* what was really *saved*, and whether something was put off."""
    left = dict(_filled(device, now))
    for each in saved:
        left |= {kind: left[kind] - cost for kind, cost in _costs(each).items()}
    told: dict[str, Any] = {kind: round(much, 3) for kind, much in left.items()}
    before = device.allowance.get(LATER, "")
    device.allowance = told | {"at": now.isoformat(), LATER: now.isoformat() if put_off else before}


def _left(device: Device, now: datetime) -> Costs:
    """Return how much *device* may bring now: of its own, and of what all of its library have.

    The others are only looked at once it has used more than most ever do.
    """
    own = _filled(device, now)
    if all(own[kind] >= LIMITS[kind].most * (1 - ALWAYS) for kind in OF_ALL):
        return own
    kiosks = Device.objects.filter(tenant=device.tenant_id).only("allowance", "enrolled_at")
    filled = [_filled(each, now) for each in kiosks]
    left = dict(own)
    for kind in OF_ALL:
        most = LIMITS[kind].most
        used = sum(most - each[kind] for each in filled)
        of_all = most * max(LEAST_OF_ALL, len(filled) / 2) - used
        always = own[kind] - most * (1 - ALWAYS)
        left[kind] = min(own[kind], max(of_all, always))
    return left


def _costs(arrived: Arrival) -> Costs:
    costs: dict[str, float] = {_EVENTS: 1, _BYTES: len(arrived.body)}
    kind = arrived.event.type if arrived.event else ""
    return costs | ({kind: 1} if kind in LIMITS else {})


def _filled(device: Device, now: datetime) -> Costs:
    """Return how much there is of each kind by now."""
    known = device.allowance
    since = datetime.fromisoformat(known["at"]) if known else device.enrolled_at
    days = max(0.0, (now - since).total_seconds() / _A_DAY_S)
    return {
        kind: min(limit.most, known.get(kind, _at_first(limit)) + days * limit.a_day)
        for kind, limit in LIMITS.items()
    }


def _at_first(limit: Limit) -> float:
    return limit.a_day if limit.grown else limit.most
