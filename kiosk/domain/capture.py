"""When something truly happened at a kiosk, whatever its wall clock said.

Within one boot a monotonic clock goes evenly, so once central has heard of a boot, every moment of
it is known. Of a boot that central never heard of, only the wall clock tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

CLOSE = timedelta(minutes=2)
"""Clocks that differ by less agree: a request takes a while, and moments are told to the minute."""
_MOST_MS = 100 * 365 * 86_400_000
"""No kiosk runs for a hundred years."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What central has heard of one boot of a kiosk."""

    boot: str
    """Its name."""
    started_at: datetime
    """When, by central's clock, the kiosk's monotonic clock stood at zero."""
    wall_offset: timedelta | None
    """Central's clock minus the kiosk's wall clock; None when it told no time."""


@dataclass(frozen=True, slots=True)
class CapturedMoment:
    """When something happened, and how well that is known."""

    at: datetime
    """To the minute, as kiosks tell it, so that it cannot be laid beside the door's record."""
    exactly: bool
    """False when it is only estimated."""


def zero_of(now: datetime, mono_ms: int) -> datetime | None:
    """Return when a monotonic clock that shows *mono_ms* at *now* stood at zero, or None."""
    if not 0 <= mono_ms <= _MOST_MS:
        return None
    try:
        return now - timedelta(milliseconds=mono_ms)
    except OverflowError:
        return None


def better_zero(known: datetime, seen: datetime) -> datetime:
    """Return which of two findings of the same boot's zero to believe.

    A request only ever arrives later than it was sent, so the earlier finding is nearer; one that
    is later by more than that takes means that the clock stood still, as it does in sleep.
    """
    return seen if seen < known or seen - known > CLOSE else known


def true_moment(
    told: datetime, boot: str, mono_ms: int, heard: Sequence[Heard], arrived: datetime
) -> CapturedMoment:
    """Correct *told*, the wall clock's word for when *boot* had run for *mono_ms*.

    *heard* are the boots of that kiosk, the latest first. Nothing is later than it *arrived*.
    """
    latest = _to_the_minute(arrived)
    same = next((each for each in heard if each.boot == boot), None)
    exact = same and _after(same.started_at, mono_ms)
    if exact and exact <= arrived + CLOSE:
        at = told if abs(exact - told) <= CLOSE else _to_the_minute(exact)
        return CapturedMoment(min(at, latest), exactly=True)
    offset = next((each.wall_offset for each in heard if each.wall_offset is not None), None)
    return CapturedMoment(min(_estimated(told, offset or timedelta()), latest), exactly=False)


def _after(started_at: datetime, mono_ms: int) -> datetime | None:
    if not 0 <= mono_ms <= _MOST_MS:
        return None
    return started_at + timedelta(milliseconds=mono_ms)


def _estimated(told: datetime, offset: timedelta) -> datetime:
    if abs(offset) <= CLOSE:
        return told
    try:
        return _to_the_minute(told + offset)
    except OverflowError:
        return told


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
