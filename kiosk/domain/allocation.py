"""Allocation: who gets the seats of a workshop, whatever order the sign-ups arrive in.

The order is that of capture: (corrected time, id). Before the decision nobody passes anybody, so
that those who have seats are always the beginning of the line, and what arrives in another order
ends the same. At the decision seats that the first in line cannot use, because parties are kept
together, go to the first party that fits.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.seats import SeatOutcome, Standing, Why


@dataclass(frozen=True, slots=True)
class Claimant:
    """One sign-up that has arrived."""

    id: str
    """Of the submission."""
    seats: int
    """How many seats it asks for, all or none."""
    captured_at: datetime
    """When it was handed in, corrected, with offset."""
    lease: str = ""
    """Under which lease its kiosk has promised the seats; empty when it has not."""


@dataclass(frozen=True, slots=True)
class HeldSeats:
    """Seats that a lease still keeps from everybody else."""

    id: str
    """Of the lease."""
    seats: int
    """How many it was given with."""
    erased: int = 0
    """How many were promised under it to visitors who have erased everything since."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What staff have ruled, by id of the sign-up."""

    given: Collection[str] = ()
    """These get their seats, whatever the line says."""
    first: Sequence[str] = ()
    """These stand before all others, in this order."""
    declined: Collection[str] = ()
    """These get none, unless they have been told that they do."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a workshop offers, and how far it has come."""

    capacity: int | None
    """Seats in all, without those taken elsewhere; None when there is no limit."""
    complete_until: datetime | None
    """Everything captured before this is here, from every kiosk; None when one never told."""
    decided: bool = False
    """Whether the moment of decision has passed: then what is here is decided."""
    over: bool = False
    """Whether it has begun."""
    called_off: bool = False
    """Whether it will not take place."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who gets what."""

    outcomes: Mapping[str, SeatOutcome]
    """By id of the sign-up."""
    confirmed: int
    """Seats that visitors have."""
    held: int
    """Seats set aside in leases and not promised to anybody yet, as far as is known."""
    overbooked: int
    """Seats confirmed beyond the capacity: staff gave them, or lowered it."""


NOBODY: Rulings = Rulings()


def complete_until(watermarks: Iterable[datetime | None]) -> datetime | None:
    """Return the moment before which every kiosk has told everything; None when one has not."""
    earliest: datetime | None = None
    for mark in watermarks:
        if mark is None:
            return None
        earliest = mark if earliest is None else min(earliest, mark)
    return earliest


def allocate(
    registrations: Iterable[Claimant],
    cancelled: Collection[str],
    leases: Iterable[HeldSeats],
    told: Mapping[str, SeatOutcome],
    room: Capacity,
    rulings: Rulings = NOBODY,
) -> Allocation:
    """Decide who gets the seats.

    *cancelled* may name sign-ups that are not here yet; *leases* are those that are not settled;
    *told* is what each sign-up was told last. Nobody who was told "confirmed", by central or by a
    kiosk that held a lease, ever loses it but by cancelling herself, or when all is called off.
    """
    every = {each.id: each for each in registrations}
    outcomes = {key: _CANCELLED for key in every if key in cancelled}
    standing = [each for each in every.values() if each.id not in outcomes]
    if room.called_off:
        outcomes |= {each.id: _CALLED_OFF for each in standing}
        standing = []
    certain = {each.id: why for each in standing if (why := _certainty(each, told, rulings))}
    outcomes |= {key: SeatOutcome(Standing.CONFIRMED, why) for key, why in certain.items()}
    declined = [e for e in standing if e.id in rulings.declined and e.id not in certain]
    outcomes |= {each.id: _DECLINED for each in declined}
    held = sum(_still_held(lease, every.values()) for lease in leases)
    given = sum(every[key].seats for key in certain)
    limit = math.inf if room.capacity is None else room.capacity
    line = _in_line((each for each in standing if each.id not in outcomes), rulings)
    decided = _decide(line, limit - given - held, told, room, rulings)
    outcomes |= decided
    confirmed = given + sum(
        every[key].seats for key, each in decided.items() if each.standing is Standing.CONFIRMED
    )
    return Allocation(outcomes, confirmed, held, int(max(0, confirmed - limit)))


_CANCELLED = SeatOutcome(Standing.CANCELLED, Why.WITHDRAWN)
_CALLED_OFF = SeatOutcome(Standing.REFUSED, Why.CALLED_OFF)
_DECLINED = SeatOutcome(Standing.REFUSED, Why.DECLINED)


def _certainty(
    registration: Claimant, told: Mapping[str, SeatOutcome], rulings: Rulings
) -> Why | None:
    """Return why a sign-up has its seats for certain, or None."""
    before = told.get(registration.id)
    if before and before.standing is Standing.CONFIRMED:
        return before.why
    if registration.lease:
        return Why.PROMISED
    return Why.GIVEN if registration.id in rulings.given else None


def _still_held(lease: HeldSeats, registrations: Iterable[Claimant]) -> int:
    promised = sum(each.seats for each in registrations if each.lease == lease.id)
    return max(0, lease.seats - lease.erased - promised)


def _in_line(waiting: Iterable[Claimant], rulings: Rulings) -> list[Claimant]:
    """Put sign-ups in order: those moved up by staff, then by capture."""
    ranks = {key: rank for rank, key in enumerate(rulings.first)}
    return sorted(
        waiting, key=lambda each: (ranks.get(each.id, len(ranks)), each.captured_at, each.id)
    )


def _decide(
    line: list[Claimant],
    free: float,
    told: Mapping[str, SeatOutcome],
    room: Capacity,
    rulings: Rulings,
) -> dict[str, SeatOutcome]:
    """Go through the line once, from its beginning."""
    outcomes: dict[str, SeatOutcome] = {}
    place = 0
    for each in line:
        ripe = room.decided or each.id in rulings.first or _is_complete(each, room)
        blocked = place > 0
        if ripe and not room.over and each.seats <= free and (room.decided or not blocked):
            free -= each.seats
            why = Why.PASSED if blocked else _turn(told.get(each.id))
            outcomes[each.id] = SeatOutcome(Standing.CONFIRMED, why)
        elif room.over:
            outcomes[each.id] = SeatOutcome(Standing.REFUSED, Why.OVER)
        else:
            place += 1
            waiting = (Standing.WAITING, _obstacle(each, free))
            standing, why = waiting if ripe else (Standing.PROVISIONAL, Why.NOT_YET)
            outcomes[each.id] = SeatOutcome(standing, why, place)
    return outcomes


def _is_complete(registration: Claimant, room: Capacity) -> bool:
    return room.complete_until is not None and registration.captured_at < room.complete_until


def _turn(before: SeatOutcome | None) -> Why:
    waited = before is not None and before.standing is Standing.WAITING
    return Why.MOVED_UP if waited else Why.IN_ORDER


def _obstacle(registration: Claimant, free: float) -> Why:
    if registration.seats <= free:
        return Why.BEHIND
    return Why.TOO_MANY if free > 0 else Why.FULL
