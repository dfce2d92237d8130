"""The situation of a kiosk: how the open workshops stand and what it may give, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import Count, Q

from kiosk import wire
from kiosk.central.branches.models import Device
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import queries
from kiosk.central.seats.models import Lease
from kiosk.central.seats.queries import Sums


@dataclass(frozen=True, slots=True)
class Situation:
    """Nine statements, however many workshops, kiosks and leases there are."""

    device: Device
    """Whose."""
    now: datetime
    """When."""
    workshops: Sequence[Workshop]
    """Those that can still be signed up for, with their books, in order of time."""
    sums: Mapping[UUID, Sums]
    """How their seats stand, by id."""
    usable: Mapping[UUID, Lease]
    """What the kiosk may give by itself now, by workshop; the newest where there are several."""
    had: frozenset[UUID]
    """Workshops of which it has ever had a lease."""
    complete_until: datetime | None
    """See `kiosk.central.seats.queries.complete_until`."""
    line: "Line"
    """Where it stands among the kiosks that share the seats."""

    @classmethod
    def of(cls, device: Device, now: datetime) -> Self:
        """Read it."""
        workshops = list(queries.open_workshops(device.tenant, now))
        keys = [workshop.pk for workshop in workshops]
        ever = Lease.objects.filter(device=device, workshop__in=keys)
        return cls(
            device,
            now,
            workshops,
            queries.sums(device.tenant, keys),
            {each.workshop_id: each for each in queries.usable(device, now)},
            frozenset(ever.values_list("workshop_id", flat=True)),
            queries.complete_until(device.tenant),
            Line.of(device, now),
        )

    def told(self) -> wire.Seats:
        """Tell the kiosk how the workshops stand, and what it may give by itself."""
        return wire.Seats(
            as_of=self.now.isoformat(),
            version=queries.version(self.device, self.now),
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


def _as_told(held: Lease, known: Sums) -> wire.Lease:
    """Return a lease as the kiosk that holds it is told."""
    return wire.Lease(
        id=str(held.pk),
        seats=held.seats,
        since=held.since.isoformat(),
        ends=held.ends.isoformat(timespec="seconds"),
        spent=known.spent.get(held.pk, 0),
    )


@dataclass(frozen=True, slots=True)
class Line:
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
