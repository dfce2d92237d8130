"""A seat lease: seats that central has set aside for one kiosk, so it can give them at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

DECIDED_BEFORE = timedelta(hours=24)
"""How long before its beginning a workshop is decided, unless staff say otherwise."""
CLOCK_MARGIN = timedelta(minutes=10)
"""A lease ends this long before the decision: so far may a clock that nobody doubts be off."""
SHARE_PERCENT = 50
"""Of the free seats, how many are set aside for kiosks, unless staff say otherwise."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Seats set aside for one kiosk; never for two, and never used again under another name."""

    id: str
    """Made by central, never reused."""
    seats: int
    """How many."""
    since: datetime
    """When central gave it, with offset."""
    ends: datetime
    """From then on the kiosk gives nothing under it, with offset."""

    def allows(self, asked: int, spent: int, now: datetime, *, clock_in_doubt: bool) -> bool:
        """Tell whether *asked* seats can be given at *now*, when *spent* were given before.

        Seats that a visitor took back stay spent: they belong to the first in line, who may
        stand at another branch.
        """
        if clock_in_doubt or not self.since - CLOCK_MARGIN <= now < self.ends:
            return False
        return 0 < asked <= self.seats - spent

    def is_settled(self, kiosk: "Standpoint") -> bool:
        """Tell whether everything that was ever given under it has reached central.

        While nothing shows it, the seats stay set aside: a promise may lie in a kiosk that has no
        network for weeks.
        """
        if kiosk.complete_until is None:
            return False
        if self.ends + CLOCK_MARGIN <= kiosk.complete_until:
            return True
        knows_of_it = kiosk.as_of is not None and self.since <= kiosk.as_of
        return knows_of_it and self.id not in kiosk.leases


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What a kiosk said last of how complete its news is, and of its leases."""

    complete_until: datetime | None = None
    """Everything captured before this is at central; None when it does not say."""
    leases: Collection[str] = ()
    """Ids of the leases it could still use then."""
    as_of: datetime | None = None
    """When central told it of these leases; None when it knows of none."""


def leases_end(decides: datetime) -> datetime:
    """Return when the leases of a workshop end that is decided at *decides*."""
    return decides - CLOCK_MARGIN


def share(free: int, percent: int, kiosks: int, place: int) -> int:
    """Return what the kiosk at *place* (from 0) gets of *percent* of the *free* seats.

    They are divided among *kiosks* as evenly as whole seats allow; the first ones get the rest.
    """
    even, rest = divmod(max(0, free) * percent // 100, kiosks)
    return even + (place < rest)
