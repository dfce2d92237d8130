"""Dates as people and programs write them: what they say, and where they could say two things."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from kiosk.central.imports.lists.choices import First
from kiosk.central.imports.lists.day_names import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from kiosk.central.imports.lists.fault import ListFault, Unclear
from kiosk.domain.text import clean_line

YEARS = range(1990, 2100)
"""Years in which there is a programme."""


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """What one cell says of a time."""

    at: datetime
    """Wall clock; with an offset where the text tells one; midnight when `all_day`."""
    all_day: bool
    """Whether only a date stands there."""
    until: datetime | None = None
    """The end, where the cell tells it too."""


def moment(written: str, first: First | None = None) -> ReadMoment:
    """Read one cell: a date, with or without a time, or a stretch of either. Raises Unclear."""
    text = _plainly(written)
    by_number = _counted(text)
    if by_number:
        return by_number
    begins, ends = _ends_of(text)
    start = _one(begins, first)
    return replace(start, until=_until(start, ends, first)) if ends else start


def clock(written: str) -> tuple[time, time | None] | None:
    """Read a cell of time alone, `18:00` or `kl. 18-19.30`; None for words that mean all day."""
    text = _plainly(written)
    if text in _ALL_DAY:
        return None
    found = re.fullmatch(rf"(?:1899-12-3[01] )?{_TIME}(?: ?(?:-|{_UNTIL}) ?{_TIME_2})?", text)
    if re.fullmatch(r"0?[.,]\d+", text):
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60), None
    if not found:
        raise Unclear(ListFault.NOT_A_DATE)
    start = _time(found, "h", "i", "ap")
    return start, _time(found, "h2", "i2", "ap2") if found["h2"] else None


def joined(day: ReadMoment, hours: tuple[time, time | None] | None) -> ReadMoment:
    """Put a date and the times beside it together."""
    if hours is None:
        return day
    starts, ends = hours
    last = day.until or day.at
    until = last.replace(hour=ends.hour, minute=ends.minute) if ends else day.until
    at = day.at.replace(hour=starts.hour, minute=starts.minute)
    return ReadMoment(at, all_day=False, until=until)


_UNTIL = r"till|til|to|until|asti|saakka"
_TIME = r"(?P<h>\d{1,2})(?:[:.](?P<i>\d\d))?(?:[:.]\d\d(?:[.,]\d+)?)? ?(?P<ap>[ap]\.?m\.?)?"
_TIME_2 = r"(?P<h2>\d{1,2})(?:[:.](?P<i2>\d\d))?(?:[:.]\d\d(?:[.,]\d+)?)? ?(?P<ap2>[ap]\.?m\.?)?"
_OFFSET = r"(?P<z>z|utc|gmt|cest|cet|eest|eet|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?)"
_HOURS = re.compile(rf"[t,]? ?{_TIME}(?: ?(?:-|{_UNTIL}) ?{_TIME_2})? ?{_OFFSET}?(?: ?\[[\w/]+\])?")
_COMPACT = re.compile(r"t?(?P<h>\d\d)(?P<i>\d\d)(?:\d\d)? ?(?P<z>z|[+-]\d\d:?\d\d)?")
_NAMED_OFFSETS: Mapping[str, int] = {"z": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2, "eet": 2}
_ALL_DAY = frozenset(
    {"heldag", "hela dagen", "hele dagen", "koko päivä", "koko päivän", "all day", "-", ""}
)
_FILLERS = re.compile(r"\b(?:kl|klo|klockan|klokken|klokka|kello|den|the|at|på|on the|d)\b\.?,?")
_SPOKEN_RANGE = re.compile(rf" (?:{_UNTIL}) (?=\d)|(?:(?<=\d)|(?<=\.)) ?- ?(?=\d)")
_REMARK = re.compile(r"\([^)]*\)$")
_DASHES = str.maketrans("‐‑‒–—−\u2009\u202f\xa0", "------   ")


_D, _M, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
_YY = r"(?P<y>\d{4}|\d\d)"
_PATTERNS = tuple(
    re.compile(rf"(?<!\d){each}(?!\d)")
    for each in (
        rf"{_Y}-{_M}-{_D}",
        rf"{_Y}/{_M}/{_D}",
        rf"{_Y}\.{_M}\.{_D}",
        r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=t|\b)",
        rf"{_D}\. ?{_M}\. ?{_YY}",
        rf"{_D}[/.]{_M}[- ]{_Y}",
        rf"{_D}\.?[ -]?(?:of )?(?P<name>{MONTH})\.?,?[ -]?'?{_YY}",
        rf"(?P<name>{MONTH})\.? {_D}(?:st|nd|rd|th)?,? {_Y}",
        rf"{_Y},? (?P<name>{MONTH})\.? {_D}",
        rf"(?P<a>\d{{1,2}})(?P<by>[/-])(?P<b>\d{{1,2}})(?P=by){_YY}",
    )
)


def _plainly(written: str) -> str:
    """Return a cell in small letters, without the words around a time."""
    text = clean_line(written.translate(_DASHES)).casefold().strip("'\" ")
    return " ".join(_REMARK.sub("", _FILLERS.sub(" ", text)).split())


def _counted(text: str) -> ReadMoment | None:
    """Read a day of a spreadsheet, counted from 1899-12-30, or seconds since 1970."""
    if re.fullmatch(r"[3-7]\d{4}(?:[.,]\d+)?", text):
        days = float(text.replace(",", "."))
        at = datetime(1899, 12, 30) + timedelta(minutes=round(days * 24 * 60))  # noqa: DTZ001 - wall
        return ReadMoment(_checked(at), all_day=days.is_integer())
    if re.fullmatch(r"1\d{9}(?:\d{3})?|[2-3]\d{9}", text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return ReadMoment(_checked(datetime.fromtimestamp(seconds, UTC)), all_day=False)
    return None


def _ends_of(text: str) -> tuple[str, str]:
    """Split a stretch from one date to another; the second is empty where there is none."""
    found = [match for pattern in _PATTERNS for match in [pattern.search(text)] if match]
    if not found:
        raise Unclear(ListFault.NOT_A_DATE)
    match = min(found, key=lambda each: (each.start(), -each.end()))
    later = text[match.end() :]
    if any(pattern.search(later) for pattern in _PATTERNS):
        split = re.search(rf" (?:{_UNTIL}) | ?- ?(?=\D*\d{{1,4}}[-./ ])", later)
        if not split:
            raise Unclear(ListFault.NOT_A_DATE)
        at = match.end() + split.start()
        return text[:at].strip(), text[match.end() + split.end() :].strip()
    short = re.fullmatch(r"(\d{1,2})\.? ?(?:(\d{1,2})\.? ?)?- ?", text[: match.start()])
    told = match.groupdict()
    month = told.get("m") or MONTHS.get(told.get("name") or "")
    if short and month:
        month = short[2] or month
        return f"{short[1]}.{month}.{match['y']}", text[match.start() :]
    return text, ""


def _until(start: ReadMoment, ends: str, first: First | None) -> datetime:
    last = _one(ends, first)
    if last.all_day and not start.all_day:
        return last.at.replace(hour=start.at.hour, minute=start.at.minute)
    return last.at


def _one(text: str, first: First | None) -> ReadMoment:
    """Read one date with what stands around it. Raises Unclear."""
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            day = _day(match, first)
            around = f"{text[: match.start()]} {text[match.end() :]}"
            return _with_hours(day, _without_weekday(around, day))
    raise Unclear(ListFault.NOT_A_DATE)


def _day(match: re.Match[str], first: First | None) -> date:
    told = match.groupdict()
    year = _year(told["y"], told.get("by"), told.get("a"))
    if told.get("a"):
        one, two = int(told["a"]), int(told["b"])
        month, day = (one, two) if _month_first(one, two, told["by"], first) else (two, one)
    else:
        name = told.get("name")
        month, day = MONTHS[name] if name else int(told["m"]), int(told["d"])
    try:
        return _checked(datetime(year, month, day)).date()  # noqa: DTZ001 - wall clock
    except ValueError as error:
        raise Unclear(ListFault.NOT_A_DATE) from error


def _year(written: str, by: str | None, leading: str | None) -> int:
    """Return the year, of this century where two digits stand; not where they may be a day."""
    if len(written) == 2 and by == "-" and len(leading or "") == 2:
        raise Unclear(ListFault.YEAR_OF_TWO)
    return int(written) if len(written) == 4 else 2000 + int(written)


def _month_first(one: int, two: int, by: str, first: First | None) -> bool:
    """Tell whether the month stands first; dashes are Danish, strokes may be anybody's."""
    if max(one, two) > 12 or one == two:
        return two > 12
    if by == "-":
        return False
    if first is None:
        raise Unclear(ListFault.WHICH_FIRST)
    return first is First.MONTH


