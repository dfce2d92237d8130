"""Seats of a workshop: what becomes of a sign-up, and why, in words that travel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """What a sign-up has come to."""

    CONFIRMED = "confirmed"
    """The seats are hers; nobody takes them back."""
    WAITING = "waiting"
    """Decided as far as it can be: she has a place in line."""
    PROVISIONAL = "provisional"
    """Not decided yet: a kiosk that has not been heard of may hold an earlier sign-up."""
    REFUSED = "refused"
    """She gets no seats, and the reason says why."""
    CANCELLED = "cancelled"
    """She has taken it back."""


class Why(StrEnum):
    """The reason for a standing; a kiosk older than a reason shows the standing without it."""

    PROMISED = "promised"
    """The kiosk had the seats set aside for it, and gave them at once."""
    IN_ORDER = "in_order"
    """There were seats when her turn came."""
    MOVED_UP = "moved_up"
    """Seats came free, and she was first in line."""
    PASSED = "passed"
    """Seats were left that those before her cannot use: they are more than that."""
    GIVEN = "given"
    """Somebody at the library gave them to her."""
    FULL = "full"
    """No seat is left."""
    TOO_MANY = "too_many"
    """Seats are left, but fewer than she asked for; parties are kept together."""
    BEHIND = "behind"
    """Seats are left, but those before her may still get them until the decision."""
    NOT_YET = "not_yet"
    """Not every kiosk has told what was handed in before."""
    DECLINED = "declined"
    """Somebody at the library said no."""
    CALLED_OFF = "called_off"
    """It will not take place."""
    OVER = "over"
    """It has begun, and no seat came free before."""
    WITHDRAWN = "withdrawn"
    """She took it back herself."""


@dataclass(frozen=True, slots=True)
class SeatOutcome:
    """What a sign-up has come to, in full."""

    standing: Standing
    """What."""
    why: Why
    """For which reason."""
    place: int = 0
    """Place in line from 1, counted in sign-ups; 0 when she stands in none."""


@dataclass(frozen=True, slots=True)
class SeatStatus:
    """What a receipt tells about the seats of a sign-up."""

    standing: Standing
    """What it has come to."""
    why: Why | None = None
    """For which reason; None for one that this version has no word for."""
    place: int = 0
    """Place in line from 1; 0 when she stands in none."""
    seats: int = 0
    """How many seats it is about."""
    workshop: str = ""
    """Id of the workshop."""
    at: datetime | None = None
    """When that was so, with offset."""
    decides: datetime | None = None
    """When it is decided at the latest, with offset."""


CERTAIN = frozenset({Standing.CONFIRMED, Standing.CANCELLED, Standing.REFUSED})
"""Standings in which nobody waits for anything."""
