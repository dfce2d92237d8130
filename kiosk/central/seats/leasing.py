"""Writes about leases: seats set aside for a kiosk, and settled once all it gave is known."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.platform.write_lock import TURNS
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import queries
from kiosk.central.seats.actions import lock_all, reconsider_all
from kiosk.central.seats.models import Lease, Registration, Watermark
from kiosk.central.seats.situation import Situation
from kiosk.central.tenants.models import Tenant
from kiosk.domain import lease as rules
from kiosk.domain.seats import Standing

UP_TO_DATE = timedelta(hours=1)
"""A kiosk whose news is older may hold sign-ups of which nothing is known here."""


class Completeness(Protocol):
    """What a kiosk says of how complete its news is: an inbox, or what is kept of it."""

    device: Device
    """Which kiosk."""
    at: datetime
    """When it said so."""
    complete_until: str
    """Everything captured before is at central."""
    leases: list[str]
    """Leases it knows."""
    leases_as_of: str
    """When it was told of them."""


def hear(tenant: Tenant, news: Sequence[Completeness]) -> int:
    """Note how complete the news of kiosks is, and go through the workshops for which that matters.

    Call when everything they brought so far is understood, inside a transaction; each kiosk once.
    Returns how many.
    """
    before = queries.complete_until(tenant)
    present = timezone.now()
    standpoints = {told.device.pk: _standpoint(told, min(told.at, present)) for told in news}
    Watermark.objects.bulk_create(
        [
            Watermark(
                device_id=device_id,
                tenant=tenant,
                complete_until=standpoint.complete_until,
                leases=list(standpoint.leases),
                as_of=standpoint.as_of,
            )
            for device_id, standpoint in standpoints.items()
        ],
        update_conflicts=True,
        unique_fields=["device"],
        update_fields=["complete_until", "leases", "as_of"],
    )
    now = min(present, max(told.at for told in news))
    touched = _settle(standpoints, now)
    after = queries.complete_until(tenant)
    if after and (before is None or before < after):
        touched |= _undecided(tenant, after)
    return reconsider_all(touched, now)


def _standpoint(told: Completeness, now: datetime) -> rules.Standpoint:
    """Read what a kiosk says of itself; whole minutes, as sign-ups tell when they were captured.

    It knows nothing of what was given after it spoke, whatever a wrong clock has told it.
    """
    until, as_of = _moment(told.complete_until), _moment(told.leases_as_of)
    if until:
        until = min(until, now).replace(second=0, microsecond=0)
    return rules.Standpoint(until, told.leases[:500], as_of and min(as_of, now))


def _moment(told: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told)
        return moment if moment.utcoffset() is not None else None
    except ValueError:
        return None


def _settle(standpoints: Mapping[UUID, rules.Standpoint], now: datetime) -> set[UUID]:
    """Settle what these kiosks can use no more; return the workshops whose seats that frees."""
    waiting = Lease.objects.filter(device__in=list(standpoints), settled_at=None)
    settled = [
        each
        for each in waiting.order_by("since", "id")
        if _as_rule(each).is_settled(standpoints[each.device_id])
    ]
    if settled:
        Lease.objects.filter(pk__in=[each.pk for each in settled]).update(settled_at=now)
    return {each.workshop_id for each in settled}


def _as_rule(held: Lease) -> rules.Lease:
    return rules.Lease(str(held.pk), held.seats, held.since, held.ends)


def _undecided(tenant: Tenant, after: datetime) -> set[UUID]:
    """Return the workshops with sign-ups that every kiosk's news now allows to decide."""
    waiting = Registration.objects.filter(tenant=tenant, standing=Standing.PROVISIONAL)
    ripe = waiting.filter(submission__captured_at__lt=after).order_by()
    return set(ripe.values_list("workshop_id", flat=True).distinct())


def lease_out(device: Device, now: datetime) -> Situation:
    """Set seats aside for *device*: of every open workshop its part, unless it holds one.

    Return how it stands afterwards.
    """
    found = Situation.of(device, now)
    if any(_wants(workshop, found) for workshop in found.workshops):
        with TURNS.writing(), transaction.atomic():
            return _lease_out(device, now)
    return found


def _lease_out(device: Device, now: datetime) -> Situation:
    """Recall leases for which there are no seats any more, and give new ones; all at once."""
    lock_all(device.tenant, [each.pk for each in queries.open_workshops(device.tenant, now)])
    found = Situation.of(device, now)
    recalled, given = [], []
    for workshop in found.workshops:
        if not _wants(workshop, found):
            continue
        mine = found.usable.get(workshop.pk)
        if mine and _short(workshop, found):
            recalled.append(mine.pk)
        else:
            given.append(_lease(workshop, found))
    Lease.objects.filter(pk__in=recalled).update(recalled_at=now)
    Lease.objects.bulk_create(given)
    return found.after(recalled, given)


def _lease(workshop: Workshop, found: Situation) -> Lease:
    return Lease(
        tenant=found.device.tenant,
        workshop=workshop,
        device=found.device,
        seats=part(workshop, found),
        since=found.now,
        ends=rules.leases_end(queries.decides(workshop, queries.book_of(workshop))),
    )


def _wants(workshop: Workshop, found: Situation) -> bool:
    """Tell whether the kiosk should get a lease of *workshop*, or lose the one it has."""
    mine = found.usable.get(workshop.pk)
    if mine and _short(workshop, found):
        return True
    if mine and found.sums[workshop.pk].spent.get(mine.pk, 0) < mine.seats:
        return False
    return part(workshop, found) > 0


def _short(workshop: Workshop, found: Situation) -> bool:
    """Tell whether more seats are given and set aside than there are."""
    seats, known = queries.capacity(workshop), found.sums[workshop.pk]
    return seats is not None and known.confirmed + known.held > seats


def part(workshop: Workshop, found: Situation) -> int:
    """Return how many seats of *workshop* a new lease for the kiosk would hold.

    What those in line have asked for is left to them, and what is set aside for other kiosks is
    theirs: all leases together are never more than their part of the seats that are free.
    """
    book, known = queries.book_of(workshop), found.sums[workshop.pk]
    seats = queries.capacity(workshop)
    if seats is None or found.now >= rules.leases_end(queries.decides(workshop, book)):
        return 0
    percent = book.share_percent if book else rules.SHARE_PERCENT
    free = max(0, seats - known.confirmed - known.asked)
    left = free * percent // 100 - known.held
    if left <= 0:
        return 0
    begun = known.confirmed or known.asked or workshop.pk in found.had
    if begun and not _all_is_told(found):
        return 0
    place, kiosks = found.line.place(workshop.branch_id)
    return min(left, rules.share(free, percent, kiosks, place))


def _all_is_told(found: Situation) -> bool:
    """Tell whether no kiosk can hold much that is not known here.

    Otherwise a lease given once sign-ups have begun would take seats that somebody asked for
    earlier at a kiosk that has no network, and who gets them would depend on which comes back
    first.
    """
    return found.complete_until is not None and found.complete_until > found.now - UP_TO_DATE
