"""Writes about seats: sign-ups taken in and gone through, and what staff rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.platform.alone import each_alone
from kiosk.central.platform.ids import as_uuid
from kiosk.central.platform.typed import must_have_seen
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import notifications, queries
from kiosk.central.seats.claims import honoured
from kiosk.central.seats.models import Book, Lease, Registration, Ruling, Turn
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.allocation import Allocation, Capacity, HeldSeats, Rulings, allocate
from kiosk.domain.allocation import Claimant as SignUp
from kiosk.domain.receipt import State
from kiosk.domain.seats import SeatOutcome, Standing, Why


class TooLate(Exception):
    """A ruling about a sign-up that is settled: it has its seats, or is taken back."""


def register(arrived: Iterable[tuple[Submission, Device, str, int]]) -> None:
    """Take in sign-ups, each with its kiosk, and the lease and the seats that it has promised.

    Some of these seats may have been let go already.
    Call inside the transaction of their events. Each workshop is gone through once: in which
    order sign-ups arrive changes nothing.
    """
    registrations: list[Registration] = []
    given: Counter[str] = Counter()
    in_order = sorted(arrived, key=lambda each: (each[0].captured_at, each[0].pk))
    for submission, device, lease, promised in in_order:
        registration = Registration(
            submission=submission,
            tenant=submission.tenant,
            workshop_id=UUID(submission.workshop_id),
            device=device,
            lease=lease[:60],
            at=submission.received_at,
        )
        seats = max(promised, submission.seats)
        registration.lease = honoured(registration, seats, given)
        registrations.append(registration)
        if promised > submission.seats:
            _gone_from_lease(registration, promised - submission.seats)
    Registration.objects.bulk_create(registrations)
    reconsider_all(each.workshop_id for each in registrations)


def taken_back(submission: Submission) -> None:
    """Give the seats of a sign-up that its visitor took back to the first in line."""
    if submission.workshop_id:
        reconsider(UUID(submission.workshop_id))


def before_erasing(tenant: Tenant, submission_id: UUID) -> UUID | None:
    """Remember how many seats of a lease go with a sign-up; return its workshop, or None.

    Go through that workshop again once the sign-up is gone.
    """
    found = Registration.objects.filter(tenant=tenant, pk=submission_id)
    registration = found.select_related("submission").first()
    if registration is None:
        return None
    _gone_from_lease(registration, registration.submission.seats)
    return registration.workshop_id


def let_go(submission: Submission, gone: int) -> None:
    """Give *gone* seats of a party that has become smaller to the first in line."""
    registration = Registration.objects.filter(pk=submission.pk).first()
    if registration is None:
        return
    lock(registration.workshop_id)
    _gone_from_lease(registration, gone)
    Book.objects.filter(pk=registration.workshop_id).update(revision=models.F("revision") + 1)
    reconsider(registration.workshop_id)


def _gone_from_lease(registration: Registration, seats: int) -> None:
    """Remember that a kiosk has promised these seats, though nobody holds them any more."""
    lease = as_uuid(registration.lease)
    if lease:
        under = Lease.objects.filter(tenant=registration.tenant_id, pk=lease)
        under.update(erased=models.F("erased") + seats)


@transaction.atomic
def reconsider(workshop_id: UUID, now: datetime | None = None) -> Allocation:
    """Go through the seats of one workshop, and tell everybody for whom something has changed."""
    now = now or timezone.now()
    book = lock(workshop_id)
    rows = {str(row.pk): row for row in _rows(workshop_id)}
    found = _allocation(book, rows, now)
    changed = [row for key, row in rows.items() if _as_outcome(row) != found.outcomes[key]]
    for row in changed:
        _move(row, found.outcomes[str(row.pk)], now)
    inbox.tell_again(book.tenant, [row.submission_id for row in changed])
    book.considered_at = now
    book.revision += bool(changed)
    book.save(update_fields=["considered_at", "revision"])
    return found


def lock(workshop_id: UUID) -> Book:
    """Lock the book of a workshop, made where missing.

    The library is locked first, as every other write does, so that none waits in a circle.
    """
    tenants = Tenant.objects.select_for_update(of=("self",), no_key=True)
    tenant = tenants.get(workshops=workshop_id)
    locked = Book.objects.select_for_update(of=("self",), no_key=True).select_related(
        "workshop__branch"
    )
    book = locked.filter(pk=workshop_id).first()
    if book is None:
        Book.objects.create(workshop_id=workshop_id, tenant=tenant)
        book = locked.get(pk=workshop_id)
    book.tenant = tenant
    return book


def lock_all(tenant: Tenant, workshops: Iterable[UUID]) -> None:
    """Lock the books of several workshops of a library, made where missing."""
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
    keys = sorted(workshops)
    Book.objects.bulk_create(
        (Book(workshop_id=key, tenant=tenant) for key in keys), ignore_conflicts=True
    )
    books = Book.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(books.values_list("pk", flat=True))


def _rows(workshop_id: UUID) -> models.QuerySet[Registration]:
    found = Registration.objects.filter(workshop_id=workshop_id)
    return found.select_related("submission").prefetch_related("rulings")


def _allocation(book: Book, rows: dict[str, Registration], now: datetime) -> Allocation:
    workshop = book.workshop
    told = {key: _as_outcome(row) for key, row in rows.items()}
    leases = queries.unsettled(book.tenant).filter(workshop=workshop)
    return allocate(
        [
            SignUp(key, row.submission.seats, row.submission.captured_at, row.lease)
            for key, row in rows.items()
        ],
        {key for key, row in rows.items() if row.submission.state == State.WITHDRAWN},
        [HeldSeats(str(each.pk), each.seats, each.erased) for each in leases],
        {key: outcome for key, outcome in told.items() if outcome},
        Capacity(
            capacity=queries.capacity(workshop),
            complete_until=queries.complete_until(book.tenant),
            decided=now >= queries.decides(workshop, book),
            over=now >= queries.over(workshop),
            called_off=workshop.cancelled,
        ),
        _rulings(rows),
    )


def _rulings(rows: dict[str, Registration]) -> Rulings:
    ruled = [(each.at, key, each.kind) for key, row in rows.items() for each in row.rulings.all()]
    last = {key: kind for _at, key, kind in sorted(ruled)}
    firsts = [key for _at, key, kind in sorted(ruled) if kind == Ruling.FIRST]
    return Rulings(
        given={key for key, kind in last.items() if kind == Ruling.GIVEN},
        first=list(dict.fromkeys(key for key in firsts if last[key] == Ruling.FIRST)),
        declined={key for key, kind in last.items() if kind == Ruling.DECLINED},
    )


def _as_outcome(row: Registration) -> SeatOutcome | None:
    if not row.standing:
        return None
    return SeatOutcome(Standing(row.standing), Why(row.why), row.place)


def _move(row: Registration, outcome: SeatOutcome, now: datetime) -> None:
    """Write down what a sign-up has come to, and keep why when it is more than a step in line."""
    if row.standing != outcome.standing:
        Turn.objects.create(
            tenant_id=row.tenant_id,
            registration=row,
            at=now,
            standing=outcome.standing,
            why=outcome.why,
            place=outcome.place,
        )
        row.at = now
    before, row.standing = row.standing, outcome.standing
    row.why, row.place = outcome.why, outcome.place
    row.save(update_fields=["standing", "why", "place", "at"])
    if before != row.standing:
        notifications.moved(row, before)


def reconsider_all(workshops: Iterable[UUID], now: datetime | None = None) -> int:
    """Go through several workshops, always in the same order; return how many."""
    ordered = sorted(set(workshops))
    for workshop_id in ordered:
        reconsider(workshop_id, now)
    return len(ordered)


def decide_due(now: datetime | None = None) -> int:
    """Go through every workshop whose decision or beginning has come since it was last done."""
    now = now or timezone.now()
    undecided = Registration.objects.filter(standing__in=queries.IN_LINE).order_by()
    books = Book.objects.filter(pk__in=undecided.values("workshop_id")).select_related("workshop")
    due = sorted(book.pk for book in books if _is_due(book, now))
    return len(due) - each_alone(due, partial(reconsider, now=now), "Deciding who gets a place")


def _is_due(book: Book, now: datetime) -> bool:
    moments = (queries.decides(book.workshop, book), queries.over(book.workshop))
    since = book.considered_at
    return any(moment <= now and (since is None or since < moment) for moment in moments)


@transaction.atomic
def rule(
    registration: Registration, kind: str, staff: Staff, reason: str = "", now: Any = None
) -> Allocation:
    """Give a sign-up its seats, put it first in line, or decline it. Raises TooLate."""
    now = now or timezone.now()
    lock(registration.workshop_id)
    current = Registration.objects.get(pk=registration.pk)
    if current.standing in {Standing.CONFIRMED, Standing.CANCELLED}:
        raise TooLate
    Ruling.objects.create(
        tenant_id=current.tenant_id,
        registration=current,
        kind=kind,
        reason=reason[: Ruling.LONGEST_REASON],
        by=staff,
        at=now,
    )
    record(staff, f"seats {kind}", current, workshop=str(current.workshop_id))
    return reconsider(current.workshop_id, now)


@transaction.atomic
def arrange(
    workshop: Workshop,
    staff: Staff,
    *,
    capacity: int,
    taken_elsewhere: int,
    share_percent: int,
    decides: datetime | None,
    seen: str | None = None,
) -> Allocation:
    """Change how many seats there are, and how and when they are given.

    Whoever fills in the form has *seen* it so. Raises Overtaken.
    """
    now = timezone.now()
    book = lock(workshop.pk)
    current = book.workshop
    if seen is not None:
        must_have_seen(seen, queries.seen_of(current, book))
    before = [current.capacity, current.taken_elsewhere, book.share_percent, _iso(book.decides)]
    after = [capacity, taken_elsewhere, share_percent, _iso(decides)]
    current.capacity, current.taken_elsewhere = capacity, taken_elsewhere
    current.save(update_fields=["capacity", "taken_elsewhere"])
    book.share_percent, book.decides, book.revision = share_percent, decides, book.revision + 1
    book.save(update_fields=["share_percent", "decides", "revision"])
    next_change(book.tenant)
    record(staff, "seats arranged", current, before=before, after=after)
    return reconsider(workshop.pk, now)


@dataclass(frozen=True, slots=True)
class StandingStep:
    """What would become of one sign-up."""

    registration: Registration
    """Which, as it would stand."""
    before: str
    """How it stands now."""


def foreseen(workshop: Workshop, staff: Staff, **values: Any) -> list[StandingStep]:
    """Tell for whom `arrange` would change something, and change nothing. Raises Overtaken."""
    before = {row.pk: row.standing for row in _rows(workshop.pk)}
    with transaction.atomic():
        arrange(workshop, staff, **values)
        after = list(_rows(workshop.pk))
        transaction.set_rollback(True)
    moved = (StandingStep(row, before.get(row.pk, "")) for row in after)
    return [each for each in moved if each.before != each.registration.standing]


@transaction.atomic
def write_off(held: Lease, staff: Staff) -> Allocation:
    """Wait for a kiosk no longer: what it has promised and not told is still honoured later."""
    now = timezone.now()
    lock(held.workshop_id)
    Lease.objects.filter(pk=held.pk, settled_at=None).update(settled_at=now, recalled_at=now)
    record(staff, "lease written off", held, workshop=str(held.workshop_id), seats=held.seats)
    return reconsider(held.workshop_id, now)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
