"""The situation of a kiosk: how the open workshops stand and what it may give, read at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Self
from uuid import UUID

from django.db.models import Count, Q

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import queries
from kiosk.central.seats.models import Lease
from kiosk.central.seats.queries import SeatSums


@dataclass(frozen=True)
class Situation:
    """A few statements, however many workshops, kiosks and leases there are."""

    device: Device
    """Whose."""
    now: datetime
    """When."""
    leases: Sequence[Lease]
    """What the kiosk may give by itself now, in the order in which it got them."""
    revision: int
    """Of the library's books; read first, so it is never newer than the rest."""
    workshops: Sequence[Workshop]
    """Those that can still be signed up for, with their books, in order of time."""
    sums: Mapping[UUID, SeatSums]
    """How their seats stand, by id."""

    @classmethod
    def of(cls, device: Device, now: datetime) -> Self:
        """Read it."""
        revision = queries.revision(device.tenant)
        leases = queries.usable(device, now)
        workshops = list(queries.open_workshops(device.tenant, now))
        sums = queries.sums(device.tenant, [workshop.pk for workshop in workshops])
        return cls(device, now, leases, revision, workshops, sums)

    def after(self, recalled: Collection[UUID], given: Iterable[Lease]) -> Self:
        """Return how it stands once leases were *recalled* from the kiosk, and others *given*."""
        kept = [each for each in self.leases if each.pk not in recalled]
        return replace(self, leases=[*kept, *given])

    @cached_property
    def version(self) -> str:
        """See `kiosk.central.seats.queries.version`."""
        leases = (each.pk for each in self.leases)
        return queries.version_of(self.device, self.revision, leases)

    @cached_property
    def usable(self) -> Mapping[UUID, Lease]:
        """The newest of its leases, by workshop."""
        return {each.workshop_id: each for each in self.leases}

    @cached_property
    def had(self) -> frozenset[UUID]:
        """Workshops of which it has ever had a lease."""
        ever = Lease.objects.filter(device=self.device, workshop__in=list(self.sums))
        return frozenset(ever.order_by().values_list("workshop_id", flat=True))

    @cached_property
    def complete_until(self) -> datetime | None:
        """See `kiosk.central.seats.queries.complete_until`."""
        return queries.complete_until(self.device.tenant)

    @cached_property
    def line(self) -> "SharingBranch":
        """Where it stands among the kiosks that share the seats."""
        return SharingBranch.of(self.device, self.now)

    def told(self) -> wire.Seats:
        """Tell the kiosk how the workshops stand, and what it may give by itself."""
        return wire.Seats(
            as_of=self.now.isoformat(),
            version=self.version,
            workshops=[self._told(workshop) for workshop in self.workshops],
        )

    def _told(self, workshop: Workshop) -> wire.WorkshopSeats:
        known, held = self.sums[workshop.pk], self.usable.get(workshop.pk)
        decides = queries.decides(workshop, queries.book_of(workshop))
        left = held and known.spent.get(held.pk, 0) < held.seats
        return wire.WorkshopSeats(
            workshop=str(workshop.pk),
            capacity=workshop.capacity,
            taken=workshop.taken_elsewhere + known.confirmed,
            asked=known.asked,
            waiting=known.waiting,
            decides=decides.isoformat(timespec="seconds"),
            lease=_as_told(held, known) if held and left else None,
        )


def _as_told(held: Lease, known: SeatSums) -> wire.Lease:
    """Return a lease as the kiosk that holds it is told."""
    return wire.Lease(
        id=str(held.pk),
        seats=held.seats,
        since=held.since.isoformat(),
        ends=held.ends.isoformat(timespec="seconds"),
        spent=known.spent.get(held.pk, 0),
    )


@dataclass(frozen=True, slots=True)
class SharingBranch:
    """Where a kiosk stands among those that share the leases of a library: one row a branch."""

    branch: UUID
    """Its own branch."""
    counted: Mapping[UUID, tuple[int, int]]
    """By branch: how many kiosks share, and how many of them come before it."""

    @classmethod
    def of(cls, device: Device, now: datetime) -> Self:
        """Count them."""
        place = device.branch.position
        earlier = Q(branch__position__lt=place)
        beside = Q(branch__position=place)
        before = (
            earlier
            | (beside & Q(branch__lt=device.branch_id))
            | Q(branch=device.branch_id, pk__lt=device.pk)
        )
        rows = queries.active(device.tenant, device, now).order_by().values_list("branch_id")
        counted = rows.annotate(many=Count("pk"), before=Count("pk", filter=before))
        return cls(device.branch_id, {branch: (many, before) for branch, many, before in counted})

    def place(self, at: UUID) -> tuple[int, int]:
        """Return its place, from 0, for workshops at branch *at*, and how many share them.

        Kiosks where it happens come first, then in the order of branches.
        """
        there, before_there = self.counted.get(at, (0, 0))
        everybody = sum(many for many, _before in self.counted.values())
        if at == self.branch:
            return before_there, everybody
        before = sum(before for _many, before in self.counted.values())
        return before - before_there + there, everybody
