"""When: the beginning and the end of an entry, from up to four cells, on the wall of its branch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.central.imports.lists import dates
from kiosk.central.imports.lists.choices import First
from kiosk.central.imports.lists.dates import ReadMoment
from kiosk.central.imports.lists.fault import ListFault, Unclear
from kiosk.central.imports.lists.vocabulary import yes
from kiosk.central.programme import wall

_MOST = 80
_LAST_MINUTE = time(23, 59)

Tell = Callable[[str, ListFault], None]
"""Takes a column and what is wrong with its cell."""


@dataclass(frozen=True, slots=True)
class When:
    """Of one entry; wall clocks of its branch."""

    starts: datetime
    ends: datetime | None
    all_day: bool


@dataclass(frozen=True, slots=True)
class ListClocks:
    """By which clocks the cells of an entry were written, and by which it is shown."""

    written: ZoneInfo
    shown: ZoneInfo
    first: First | None = None


def when(cells: Mapping[str, str], clocks: ListClocks, tell: Tell) -> When | None:
    """Read when an entry is; None, told, where that cannot be said."""
    start = _start(cells, clocks.first, tell)
    if start is None:
        return None
    end, all_day = _end(cells, start, clocks.first, tell), _all_day(cells, tell)
    starts, ends = start.at, end.at if end else None
    if all_day or start.all_day or _whole_days(starts, end):
        if start.all_day and end and not end.all_day and end.at.time() != time():
            tell("ends", ListFault.END_TIME_ALONE)
        return _days(start, end, tell)
    if end and end.all_day:
        ends = end.at.replace(hour=starts.hour, minute=starts.minute, tzinfo=starts.tzinfo)
    shown = _on_wall("starts", starts, clocks, tell)
    over = _on_wall("ends", ends, clocks, tell) if ends and ends != starts else None
    if over and wall.instant(over, clocks.shown) < wall.instant(shown, clocks.shown):
        tell("ends", ListFault.ENDS_EARLY)
    return When(shown, over, all_day=False)


def _start(cells: Mapping[str, str], first: First | None, tell: Tell) -> ReadMoment | None:
    written, beside = cells.get("starts", "").strip(), cells.get("starts_time", "").strip()
    if not written:
        tell("starts", ListFault.MISSING)
        return None
    try:
        start = dates.moment(written[:_MOST], first)
    except Unclear as unclear:
        tell("starts", unclear.fault)
        return None
    try:
        return _with_time(start, beside)
    except Unclear as unclear:
        tell("starts_time", unclear.fault)
        return None


def _with_time(day: ReadMoment, beside: str) -> ReadMoment:
    """Return a moment with the time beside it, unless it tells one itself."""
    told = day.at.tzinfo is not None or day.at.time() != time()
    return day if told or not beside else dates.joined(day, dates.clock(beside[:_MOST]))


def _end(
    cells: Mapping[str, str], start: ReadMoment, first: First | None, tell: Tell
) -> ReadMoment | None:
    """Return the end, from its cells or from the one that tells the beginning."""
    written, beside = cells.get("ends", "").strip(), cells.get("ends_time", "").strip()
    column = "ends" if written else "ends_time"
    try:
        if written:
            day = _date_or_time(written[:_MOST], start, first)
            return _with_time(day, beside)
        if beside:
            hours = dates.clock(beside[:_MOST])
            return _same_day(start, hours[0]) if hours else None
    except Unclear as unclear:
        tell(column, unclear.fault)
        return None
    return ReadMoment(start.until, all_day=start.all_day) if start.until else None


def _date_or_time(written: str, start: ReadMoment, first: First | None) -> ReadMoment:
    try:
        return dates.moment(written, first)
    except Unclear as unclear:
        if unclear.fault is not ListFault.NOT_A_DATE:
            raise
        hours = dates.clock(written)
        if hours is None:
            raise
        return _same_day(start, hours[0])


def _same_day(start: ReadMoment, at: time) -> ReadMoment:
    """Return the end at *at*: of the same day, or past midnight."""
    ends = start.at.replace(hour=at.hour, minute=at.minute)
    later = not start.all_day and ends < start.at
    return ReadMoment(ends + timedelta(days=later), all_day=False)


def _all_day(cells: Mapping[str, str], tell: Tell) -> bool:
    written = cells.get("all_day", "").strip()
    try:
        return bool(written) and yes(written)
    except Unclear as unclear:
        tell("all_day", unclear.fault)
        return False


def _whole_days(starts: datetime, end: ReadMoment | None) -> bool:
    """Tell whether times from midnight to midnight, or to its last minute, mean days."""
    if (
        end is None
        or end.all_day
        or starts.time() != time()
        or end.at.replace(tzinfo=None) <= starts.replace(tzinfo=None)
    ):
        return False
    return end.at.time() == time() or end.at.time().replace(second=0) == _LAST_MINUTE


def _days(start: ReadMoment, end: ReadMoment | None, tell: Tell) -> When:
    """Return whole days; an end at midnight, told as a time, is the end of the day before."""
    first = start.at.replace(hour=0, minute=0, second=0, tzinfo=None)
    if end is None:
        return When(first, None, all_day=True)
    last = end.at.replace(hour=0, minute=0, second=0, tzinfo=None)
    if not end.all_day and end.at.time() == time() and last > first and not start.all_day:
        last -= timedelta(days=1)
    if last < first:
        tell("ends", ListFault.ENDS_EARLY)
    return When(first, last if last > first else None, all_day=True)


def _on_wall(column: str, at: datetime, clocks: ListClocks, tell: Tell) -> datetime:
    """Return what the clock of the branch shows; an hour that is none, or two, is told."""
    if at.tzinfo is None:
        if wall.in_gap(at, clocks.written):
            tell(column, ListFault.NO_SUCH_HOUR)
        elif wall.shown_twice(at, clocks.written):
            tell(column, ListFault.HOUR_TWICE)
        if clocks.written == clocks.shown:
            return at
    return wall.on_wall(at if at.tzinfo else at.replace(tzinfo=clocks.written), clocks.shown)
