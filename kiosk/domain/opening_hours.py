"""When a branch is open, and when somebody works there; what nobody has entered is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class Openness(StrEnum):
    """What a visitor finds at the door."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    UNSTAFFED = "unstaffed"
    STAFFED = "staffed"


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of a weekday during which a branch is open; it may end on the next."""

    weekday: int
    """Monday is 0; the day on which it begins."""
    opens: time
    """First minute, local wall clock."""
    closes: time
    """First minute after; not later than `opens`, it is on the next day."""
    staffed: bool = False
    """Whether somebody works there."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The week of a branch, and the dates on which it does not hold."""

    week: tuple[Hours, ...] = ()
    """Stretches may overlap: a staffed one inside a longer unstaffed one. Without any, nobody
    knows when the branch is open."""
    closed: tuple[date, ...] = ()
    """Dates on which nobody gets in; whoever came in the evening before stays until it ends."""

    @property
    def known(self) -> bool:
        """Whether anybody has said when the branch is open."""
        return bool(self.week)

    def at(self, now: datetime) -> tuple[Openness, datetime | None]:
        """Tell what holds at *now* (local wall clock), and when that changes.

        The second value is None when nothing changes within a day, or nothing is known.
        """
        found = self._openness(now)
        changes = (each for each in self._moments(now) if self._openness(each) is not found)
        return found, next(changes, None)

    def closes_at(self, now: datetime) -> datetime | None:
        """Return the moment today's visitors must have left.

        None when closed or not known at *now*, and when it stays open for a day.
        """
        if self._openness(now) in {Openness.CLOSED, Openness.UNKNOWN}:
            return None
        ends = (each for each in self._moments(now) if self._openness(each) is Openness.CLOSED)
        return next(ends, None)

    def _moments(self, now: datetime) -> list[datetime]:
        """List the moments of the next day at which something may change, the first one first."""
        ends = {moment for each in self._around(now) for moment in each[:2]}
        return sorted(each for each in ends if now < each <= now + _DAY)

    def _openness(self, moment: datetime) -> Openness:
        running = [each for each in self._around(moment) if each[0] <= moment < each[1]]
        if running:
            return Openness.STAFFED if any(each[2] for each in running) else Openness.UNSTAFFED
        known = self.known or moment.date() in self.closed
        return Openness.CLOSED if known else Openness.UNKNOWN

    def _around(self, moment: datetime) -> Iterator[tuple[datetime, datetime, bool]]:
        """Yield beginning, end and staffing of what begins the day before, that day and after."""
        for days in (-1, 0, 1):
            day = moment.date() + timedelta(days=days)
            for each in self.week if day not in self.closed else ():
                if each.weekday == day.weekday():
                    opens, closes = (
                        datetime.combine(day, end) for end in (each.opens, each.closes)
                    )
                    yield opens, closes if closes > opens else closes + _DAY, each.staffed
