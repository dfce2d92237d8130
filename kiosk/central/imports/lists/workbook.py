"""Workbook: a list as XLSX, its cells read as a person sees them."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from kiosk.central.imports.lists.encoding import once
from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.headings import score, understood
from kiosk.central.imports.lists.record import MOST_CELLS, MOST_ROWS, ListFile
from kiosk.central.imports.lists.table import Line, tabled

_MOST_UNPACKED = 60_000_000
"""Bytes of all parts of a workbook; 5,000 rows of 20 columns are 4,000,000."""
_MOST_PARTS = 500
_MOST_BLANK = 20_000
"""Rows of a sheet that are walked through, blank ones too."""
_LOOKED_AT = 15
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError,
    IndexError, AttributeError, OSError, EOFError, SyntaxError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What openpyxl lets through of a file that is no workbook; SyntaxError is of its XML."""


def read(content: bytes) -> ListFile:
    """Read the first sheet that has headings; the others are told."""
    try:
        if not _bearable(content):
            return ListFile(mistakes=[ListMistake(0, "", ListFault.TOO_LARGE)])
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return _read(book)
    except _BROKEN:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.UNREADABLE)])


def _bearable(content: bytes) -> bool:
    """Tell whether unpacking stays within bounds, by what the parts say and by their number."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        return len(parts) <= _MOST_PARTS and sum(part.file_size for part in parts) <= _MOST_UNPACKED


def _read(book: Any) -> ListFile:
    sheets = {sheet.title: list(_lines(sheet)) for sheet in book.worksheets}
    if not sheets:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.NO_ROWS)])
    chosen = max(sheets, key=lambda title: _sure(sheets[title]))
    found = tabled(sheets[chosen])
    others = [title for title, lines in sheets.items() if lines and title != chosen]
    if others:
        found.mistakes.append(ListMistake(0, "", ListFault.OTHER_SHEETS, ", ".join(others)[:200]))
    return found


def _sure(lines: Sequence[Line]) -> int:
    """Tell how many headings a sheet has; of equals the first one is taken."""
    return max((score(understood(cells)) for _line, cells in lines[:_LOOKED_AT]), default=0)


def _lines(sheet: Any) -> Iterator[Line]:
    rows = sheet.iter_rows(max_col=MOST_CELLS, max_row=_MOST_BLANK)
    told = 0
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts
            told += 1
        if told > MOST_ROWS + _LOOKED_AT:
            return


def _text(cell: Any) -> str:
    """Return what a cell shows, a date as ISO, a whole number without a fraction."""
    match cell.value:
        case None:
            return ""
        case bool():
            return "ja" if cell.value else "nej"
        case datetime():
            return _shown(cell.value, str(cell.number_format or ""))
        case date() | time():
            return str(cell.value.isoformat())[:16]
        case timedelta():
            minutes = round(cell.value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case float():
            return f"{cell.value:.10g}"
    return once(str(cell.value))


def _shown(at: datetime, shape: str) -> str:
    """Return a date with its time where the cell shows one, rounded: 18:00 is 17:59:59.99 there."""
    whole = (at + timedelta(seconds=30)).replace(second=0, microsecond=0)
    timed = "h" in shape.lower() or (whole.hour, whole.minute) != (0, 0)
    return whole.isoformat(" ", "minutes") if timed else whole.date().isoformat()
