"""Writes about leases: seats set aside for a kiosk, and settled once all it gave is known."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction

from kiosk.central.branches.models import Device, Tenant
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import queries
from kiosk.central.seats.actions import lock, reconsider_all
from kiosk.central.seats.models import Book, Lease, Registration, Watermark
from kiosk.central.seats.queries import Sums
from kiosk.domain import lease as rules
from kiosk.domain.seats import Standing

UP_TO_DATE = timedelta(hours=1)
"""A kiosk whose news is older may hold sign-ups of which nothing is known here."""


class Told(Protocol):
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


def hear(tenant: Tenant, news: Sequence[Told]) -> int:
    """Note how complete the news of kiosks is, and go through the workshops for which that matters.

    Call when everything they brought so far is understood, inside a transaction; each kiosk once.
    Returns how many.
    """
    before = queries.complete_until(tenant)
    standpoints = {told.device.pk: _standpoint(told, told.at) for told in news}
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
    now = max(told.at for told in news)
    touched = _settle(standpoints, now)
    after = queries.complete_until(tenant)
    if after and (before is None or before < after):
        touched |= _undecided(tenant, after)
    return reconsider_all(touched, now)


def _standpoint(told: Told, now: datetime) -> rules.Standpoint:
    """Read what a kiosk says of itself; whole minutes, as sign-ups tell when they were captured."""
    until = _moment(told.complete_until)
    if until:
        until = min(until, now).replace(second=0, microsecond=0)
    return rules.Standpoint(until, told.leases[:500], _moment(told.leases_as_of))


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


def lease_out(device: Device, now: datetime) -> None:
    """Set seats aside for *device*: of every open workshop its part, unless it holds one."""
    known = queries.sums(device.tenant)
    held = {each.workshop_id: each for each in queries.usable(device, now)}
    for workshop in queries.open_workshops(device.tenant, now).exclude(capacity=0):
        if _wants(workshop, known.get(workshop.pk) or Sums(), held.get(workshop.pk), device, now):
            _lease_out(workshop.pk, device, now)


@transaction.atomic
def _lease_out(workshop_id: UUID, device: Device, now: datetime) -> None:
    """Recall a lease for which there are no seats any more, or give a new one."""
    book = lock(workshop_id)
    workshop = book.workshop
    known = queries.sums(book.tenant, workshop).get(workshop_id) or Sums()
    mine = queries.usable(device, now).filter(workshop=workshop).first()
    if not _wants(workshop, known, mine, device, now):
        return
    if mine and _short(workshop, known):
        Lease.objects.filter(pk=mine.pk).update(recalled_at=now)
        return
    seats = part(workshop, book, known, device, now)
    Lease.objects.create(
        tenant=book.tenant,
        workshop=workshop,
        device=device,
        seats=seats,
        since=now,
        ends=rules.leases_end(queries.decides(workshop, book)),
    )


def _wants(
    workshop: Workshop, known: Sums, mine: Lease | None, device: Device, now: datetime
) -> bool:
    """Tell whether *device* should get a lease, or lose the one it has."""
    if mine and _short(workshop, known):
        return True
    if mine and known.spent.get(mine.pk, 0) < mine.seats:
        return False
    return part(workshop, queries.book_of(workshop), known, device, now) > 0


def _short(workshop: Workshop, known: Sums) -> bool:
    """Tell whether more seats are given and set aside than there are."""
    seats = queries.capacity(workshop)
    return seats is not None and known.confirmed + known.held > seats


def part(workshop: Workshop, book: Book | None, known: Sums, device: Device, now: datetime) -> int:
    """Return how many seats of *workshop* a new lease for *device* would hold.

    What those in line have asked for is left to them, and what is set aside for other kiosks is
    theirs: all leases together are never more than their part of the seats that are free.
    """
    seats = queries.capacity(workshop)
    if seats is None or now >= rules.leases_end(queries.decides(workshop, book)):
        return 0
    begun = known.confirmed or known.asked or _had_one(workshop, device)
    if begun and not _all_is_told(device, now):
        return 0
    percent = book.share_percent if book else rules.SHARE_PERCENT
    free = max(0, seats - known.confirmed - known.asked)
    kiosks = queries.sharing(workshop, device, now)
    fair = rules.shares(free, percent, len(kiosks))[kiosks.index(device.pk)]
    return max(0, min(fair, free * percent // 100 - known.held))


def _had_one(workshop: Workshop, device: Device) -> bool:
    return Lease.objects.filter(workshop=workshop, device=device).exists()


def _all_is_told(device: Device, now: datetime) -> bool:
    """Tell whether no kiosk can hold much that is not known here.

    Otherwise a lease given once sign-ups have begun would take seats that somebody asked for
    earlier at a kiosk that has no network, and who gets them would depend on which comes back
    first.
    """
    known = queries.complete_until(device.tenant)
    return known is not None and known > now - UP_TO_DATE
