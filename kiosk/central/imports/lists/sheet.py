"""Sheet: a list that was read."""

from dataclasses import dataclass
from datetime import date

from kiosk.central.imports.lists.fault import ListMistake
from kiosk.central.imports.lists.record import Heading, PlaceUnit
from kiosk.central.imports.lists.row import Row
from kiosk.domain.text import name_key


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list that was read."""

    rows: tuple[Row, ...]
    """What can be imported, in the order of the file."""
    mistakes: tuple[ListMistake, ...]
    """What cannot, and why."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    notes: tuple[ListMistake, ...] = ()
    """What is good to know and keeps no row out."""
    headings: tuple[Heading, ...] = ()
    """Its columns, and what they were taken for."""
    unit: PlaceUnit = PlaceUnit.LINE
    """What its numbers count."""
    language: str = ""
    """Of its titles where they say nothing else."""

    @property
    def branch_names(self) -> list[str]:
        """Names of the branches in it, each once, in the order of the file."""
        names: dict[str, str] = {}
        for row in self.rows:
            names.setdefault(name_key(row.branch), row.branch)
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
