"""A published programme as a list (CSV), read row by row, with every mistake named."""

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.workshop import AUDIENCES

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000

COLUMNS = (
    "branch",
    "title",
    "starts",
    "ends",
    "place",
    "audience",
    "drop_in",
    "sign_up",
    "capacity",
    "source",
)
"""Column names of the first line; their order does not matter, further ones are left alone."""

NEEDED = ("branch", "title", "starts")


class Fault(StrEnum):
    """What can be wrong with a list; the staff page says each in words, with its remedy."""

    UNREADABLE = "unreadable"
    """Not a text file. Save the sheet as CSV."""
    TOO_LARGE = "too_large"
    """More than `MOST_BYTES` or `MOST_ROWS`. Split the list."""
    NO_COLUMN = "no_column"
    """A column that is needed is missing. Name it in the first line."""
    NO_ROWS = "no_rows"
    """There is nothing under the first line."""
    MISSING = "missing"
    """The cell is empty. Fill it in."""
    TOO_LONG = "too_long"
    """The cell has more characters than there is room for. Shorten it."""
    NOT_A_DATE = "not_a_date"
    """Write 2026-01-21T18:00, or 2026-01-21 when no time is known."""
    ENDS_EARLY = "ends_early"
    """The end comes before the beginning. Correct one of them."""
    NOT_YES_OR_NO = "not_yes_or_no"
    """Write ja or nej."""
    NOT_A_NUMBER = "not_a_number"
    """Write a whole number from 0 to 10 000, or leave the cell empty."""
    TWICE = "twice"
    """The same branch, title and beginning as an earlier line. Take one of them out."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend in the list."""

    line: int
    """Line of the file, the first is 1; 0 is the file as a whole."""
    column: str
    """Name of the column, or empty."""
    fault: Fault
    """What is wrong."""
    found: str = ""
    """What stands there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list that can be imported."""

    line: int
    """Where it stands."""
    branch: str
    """Name of the branch, as written."""
    title: str
    """What it is called, in the list's language."""
    starts: datetime
    """Local wall clock; midnight when `all_day`."""
    ends: datetime | None = None
    """Local wall clock."""
    all_day: bool = False
    """Whether only the dates are known."""
    place: str = ""
    """The room."""
    audience: str = ""
    """One of `AUDIENCES`, or the words of the list."""
    sign_up: bool = False
    """Whether a place must be taken."""
    capacity: int = 0
    """Seats; 0 when nothing is said."""
    source: str = ""
    """Where the entry comes from."""
    language: str = "sv"
    """Of the title."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list that was read."""

    rows: tuple[Row, ...]
    """What can be imported, in the order of the file."""
    mistakes: tuple[Mistake, ...]
    """What cannot, and why."""
    digest: str
    """SHA-256 of the file, hexadecimal."""

    @property
    def branch_names(self) -> list[str]:
        """Names of the branches in it, each once, in the order of the file."""
        names: dict[str, str] = {}
        for row in self.rows:
            names.setdefault(row.branch.casefold(), row.branch)
        return list(names.values())

    @property
    def first_day(self) -> date | None:
        """The earliest date in it, or None when it is empty."""
        return min((row.starts.date() for row in self.rows), default=None)

    def days_to(self, wanted: date) -> int:
        """Return by how many days everything moves so that it begins in the week of *wanted*.

        Whole weeks, so that every weekday stays; never before *wanted*.
        """
        if self.first_day is None:
            return 0
        return -(-(wanted - self.first_day).days // 7) * 7


@dataclass(slots=True)
class _Reading:
    """One line on its way to becoming a row."""

    line: int
    cells: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, column: str, fault: Fault) -> None:
        self.mistakes.append(Mistake(self.line, column, fault, self.cells.get(column, "")[:80]))

    def text(self, column: str, most: int) -> str:
        written = " ".join(self.cells.get(column, "").split())
        if len(written) > most:
            self.wrong(column, Fault.TOO_LONG)
        return written[:most]

    def needed(self, column: str, most: int) -> str:
        written = self.text(column, most)
        if not written:
            self.wrong(column, Fault.MISSING)
        return written

    def moment(self, column: str) -> tuple[datetime, bool] | None:
        written = self.text(column, 40)
        if not written:
            return None
        read = _moment(written)
        if read is None:
            self.wrong(column, Fault.NOT_A_DATE)
        return read

    def yes(self, column: str, *, otherwise: bool) -> bool:
        written = self.text(column, 40).casefold()
        if written and written not in _YES | _NO:
            self.wrong(column, Fault.NOT_YES_OR_NO)
        return written in _YES if written else otherwise

    def number(self, column: str) -> int:
        written = self.text(column, 40)
        if written and not re.fullmatch(r"[0-9]{1,4}|10000", written):
            self.wrong(column, Fault.NOT_A_NUMBER)
            return 0
        return int(written or 0)


