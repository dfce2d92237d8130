"""Reads about seats: what is known of each workshop, and what a kiosk is told."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Min, Q, QuerySet, Sum, When

from kiosk.central.content import publishing
from kiosk.central.devices.models import Device
from kiosk.central.platform import raw_sql
from kiosk.central.platform.typed import mark
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Book, Lease, Registration
from kiosk.central.tenants.models import Tenant
from kiosk.domain import lease
from kiosk.domain.seats import Standing

IN_LINE = (Standing.WAITING, Standing.PROVISIONAL)
SILENT_AFTER = timedelta(days=7)
"""A kiosk that has not been heard of for longer gets no part of the seats."""
_COUNTED = (
    *("branch", "starts", "ends", "all_day", "capacity", "taken_elsewhere"),
    *("book__share_percent", "book__decides"),
)
"""Fields of a workshop and its book that say how its seats may be given."""
_REVISIONS = "SELECT NULL, coalesce(sum(revision), 0) FROM seats_book WHERE tenant_id = %s"
_OF_USABLE = """
FROM seats_lease WHERE device_id = %s AND settled_at IS NULL AND recalled_at IS NULL AND ends > %s
"""
"""Leases that a kiosk may use at a time."""
_PROMISED = """
SELECT promised.workshop_id, standing, lease, sum(submission.seats), count(*)
FROM seats_registration promised
JOIN inbox_submission submission ON submission.id = promised.submission_id
WHERE promised.tenant_id = %s AND promised.workshop_id IN ({})
GROUP BY promised.workshop_id, standing, lease
"""
_SET_ASIDE = """
SELECT workshop_id, id, seats, erased FROM seats_lease
WHERE tenant_id = %s AND settled_at IS NULL AND workshop_id IN ({})
"""


@dataclass(slots=True)
class SeatSums:
    """How many seats of one workshop stand where."""

    confirmed: int = 0
    """Seats that visitors have."""
    asked: int = 0
    """Seats that those in line have asked for."""
    waiting: int = 0
    """Sign-ups in line."""
    held: int = 0
    """Seats in leases that are not settled, and not promised as far as is known."""
    spent: dict[UUID, int] = field(default_factory=dict)
    """Seats known to be promised, by lease that is not settled."""


def decides(workshop: Workshop, book: Book | None) -> datetime:
    """Return when *workshop* is decided at the latest."""
    chosen = book.decides if book else None
    return chosen or workshop.starts - lease.DECIDED_BEFORE


def over(workshop: Workshop) -> datetime:
    """Return when *workshop* is over; see `kiosk.domain.workshop.Workshop.over`."""
    last = workshop.ends or workshop.starts
    return last + timedelta(days=1) if workshop.all_day else last


def capacity(workshop: Workshop) -> int | None:
    """Return the seats that kiosks share, or None when there is no limit."""
    if not workshop.capacity:
        return None
    return max(0, workshop.capacity - workshop.taken_elsewhere)


def open_workshops(tenant: Tenant, now: datetime) -> QuerySet[Workshop]:
    """Select the workshops that can still be signed up for, with their books.

    What they are called and about is left where it is: every kiosk asks, and none for that.
    """
    coming = Q(ends__gt=now) | Q(ends=None, starts__gt=now - timedelta(days=1))
    found = Workshop.objects.filter(coming, tenant=tenant, sign_up=True, cancelled=False)
    return found.select_related("book").only(*_COUNTED).order_by("starts", "id")


def book_of(workshop: Workshop) -> Book | None:
    """Return the book of *workshop*, or None while nobody has written in it."""
    try:
        return workshop.book
    except Book.DoesNotExist:
        return None


def sums(tenant: Tenant, workshops: Collection[UUID]) -> dict[UUID, SeatSums]:
    """Add up the seats of *workshops*, by id; two statements, however many leases there are."""
    found = {key: SeatSums() for key in workshops}
    if not found:
        return found
    promised: dict[str, int] = {}
    for key, standing, under, seats, many in _among(_PROMISED, tenant, found):
        one = found[raw_sql.as_uuid(key)]
        if standing == Standing.CONFIRMED:
            one.confirmed += seats
        elif standing in IN_LINE:
            one.asked += seats
            one.waiting += many
        if under:
            promised[under] = promised.get(under, 0) + seats
    for key, lease_key, seats, erased in _among(_SET_ASIDE, tenant, found):
        one, pk = found[raw_sql.as_uuid(key)], raw_sql.as_uuid(lease_key)
        one.spent[pk] = erased + promised.get(str(pk), 0)
        one.held += max(0, seats - one.spent[pk])
    return found


def _among(statement: str, tenant: Tenant, workshops: Collection[UUID]) -> list[tuple[Any, ...]]:
    places = ", ".join(["%s"] * len(workshops))
    return raw_sql.asked(statement.format(places), tenant.pk, *workshops)


def confirmed(tenant: Tenant) -> dict[UUID, int]:
    """Return how many seats visitors have, by workshop; who stands in line has none."""
    rows = Registration.objects.filter(tenant=tenant, standing=Standing.CONFIRMED).order_by()
    seats = rows.values("workshop_id").annotate(seats=Sum("submission__seats"))
    return {row["workshop_id"]: row["seats"] for row in seats}


def unsettled(tenant: Tenant) -> QuerySet[Lease]:
    """Select the leases under which a promise may still be on its way."""
    return Lease.objects.filter(tenant=tenant, settled_at=None).order_by("since", "id")


def promised(held: Lease) -> int:
    """Return how many seats have arrived as promised under a lease, taken back or not."""
    under = Registration.objects.filter(workshop_id=held.workshop_id, lease=str(held.pk))
    return under.aggregate(seats=Sum("submission__seats"))["seats"] or 0


def promised_under_unknown(workshop_id: UUID) -> int:
    """Return how many seats count as promised under leases that this database has forgotten."""
    known = Lease.objects.filter(workshop_id=workshop_id).values_list("pk", flat=True)
    rows = Registration.objects.filter(workshop_id=workshop_id).exclude(lease="")
    told = rows.exclude(lease__in=list(map(str, known)))
    return told.aggregate(seats=Sum("submission__seats"))["seats"] or 0


def complete_until(tenant: Tenant) -> datetime | None:
    """Return the moment before which every kiosk of the library has told everything.

    Nothing was captured at a kiosk before it joined; one that was shut out is waited for no more.
    """
    told, joined = F("watermark__complete_until"), F("enrolled_at")
    mark = Case(When(watermark__complete_until__gt=joined, then=told), default=joined)
    kiosks = Device.objects.filter(tenant=tenant, revoked_at=None)
    earliest: datetime | None = kiosks.aggregate(earliest=Min(mark))["earliest"]
    return earliest


def active(tenant: Tenant, but: Device, now: datetime) -> QuerySet[Device]:
    """Select the kiosks that get their part of the seats, *but* among them whatever it did."""
    since = now - SILENT_AFTER
    heard = Q(last_seen_at__gt=since) | Q(last_seen_at=None, enrolled_at__gt=since)
    return Device.objects.filter(heard | Q(pk=but.pk), tenant=tenant, revoked_at=None)


def usable(device: Device, now: datetime) -> list[Lease]:
    """List the leases that *device* may use now, in the order in which it got them."""
    statement = f"SELECT * {_OF_USABLE} ORDER BY since, id"
    return raw_sql.all_found(Lease, statement, device.pk, now)


def version(device: Device, now: datetime) -> str:
    """Return a name for what *device* would be told now; cheap, for every heartbeat asks."""
    rows = raw_sql.asked(
        f"{_REVISIONS} UNION ALL SELECT id, 0 {_OF_USABLE}", device.tenant_id, device.pk, now
    )
    leases = [raw_sql.as_uuid(key) for key, _revision in rows if key]
    return version_of(device, sum(int(revision) for _key, revision in rows), leases)


def version_of(device: Device, revision: int, leases: Iterable[UUID]) -> str:
    """Return the same where the library's `revision` and the usable *leases* have been read."""
    shown = publishing.version(device.branch_id, device.tenant)
    told = (device.epoch, shown, str(revision), *sorted(map(str, leases)))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:20]


def revision(tenant: Tenant) -> int:
    """Return a number that grows with whatever anybody writes in the books of a library."""
    ((_key, total),) = raw_sql.asked(_REVISIONS, tenant.pk)
    return int(total)


def seen_of(workshop: Workshop, book: Book | None) -> str:
    """Return the mark of how the seats of a workshop are arranged."""
    return mark(workshop, "capacity", "taken_elsewhere") + mark(
        book or Book(), "share_percent", "decides"
    )
