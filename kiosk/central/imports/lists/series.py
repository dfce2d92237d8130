"""Series: the dates of an event that repeats (RFC 5545: RRULE, RDATE, EXDATE)."""

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rruleset, rrulestr

from kiosk.central.imports.lists.record import MOST_ROWS

_ENDLESS = timedelta(days=366)
"""How much is read of a series without an end."""
_MOST_DATES = 400
"""Of one series without an end: one a day for a year."""
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


def dates(event: Any, today: date) -> tuple[list[datetime], bool]:
    """List when each date of a series begins, on the wall of its zone, and tell if it has no end.

    Of one without an end: what comes within a year of *today*. Raises ValueError for a series that
    repeats by the hour or oftener.
    """
    starts = event["DTSTART"].dt
    first = wall(starts)
    rules = rruleset()
    rules.rdate(first)
    endless = False
    for rule in every(event.get("RRULE")):
        if _TOO_OFTEN & set(rule["FREQ"]):
            raise ValueError(rule)
        endless = endless or not ("COUNT" in rule or "UNTIL" in rule)
        rules.rrule(rrulestr(_without_zone(rule, starts), dtstart=first))  # type: ignore[arg-type] # one rule
    for name, take in (("RDATE", rules.rdate), ("EXDATE", rules.exdate)):
        for listed in every(event.get(name)):
            for each in listed.dts:
                take(on_its_wall(each.dt, starts))
    if not endless:
        return list(islice(rules, MOST_ROWS + 1)), False
    since = max(datetime.combine(today, time()), first)
    return list(rules.between(since, since + _ENDLESS, inc=True))[:_MOST_DATES], True


def _without_zone(rule: Any, starts: date | datetime) -> str:
    """Return a rule whose end stands on the wall of its zone, as its beginning does."""
    parts = dict(rule)
    until = next(iter(every(parts.pop("UNTIL", None))), None)
    text = str(type(rule)(parts).to_ical().decode())
    if until is None:
        return text
    last = on_its_wall(until, starts)
    if not isinstance(until, datetime) and isinstance(starts, datetime):
        last = datetime.combine(until, time.max)
    return f"{text};UNTIL={last:%Y%m%dT%H%M%S}"


def every(value: Any) -> list[Any]:
    """List the values of a property that may stand once, often or not at all."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def wall(at: date | datetime) -> datetime:
    """Return what the clock of its own zone shows at *at*; midnight for a day."""
    if isinstance(at, datetime):
        return at.replace(tzinfo=None)
    return datetime.combine(at, time())


def wall_in(at: Any, like: date | datetime) -> datetime:
    """Return *at* on the wall of the zone in which *like* stands."""
    at = at[0] if isinstance(at, tuple) else at
    if isinstance(at, datetime) and at.tzinfo and isinstance(like, datetime) and like.tzinfo:
        return at.astimezone(like.tzinfo).replace(tzinfo=None)
    return wall(at)


def on_its_wall(at: Any, starts: date | datetime) -> datetime:
    """Return the date of a series that *at* means; a bare date is the one on that day."""
    if isinstance(starts, datetime) and isinstance(at, date) and not isinstance(at, datetime):
        return datetime.combine(at, starts.time())
    return wall_in(at, starts)


def like(at: datetime, starts: date | datetime) -> date | datetime:
    """Return a date of a series as its first one stands: in its zone, or as a whole day."""
    return at.replace(tzinfo=starts.tzinfo) if isinstance(starts, datetime) else at.date()
