"""Table: rows of cells under headings, from a text or a workbook, told apart and counted."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from kiosk.central.imports.lists import headings
from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.record import MOST_CELLS, MOST_ROWS, Heading, ListedEntry, ListFile

_LOOKED_AT = 15
"""Rows from the top among which the headings are."""

Line = tuple[int, Sequence[str]]
"""Where a row stands, and its cells."""


def tabled(lines: Iterable[Line]) -> ListFile:
    """Read rows of cells: the headings wherever they stand at the top, and what is under them."""
    every = (line for line in lines if any(cell.strip() for cell in line[1]))
    head = list(islice(every, _LOOKED_AT))
    if not head:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.NO_ROWS)])
    read = [headings.understood(cells[:MOST_CELLS]) for _line, cells in head]
    top = max(range(len(head)), key=lambda place: (headings.score(read[place]), -place))
    found = ListFile(headings=_without_empty(read[top]))
    _check_headings(found, head[top][0])
    for line, cells in head[:top]:
        shown = " ".join(" ".join(cells).split())[:80]
        found.mistakes.append(ListMistake(line, "", ListFault.ABOVE, shown))
    for each in chain(head[top + 1 :], every):
        if len(found.records) >= MOST_ROWS:
            return ListFile(mistakes=[ListMistake(each[0], "", ListFault.TOO_LARGE)])
        _add(found, each)
    if not found.records and not found.mistakes:
        found.mistakes.append(ListMistake(0, "", ListFault.NO_ROWS))
    return found


def _without_empty(found: list[Heading]) -> list[Heading]:
    """Drop the columns at the end that have no heading."""
    while found and not found[-1].written:
        found.pop()
    return found


def _check_headings(found: ListFile, line: int) -> None:
    columns = {each.column for each in found.headings}
    for name in headings.NEEDED:
        if name not in columns:
            found.mistakes.append(ListMistake(line, name, ListFault.NO_COLUMN))
    for place in headings.repeated(found.headings):
        second = found.headings[place]
        found.mistakes.append(ListMistake(line, second.written, ListFault.SAME_HEADING))
        found.headings[place] = Heading(second.written)


def _add(found: ListFile, line: Line) -> None:
    """Add one row, or say that it has more cells than there are headings."""
    number, cells = line
    surplus = [cell.strip() for cell in cells[len(found.headings) :] if cell.strip()]
    if surplus:
        rest = ", ".join(surplus)[:80]
        found.mistakes.append(ListMistake(number, "", ListFault.TOO_MANY_CELLS, rest))
        return
    pairs = zip(found.headings, cells, strict=False)
    named = {named_cell(heading): cell for heading, cell in pairs if heading.column}
    found.records.append(ListedEntry(number, named))


def named_cell(heading: Heading) -> str:
    """Return under which name the cells of a column are kept: ours, with a language if it has."""
    return f"{heading.column}:{heading.language}" if heading.language else heading.column
