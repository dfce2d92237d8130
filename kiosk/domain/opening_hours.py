"""When a branch is open, and when somebody works there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Openness(StrEnum):
    """What a visitor finds at the door."""

    CLOSED = "closed"
    UNSTAFFED = "unstaffed"
    STAFFED = "staffed"


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of a weekday during which a branch is open."""

    weekday: int
    """Monday is 0."""
    opens: time
    """First minute, local wall clock."""
    closes: time
    """First minute after; `00:00` is midnight at the end of the day."""
    staffed: bool = False
    """Whether somebody works there."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The week of a branch, and the dates on which it does not hold."""

    week: tuple[Hours, ...] = ()
    """Stretches may overlap: a staffed one inside a longer unstaffed one."""
    closed: tuple[date, ...] = ()
    """Dates on which nobody gets in."""

    def at(self, now: datetime) -> tuple[Openness, datetime | None]:
        """Tell what holds at *now* (local wall clock), and when that changes today.

        The second value is None when nothing changes before midnight.
        """
        found = self._openness(now)
        ends = sorted({moment for each in self._today(now) for moment in _ends(each, now)})
        changes = (moment for moment in ends if moment > now)
        return found, next((each for each in changes if self._openness(each) is not found), None)

    def closes_at(self, now: datetime) -> datetime | None:
        """Return the moment today's visitors must have left.

        None when closed at *now*, and when it stays open through midnight.
        """
        moment = now
        while self._openness(moment) is not Openness.CLOSED:
            running = [end for each in self._today(moment) for end in _ends(each, now)[1:]]
            later = [end for end in running if end > moment]
            if not later:
                return None
            moment = min(later)
        return moment if moment > now else None

    def _today(self, now: datetime) -> list[Hours]:
        if now.date() in self.closed:
            return []
        return [each for each in self.week if each.weekday == now.weekday()]

    def _openness(self, now: datetime) -> Openness:
        running = [
            each
            for each in self._today(now)
            for opens, closes in [_ends(each, now)]
            if opens <= now < closes
        ]
        if not running:
            return Openness.CLOSED
        return Openness.STAFFED if any(each.staffed for each in running) else Openness.UNSTAFFED


def _ends(hours: Hours, now: datetime) -> tuple[datetime, datetime]:
    opens = datetime.combine(now.date(), hours.opens)
    closes = datetime.combine(now.date(), hours.closes)
    return opens, closes if closes > opens else closes + timedelta(days=1)