def read(content: bytes) -> Sheet:
    """Read a list: UTF-8 with or without a mark, or Windows-1252; commas, semicolons or tabs."""
    digest = hashlib.sha256(content).hexdigest()
    if len(content) > MOST_BYTES:
        return Sheet((), (Mistake(0, "", Fault.TOO_LARGE),), digest)
    text = _decoded(content)
    if text is None:
        return Sheet((), (Mistake(0, "", Fault.UNREADABLE),), digest)
    if not text.strip():
        return Sheet((), (Mistake(0, "", Fault.NO_ROWS),), digest)
    try:
        return _sheet(text, digest)
    except csv.Error:
        return Sheet((), (Mistake(0, "", Fault.UNREADABLE),), digest)


def _sheet(text: str, digest: str) -> Sheet:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    names = [_column_name(cell) for cell in next(lines)]
    missing = [Mistake(1, name, Fault.NO_COLUMN) for name in NEEDED if name not in names]
    if missing:
        return Sheet((), tuple(missing), digest)
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    seen: set[tuple[str, str, datetime]] = set()
    end_of_previous = lines.line_num
    for cells in lines:
        line, end_of_previous = end_of_previous + 1, lines.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) + len(mistakes) >= MOST_ROWS:
            return Sheet((), (Mistake(line, "", Fault.TOO_LARGE),), digest)
        reading = _Reading(line, dict(zip(names, cells, strict=False)))
        row = _row(reading, seen)
        rows += [row] if row else []
        mistakes += reading.mistakes
    if not rows and not mistakes:
        mistakes.append(Mistake(0, "", Fault.NO_ROWS))
    return Sheet(tuple(rows), tuple(mistakes), digest)


def _row(reading: _Reading, seen: set[tuple[str, str, datetime]]) -> Row | None:
    """Return the row, or None when something in it is wrong."""
    branch, title = reading.needed("branch", 120), reading.needed("title", 120)
    starts, ends = reading.moment("starts"), reading.moment("ends")
    if starts is None and not reading.text("starts", 40):
        reading.wrong("starts", Fault.MISSING)
    drop_in = reading.yes("drop_in", otherwise=False)
    row = Row(
        line=reading.line,
        branch=branch,
        title=title,
        starts=starts[0] if starts else datetime.min,  # noqa: DTZ901 - wall clock, never kept
        ends=ends[0] if ends else None,
        all_day=bool(starts and starts[1]),
        place=reading.text("place", 120),
        audience=_audience(reading.text("audience", 60)),
        sign_up=reading.yes("sign_up", otherwise=False) and not drop_in,
        capacity=reading.number("capacity"),
        source=reading.text("source", 500),
    )
    if row.ends and row.ends < row.starts:
        reading.wrong("ends", Fault.ENDS_EARLY)
    key = (branch.casefold(), title.casefold(), row.starts)
    if not reading.mistakes and key in seen:
        reading.wrong("title", Fault.TWICE)
    seen.add(key)
    return None if reading.mistakes else row


def _moment(written: str) -> tuple[datetime, bool] | None:
    """Read a date, with whether it has no time; None when it is neither."""
    for pattern, whole_day in _DATES.items():
        try:
            moment = datetime.strptime(written, pattern)  # noqa: DTZ007 - wall clock
        except ValueError:
            continue
        return (moment, whole_day) if moment.year in _YEARS else None
    return None


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _delimiter(text: str) -> str:
    first = text.splitlines()[0]
    return max((",", ";", "\t"), key=first.count)


def _column_name(cell: str) -> str:
    return cell.strip().casefold().replace(" ", "_").replace("-", "_")


def _audience(written: str) -> str:
    return _AUDIENCE_WORDS.get(written.casefold(), written)


_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "kyllä"})
_NO = frozenset({"nej", "nei", "n", "no", "0", "false", "ei"})
_YEARS = range(1990, 2100)
_DATES: Mapping[str, bool] = {
    "%Y-%m-%dT%H:%M": False,
    "%Y-%m-%dT%H:%M:%S": False,
    "%Y-%m-%d %H:%M": False,
    "%Y-%m-%d %H.%M": False,
    "%d.%m.%Y %H:%M": False,
    "%d.%m.%Y %H.%M": False,
    "%d/%m/%Y %H:%M": False,
    "%Y-%m-%d": True,
    "%d.%m.%Y": True,
    "%d/%m/%Y": True,
}
_AUDIENCE_WORDS: Mapping[str, str] = {
    **{audience: audience for audience in AUDIENCES},
    **dict.fromkeys(("barn", "børn", "child", "lapset"), "children"),
    **dict.fromkeys(("familjer", "familj", "familier", "familie", "family", "perheet"), "families"),
    **dict.fromkeys(("unga", "ungdom", "ungdomar", "unge", "youth", "nuoret"), "young"),
    **dict.fromkeys(("vuxna", "vuxen", "voksne", "voksen", "adult", "aikuiset"), "adults"),
    **dict.fromkeys(("seniorer", "senior", "äldre", "ældre", "eldre", "seniorit"), "seniors"),
    **dict.fromkeys(("alla", "alle", "all", "everybody", "kaikki"), "everyone"),
}
