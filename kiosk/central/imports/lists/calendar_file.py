"""Calendar file: a list as iCalendar (RFC 5545), its series taken apart into single dates."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from icalendar import Calendar
from icalendar.timezone import tzp

from kiosk.central.imports.lists import series
from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.record import MOST_ROWS, Heading, ListedEntry, ListFile, PlaceUnit

_MEANT = {
    "summary": "title",
    "dtstart": "starts",
    "dtend": "ends",
    "duration": "ends",
    "location": "place",
    "description": "about",
    "status": "status",
    "uid": "uid",
    "url": "source",
    "rrule": "starts",
    "rdate": "starts",
    "exdate": "starts",
    "recurrence-id": "starts",
}
_TECHNICAL = {
    "dtstamp", "created", "last-modified", "sequence", "transp", "class", "priority", "comment",
}  # fmt: skip
_EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*$(.*?)^END:VEVENT[ \t]*$", re.I | re.M | re.S)
_ZONE = re.compile(r"^BEGIN:VTIMEZONE[ \t]*$.*?^END:VTIMEZONE[ \t]*$", re.I | re.M | re.S)
_OTHER = re.compile(r"^BEGIN:(VTODO|VJOURNAL|VFREEBUSY)[ \t]*$", re.I | re.M)
_one_at_a_time = Lock()
"""icalendar keeps the zones of a file for the whole program: one file must not see another's."""


@dataclass(slots=True)
class _Told:
    """One event of the file."""

    line: int
    event: Any
    """Of icalendar, whose properties have a type for each name."""
    moved: dict[datetime, "_Told"] = field(default_factory=dict)
    """Single dates of the series that the file tells otherwise, by when they were to begin."""


def read(text: str, today: date) -> ListFile:
    """Read every event; one that cannot be read keeps no other out.

    Of a series without an end it reads what comes within a year of *today*.
    """
    found = ListFile(unit=PlaceUnit.LINE)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    with _one_at_a_time:
        tzp.use_default()
        told = list(_events(text, found))
        for each in _series(told):
            try:
                found.records += list(_records(each, found, today))
            except (ValueError, TypeError, OverflowError, KeyError, AttributeError):
                _broken(each, found)
    if len(found.records) > MOST_ROWS:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.TOO_LARGE)])
    others = _OTHER.findall(text)
    if others:
        shown = ", ".join(sorted({each.upper() for each in others}))
        found.mistakes.append(ListMistake(0, "", ListFault.NOT_EVENTS, shown))
    if not found.records and not found.mistakes:
        found.mistakes.append(ListMistake(0, "", ListFault.NO_ROWS))
    found.headings = _headings(told)
    return found


def _events(text: str, found: ListFile) -> Iterator[_Told]:
    zones = "\n".join(_ZONE.findall(text))
    if zones:
        _parsed(zones)
    line, counted_to = 1, 0
    for match in _EVENT.finditer(text):
        line, counted_to = line + text.count("\n", counted_to, match.start()), match.start()
        calendar = _parsed(match.group())
        events = calendar.walk("VEVENT") if calendar else []
        if not events or not _says_when(events[0]):
            shown = re.search(r"^SUMMARY[^:]*:(.*)$", match.group(), re.I | re.M)
            found.mistakes.append(
                ListMistake(line, "", ListFault.BROKEN_ENTRY, shown[1][:80] if shown else "")
            )
            continue
        yield _Told(line, events[0])


def _says_when(event: Any) -> bool:
    """Tell whether an event says, once and as a date, when it begins or was to begin."""
    told = [event[name] for name in ("DTSTART", "RECURRENCE-ID") if name in event]
    try:
        return "DTSTART" in event and all(isinstance(each.dt, date) for each in told)
    except (ValueError, AttributeError):
        return False


def _parsed(block: str) -> Calendar | None:
    try:
        return Calendar.from_ical(f"BEGIN:VCALENDAR\n{block}\nEND:VCALENDAR")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _broken(each: _Told, found: ListFile) -> None:
    shown = _said(each.event, "SUMMARY")[:80]
    found.mistakes.append(ListMistake(each.line, "", ListFault.BROKEN_ENTRY, shown))


def _series(told: Iterable[_Told]) -> list[_Told]:
    """Put each date that was moved with the series it belongs to."""
    every = list(told)
    heads: dict[str | int, _Told] = {
        _said(each.event, "UID") or each.line: each for each in every if not _of(each)
    }
    found = []
    for each in every:
        of = _of(each)
        head = heads.get(_said(each.event, "UID") or each.line)
        if of is None or head is None or ("RRULE" not in head.event and "RDATE" not in head.event):
            found.append(each)
        else:
            head.moved[series.on_its_wall(of, head.event["DTSTART"].dt)] = each
    return found


def _of(each: _Told) -> date | datetime | None:
    return each.event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in each.event else None


def _records(told: _Told, found: ListFile, today: date) -> Iterator[ListedEntry]:
    """Yield one record for each date of an event."""
    starts = told.event["DTSTART"].dt
    uid = _said(told.event, "UID")
    if "RRULE" not in told.event and "RDATE" not in told.event:
        of = _of(told)
        yield _record(told, starts, f"{uid}/{series.wall(of).isoformat()}" if of and uid else uid)
        return
    dates, endless = series.dates(told.event, today)
    if endless:
        found.mistakes.append(
            ListMistake(told.line, "", ListFault.ENDLESS, _said(told.event, "SUMMARY")[:80])
        )
    for at in dates:
        moved = told.moved.pop(at, None)
        known_as = f"{uid}/{at.isoformat()}" if uid else ""
        yield _record(
            moved or told, moved.event["DTSTART"].dt if moved else series.like(at, starts), known_as
        )
    for at, moved in told.moved.items():
        yield _record(moved, moved.event["DTSTART"].dt, f"{uid}/{at.isoformat()}")


def _record(told: _Told, starts: date | datetime, uid: str) -> ListedEntry:
    event = told.event
    cells = {
        "title": _said(event, "SUMMARY"),
        "starts": _text(starts),
        "ends": _text(_end(event, starts)),
        "place": _said(event, "LOCATION"),
        "about": _said(event, "DESCRIPTION"),
        "uid": uid,
        "source": _said(event, "URL"),
    }
    if "STATUS" in event:
        cells["status"] = _said(event, "STATUS")
    return ListedEntry(told.line, cells)


def _end(event: Any, starts: date | datetime) -> date | datetime | None:
    """Return the end of the date that begins at *starts*, a whole day's own last day."""
    first = event["DTSTART"].dt
    if "DTEND" in event:
        length = series.wall_in(event["DTEND"].dt, first) - series.wall(first)
    elif "DURATION" in event:
        length = event["DURATION"].dt
    else:
        return None
    if isinstance(starts, datetime):
        ends = starts + length
        return ends if length else None
    return starts + max(length - timedelta(days=1), timedelta())


def _said(event: Any, name: str) -> str:
    """Return a property, the first where it stands more than once."""
    return str(next(iter(series.every(event.get(name))), ""))


def _text(at: date | datetime | None) -> str:
    if at is None:
        return ""
    return at.isoformat(" ", "seconds") if isinstance(at, datetime) else at.isoformat()


def _headings(told: Iterable[_Told]) -> list[Heading]:
    names = {name.casefold(): None for each in told for name in each.event}
    shown = [name for name in names if name not in _TECHNICAL and not name.startswith("x-")]
    return [Heading(name.upper(), _MEANT.get(name, "")) for name in shown]
