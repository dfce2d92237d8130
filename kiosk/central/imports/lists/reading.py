"""Reading: a file in any format becomes a sheet, its mistakes named, none keeping others out."""

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from kiosk.central.imports.lists import calendar_file, feed, separated, workbook
from kiosk.central.imports.lists.choices import Choices, KnownLibrary
from kiosk.central.imports.lists.encoding import decoded
from kiosk.central.imports.lists.entry import Reading, row
from kiosk.central.imports.lists.fault import NOTES, ListFault, ListMistake
from kiosk.central.imports.lists.languages import language_of
from kiosk.central.imports.lists.record import MOST_BYTES, ListedEntry, ListFile
from kiosk.central.imports.lists.row import Row
from kiosk.central.imports.lists.sheet import Sheet

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LISTENED_TO = 200
"""Records whose words tell the language of a list."""
_MARKED_UP = re.compile(r"\s*(?:[{[]\s*[\"{[]|<[!?a-z])", re.IGNORECASE)
"""How a feed or a page of the web begins, though it holds no events."""
_MONTH_FIRST = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])-(?:1[3-9]|2\d|3[01])-\d{4}")
_DASHED = re.compile(r"(?<!\d)(\d{1,2})-(\d{1,2})-(\d{4})")


def read(
    content: bytes,
    known: KnownLibrary | None = None,
    choices: Choices | None = None,
    today: date | None = None,
) -> Sheet:
    """Read a list as the library *known* has it, with what was chosen for it on the page."""
    known, choices = known or KnownLibrary(), choices or Choices()
    digest = hashlib.sha256(content).hexdigest()
    if len(content) > MOST_BYTES:
        return Sheet((), (ListMistake(0, "", ListFault.TOO_LARGE),), digest)
    written = _written(content, today or date.today())  # noqa: DTZ011 - a day is enough
    language = choices.language or written.language or _language(written.records, known.language)
    rows, told = _rows(written, known, choices, language)
    return Sheet(
        rows=tuple(rows),
        mistakes=tuple(each for each in told if each.fault not in NOTES),
        digest=digest,
        notes=tuple(each for each in told if each.fault in NOTES),
        headings=tuple(written.headings),
        unit=written.unit,
        language=language,
    )


def _written(content: bytes, today: date) -> ListFile:
    """Take a file apart by its format, which its first bytes tell."""
    if content.startswith(_OLD):
        return ListFile(mistakes=[ListMistake(0, "", ListFault.OLD_WORKBOOK)])
    if content.startswith(_ZIP):
        return _packed(content)
    text = None if content.startswith(b"%PDF") else decoded(content)
    if text is None:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.UNREADABLE)])
    if not text.strip():
        return ListFile(mistakes=[ListMistake(0, "", ListFault.NO_ROWS)])
    if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR":
        return calendar_file.read(text, today)
    told = feed.found_in(text)
    if told:
        return feed.read(told)
    if _MARKED_UP.match(text):
        return ListFile(mistakes=[ListMistake(0, "", ListFault.UNREADABLE)])
    return separated.read(text)


def _packed(content: bytes) -> ListFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            workbooks = "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return ListFile(mistakes=[ListMistake(0, "", ListFault.UNREADABLE)])
    if not workbooks:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.OLD_WORKBOOK)])
    return workbook.read(content)


def _language(records: Iterable[ListedEntry], otherwise: str) -> str:
    named = {"branch", "title", "audience", "about", "sign_up", "drop_in", "status"}
    heard = islice(records, _LISTENED_TO)
    return language_of(
        (text for each in heard for name, text in each.cells.items() if name in named), otherwise
    )


def _rows(
    written: ListFile, known: KnownLibrary, choices: Choices, language: str
) -> tuple[list[Row], list[ListMistake]]:
    """Read every record; return the rows, and everything there is to tell in order of the file."""
    rows: list[Row] = []
    told = list(written.mistakes)
    if any(each.fault is ListFault.NO_COLUMN for each in told):
        return rows, told
    seen: dict[tuple[str, str, datetime], Row] = {}
    for record in _strokes(written.records):
        reading = Reading(record, known, choices, language)
        found = row(reading)
        if found and _again(found, seen.setdefault(found.key, found)):
            reading.tell("title", ListFault.TWICE)
        elif found:
            rows.append(found)
        told += reading.told
    named = {each.column: each.written for each in reversed(written.headings) if each.column}
    shown = [replace(each, column=named.get(each.column, each.column)) for each in told]
    return _once_named(rows), sorted(shown, key=lambda each: each.line)


def _again(row: Row, earlier: Row) -> bool:
    """Tell whether a row is an earlier one again: its source may hold two at once apart."""
    if row is earlier:
        return False
    return not (row.uid and earlier.uid and row.uid != earlier.uid and row.place != earlier.place)


def _once_named(rows: list[Row]) -> list[Row]:
    """Drop the names that a source gives to more than one entry: they tell none apart."""
    often = Counter(row.uid for row in rows)
    return [replace(row, uid="") if often[row.uid] > 1 else row for row in rows]


def _strokes(records: list[ListedEntry]) -> Iterable[ListedEntry]:
    """Yield the records; where 12-24-2027 stands, 03-04-2027 may be either, as with strokes."""
    moments = ("starts", "ends")
    asked = any(
        _MONTH_FIRST.search(each.cells.get(name, "")) for each in records for name in moments
    )
    for each in records:
        if asked:
            turned = {
                name: _DASHED.sub(r"\1/\2/\3", each.cells[name])
                for name in moments
                if name in each.cells
            }
            yield ListedEntry(each.line, {**each.cells, **turned})
        else:
            yield each
