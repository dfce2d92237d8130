"""Separated: a list as text, one row a line, its cells between commas, semicolons or tabs."""

import csv
import io
import re
from collections.abc import Iterator

from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.headings import score, understood
from kiosk.central.imports.lists.record import MOST_CELLS, ListFile
from kiosk.central.imports.lists.table import Line, tabled

_SEPARATORS = (",", ";", "\t", "|")
_MOST_LINES = 60
"""Of one row; a quotation mark that none closes within them was never closed."""
_HEAD = 10


def read(text: str) -> ListFile:
    """Read a list whose rows are lines; a row that cannot be told apart keeps no other out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = _separator(lines)
    skipped = 1 if _told(lines) else 0
    mistakes: list[ListMistake] = []
    found = tabled(_rows(lines, skipped, separator, mistakes))
    if any(each.fault is ListFault.TOO_LARGE for each in found.mistakes):
        return found
    found.mistakes += mistakes
    if mistakes:
        found.mistakes = [each for each in found.mistakes if each.fault is not ListFault.NO_ROWS]
    return found


def _separator(lines: list[str]) -> str:
    """Return what tells most headings apart in the first lines, of equals what stands most."""
    told = _told(lines)
    if told:
        return told
    head = [line for line in lines[:200] if line.strip()][:_HEAD]
    return max(
        _SEPARATORS, key=lambda each: max((_sure(line, each) for line in head), default=(0, 0))
    )


def _told(lines: list[str]) -> str:
    """Return what Excel's own first line says, `sep=;`."""
    first = lines[0].strip().casefold()
    return first[4] if first.startswith("sep=") and first[4:] in _SEPARATORS else ""


def _sure(line: str, separator: str) -> tuple[int, int]:
    cells = _cells(line, separator) or line.split(separator)
    return score(understood(cells[:MOST_CELLS])), len(cells)


def _rows(
    lines: list[str], place: int, separator: str, mistakes: list[ListMistake]
) -> Iterator[Line]:
    """Yield each row with the number of its first line, and tell those that fall apart."""
    width = 0
    while place < len(lines):
        taken, cells = _row(lines, place, separator, width)
        if cells is None:
            shown = lines[place].strip()[:80]
            mistakes.append(ListMistake(place + 1, "", ListFault.UNCLOSED_QUOTE, shown))
        elif cells:
            width = width or len(cells)
            yield place + 1, cells
        place += taken


def _row(lines: list[str], place: int, separator: str, width: int) -> tuple[int, list[str] | None]:
    """Return of how many lines a row is, and its cells; None where a quotation mark stays open."""
    first = lines[place]
    alone = _cells(first, separator)
    if alone is None and first.count('"') % 2 == 0:
        alone = _loose(first, separator)
    if alone is not None:
        return 1, alone
    for taken in range(2, min(_MOST_LINES, len(lines) - place) + 1):
        if '"' not in lines[place + taken - 1]:
            continue
        cells = _cells("\n".join(lines[place : place + taken]), separator)
        if cells is not None:
            within = lines[place + 1 : place + taken - 1]
            least = max(2, width or len(cells))
            swallowed = any(len(each.split(separator)) >= least for each in within)
            return (1, None) if swallowed else (taken, cells)
    return 1, None


def _loose(row: str, separator: str) -> list[str]:
    """Take a line apart in which quotation marks stand within quoted cells, as people type them.

    Such a cell ends where a quotation mark stands before a separator.
    """
    mark = re.escape(separator)
    cell = re.compile(
        rf'"((?:[^"]|"(?!\s*(?:{mark}|$)))*)"\s*(?:{mark}|$)|([^{mark}]*)(?:{mark}|$)'
    )
    found = []
    place = 0
    while place <= len(row):
        match = cell.match(row, place)
        if match is None:
            break
        found.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        place = match.end() if match.end() > place else len(row) + 1
        if match.end() == len(row) and not row.endswith(separator):
            break
    return found


def _cells(row: str, separator: str) -> list[str] | None:
    """Take one row apart; None where its quotation marks do not pair."""
    try:
        found = list(csv.reader(io.StringIO(row, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    if len(found) > 1:
        return None
    return found[0] if found else []
