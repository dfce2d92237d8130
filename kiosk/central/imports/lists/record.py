"""Record: one entry as a format yields it, before anybody asks what its texts mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.central.imports.lists.fault import ListMistake

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_CELLS = 200
"""Cells of one row that are looked at."""


class PlaceUnit(StrEnum):
    """What the numbers of a list count."""

    LINE = "line"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the list."""

    written: str
    """As the list names it."""
    column: str = ""
    """What it was taken for, one of our columns; empty when it is left alone."""
    language: str = ""
    """Of its texts, where the heading says so."""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry as a format yields it: texts, by our names of the columns."""

    line: int
    """Where it stands."""
    cells: Mapping[str, str]
    """What stands there; a column that the list has not is not among them."""


@dataclass(slots=True)
class ListFile:
    """A file as its format yields it, before anybody asks what its texts mean."""

    unit: PlaceUnit = PlaceUnit.LINE
    """What the numbers of its records count."""
    headings: list[Heading] = field(default_factory=list)
    """Its columns, in order."""
    records: list[ListedEntry] = field(default_factory=list)
    """Its entries, in order."""
    mistakes: list[ListMistake] = field(default_factory=list)
    """What could not be taken apart."""
    language: str = ""
    """Of its texts, where the file says so."""
