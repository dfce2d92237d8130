"""Checking in on the day: when and where a sign-up can be, and what stands in the way."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.seats import Standing
from kiosk.domain.workshop import Workshop

EARLY = timedelta(hours=1)
"""How long before it begins one can check in."""


class Hindrance(StrEnum):
    """Why somebody cannot check in."""

    CALLED_OFF = "called_off"
    """It does not take place."""
    NO_PLACE = "no_place"
    """She has no place, as far as is known here."""
    ELSEWHERE = "elsewhere"
    """It is at another branch."""
    NOT_YET = "not_yet"
    """It does not begin soon enough, today or another day."""
    OVER = "over"
    """It has ended."""


def hindrance(
    workshop: Workshop | None, standing: Standing, branch: str, now: datetime
) -> Hindrance | None:
    """Tell what keeps a sign-up from checking in at *branch* at *now*, its wall clock; or None.

    What is in no programme any more is over.
    """
    if workshop is None:
        return Hindrance.OVER
    if workshop.cancelled:
        return Hindrance.CALLED_OFF
    if workshop.over <= now:
        return Hindrance.OVER
    if standing is not Standing.CONFIRMED:
        return Hindrance.NO_PLACE
    if workshop.branch != branch:
        return Hindrance.ELSEWHERE
    return None if _is_on(workshop, now) else Hindrance.NOT_YET


def _is_on(workshop: Workshop, now: datetime) -> bool:
    """Tell whether it begins within the hour, or goes on; a period does so on each of its days."""
    return any(
        opens <= now < closes
        for opens, closes in (_hours(workshop, day) for day in (now.date(), _after(now)))
        if opens and closes
    )


def _hours(workshop: Workshop, day: date) -> tuple[datetime, datetime] | tuple[None, None]:
    """Return from when to when one can check in for *day*; nothing on days when it is not."""
    if workshop.meetings:
        meeting = next((each for each in workshop.meetings if each.starts.date() == day), None)
        return (meeting.starts - EARLY, meeting.ends) if meeting else (None, None)
    last = workshop.ends or workshop.starts
    if not workshop.starts.date() <= day <= max(last, workshop.starts).date():
        return None, None
    midnight = datetime.combine(day, time())
    if workshop.all_day:
        return midnight, midnight + timedelta(days=1)
    opens = datetime.combine(day, workshop.starts.time())
    closes = datetime.combine(day, last.time())
    return opens - EARLY, closes if closes > opens else midnight + timedelta(days=1)


def _after(now: datetime) -> date:
    return now.date() + timedelta(days=1)
