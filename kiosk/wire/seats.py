"""Seats: what a kiosk is told of the workshops, its leases among it, and of one sign-up."""

from datetime import datetime

import msgspec

from kiosk.domain.lease import Lease as LeaseRule
from kiosk.domain.seats import SeatStatus, Standing, Why


class Lease(msgspec.Struct, frozen=True, omit_defaults=True):
    """Seats set aside for the kiosk that is told; mirrors `kiosk.domain.lease.Lease`."""

    id: str
    seats: int
    since: str
    """When central gave it, ISO 8601."""
    ends: str
    """From then on nothing is given under it, ISO 8601."""
    spent: int = 0
    """Seats that central knows were given under it: a kiosk whose disk was changed forgot them."""

    def read(self) -> LeaseRule:
        """Return it as the rules know it. Raises ValueError for times that are none."""
        return LeaseRule(self.id, self.seats, _moment(self.since), _moment(self.ends))


class WorkshopSeats(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one workshop that takes sign-ups stands."""

    workshop: str
    """Its id."""
    capacity: int = 0
    """Seats in all, however they are taken; 0 when there is no limit."""
    taken: int = 0
    """Seats that somebody has, at kiosks or elsewhere."""
    asked: int = 0
    """Seats that those in line have asked for."""
    waiting: int = 0
    """Sign-ups in line: waiting, or not decided yet."""
    decides: str = ""
    """When it is decided at the latest, ISO 8601."""
    lease: Lease | None = None
    """What this kiosk may give at once; None when it may give nothing."""


class Seats(msgspec.Struct, frozen=True):
    """Everything one kiosk is told of seats; replaced as a whole."""

    as_of: str
    """When central said so, ISO 8601."""
    version: str = ""
    """Changes whenever anything in it changes; central's ETag."""
    workshops: list[WorkshopSeats] = []


class Seat(msgspec.Struct, frozen=True, omit_defaults=True):
    """What has become of a sign-up; mirrors `kiosk.domain.seats.SeatStatus`."""

    standing: str
    why: str = ""
    place: int = 0
    seats: int = 0
    workshop: str = ""
    at: str = ""
    decides: str = ""

    def read(self) -> SeatStatus | None:
        """Return it as the rules know it; None for a standing this version has no word for."""
        if self.standing not in _STANDINGS:
            return None
        return SeatStatus(
            standing=Standing(self.standing),
            why=Why(self.why) if self.why in _REASONS else None,
            place=self.place,
            seats=self.seats,
            workshop=self.workshop,
            at=_perhaps(self.at),
            decides=_perhaps(self.decides),
        )


_STANDINGS = frozenset(Standing)
_REASONS = frozenset(Why)


def _moment(told: str) -> datetime:
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError(f"without offset: {told}")
    return moment


def _perhaps(told: str) -> datetime | None:
    """Read a moment; one that cannot be read is not told."""
    try:
        return _moment(told)
    except ValueError:
        return None