def _without_weekday(around: str, day: date) -> str:
    """Take the weekday out of what stands around a date, if it is that day's."""
    match = WEEKDAY.search(around)
    if not match:
        return " ".join(around.split())
    if WEEKDAYS[match[1]] != day.weekday():
        raise Unclear(ListFault.OTHER_WEEKDAY)
    return " ".join((around[: match.start()] + around[match.end() :]).split())


def _with_hours(day: date, around: str) -> ReadMoment:
    at = datetime.combine(day, time())
    rest = around.strip(" ,")
    if not rest or rest in _ALL_DAY:
        return ReadMoment(at, all_day=True)
    found = _COMPACT.fullmatch(rest) or _HOURS.fullmatch(rest)
    if not found:
        raise Unclear(ListFault.NOT_A_DATE)
    told = found.groupdict()
    zone = _zone(told.get("z"))
    start = _at(at, found, "h", "i", "ap").replace(tzinfo=zone)
    ends = _at(at, found, "h2", "i2", "ap2").replace(tzinfo=zone) if told.get("h2") else None
    return ReadMoment(start, all_day=False, until=ends)


def _at(midnight: datetime, found: re.Match[str], *names: str) -> datetime:
    """Return the moment of a day; 24:00 is the midnight at its end."""
    if found[names[0]] == "24" and int(found[names[1]] or 0) == 0:
        return midnight + timedelta(days=1)
    return datetime.combine(midnight.date(), _time(found, *names))


def _time(found: re.Match[str], hour: str, minute: str, half: str) -> time:
    told = found.groupdict()
    hours, noon = int(told[hour]), (told.get(half) or "")[:1]
    if noon:
        hours = hours % 12 + 12 * (noon == "p") if 1 <= hours <= 12 else 99
    try:
        return time(hours, int(told[minute] or 0))
    except ValueError as error:
        raise Unclear(ListFault.NOT_A_DATE) from error


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written == "eest":
        return timezone(timedelta(hours=3))
    if written in _NAMED_OFFSETS:
        return timezone(timedelta(hours=_NAMED_OFFSETS[written]))
    sign, hours, minutes = re.fullmatch(  # type: ignore[union-attr] # the pattern found it
        r"(?:utc|gmt)?([+-])(\d\d?):?(\d\d)?", written
    ).groups()
    away = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if away >= timedelta(hours=24):
        raise Unclear(ListFault.NOT_A_DATE)
    return timezone(-away if sign == "-" else away)


def _checked(at: datetime) -> datetime:
    if at.year not in YEARS:
        raise Unclear(ListFault.NOT_A_DATE)
    return at
