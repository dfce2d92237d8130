"""Entry: one record of a list read into a row, or told why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from kiosk.central.imports.lists import languages, vocabulary
from kiosk.central.imports.lists.choices import Choices, KnownLibrary
from kiosk.central.imports.lists.fault import NOTES, ListFault, ListMistake, Unclear
from kiosk.central.imports.lists.plain import plain, plain_line
from kiosk.central.imports.lists.record import ListedEntry
from kiosk.central.imports.lists.row import Row
from kiosk.central.imports.lists.when import ListClocks, when
from kiosk.central.imports.lists.whereabouts import whereabouts
from kiosk.domain.identity_number import holds_identity_number
from kiosk.domain.text import name_key

_SHOWN = 80
MOST_OF_TEXT = 2_000
"""Characters of a description."""

T = TypeVar("T")


@dataclass(slots=True)
class Reading:
    """A record on its way to becoming a row."""

    record: ListedEntry
    known: KnownLibrary
    choices: Choices
    language: str
    """Of titles that do not say it."""
    told: list[ListMistake] = field(default_factory=list)
    """What is wrong with it, and what is good to know."""

    def tell(self, column: str, fault: ListFault, found: str = "") -> None:
        """Tell what is wrong with a cell."""
        shown = plain_line(found or self.record.cells.get(column, ""))[:_SHOWN]
        self.told.append(ListMistake(self.record.line, column, fault, shown))

    @property
    def wrong(self) -> bool:
        """Tell whether it can be no row."""
        return any(each.fault not in NOTES for each in self.told)

    def text(self, column: str, most: int, *, shorten: bool = False) -> str:
        """Read one line of text; what is too long is told, and cut off where that does no harm."""
        written = plain_line(self.record.cells.get(column, ""))
        if holds_identity_number(written):
            self.tell(column, ListFault.IDENTITY_NUMBER)
        elif len(written) > most:
            self.tell(column, ListFault.SHORTENED if shorten else ListFault.TOO_LONG)
        return written[:most]

    def read(self, column: str, read: Callable[[str], T], otherwise: T) -> T:
        """Read a cell by a rule; what the rule cannot read is told."""
        written = self.text(column, 120)
        try:
            return read(written) if written else otherwise
        except Unclear as unclear:
            self.tell(column, unclear.fault)
            return otherwise


def row(reading: Reading) -> Row | None:
    """Return the row, or None when something in it is wrong."""
    told = reading.read("language", lambda text: languages.languages(text)[0], "")
    language = told or reading.language
    titles, marked = _titles(reading, language)
    place = reading.text("place", 120, shorten=True)
    if vocabulary.says_called_off(place):  # Finnish has one word for a room and for a state
        place, marked = "", True
    where = whereabouts(reading.text("branch", 120), place, reading.known, reading.choices)
    if not where[0]:
        reading.tell("branch", ListFault.NO_BRANCH, place)
    branch, place = where
    times = when(reading.record.cells, _clocks(reading, branch), reading.tell)
    drop_in = reading.read("drop_in", vocabulary.yes, otherwise=False)
    matter: dict[str, Any] = {
        "sign_up": reading.read("sign_up", vocabulary.yes, otherwise=False) and not drop_in,
        "capacity": reading.read("capacity", vocabulary.seats, 0),
        "spoken": reading.read("spoken", languages.languages, tuple[str, ...]()),
        "audience": vocabulary.audience(reading.text("audience", 60, shorten=True)),
        "about": _about(reading, language),
        "cancelled": _called_off(reading, marked=marked),
        "source": reading.text("source", 500, shorten=True),
        "uid": reading.text("uid", 200, shorten=True),
    }
    if reading.wrong or times is None:
        return None
    spoken = language if language in titles else next(iter(titles))
    return Row(
        line=reading.record.line,
        branch=branch,
        title=titles[spoken],
        titles=titles,
        language=spoken,
        starts=times.starts,
        ends=times.ends,
        all_day=times.all_day,
        place=place,
        said=frozenset(name.partition(":")[0] for name in reading.record.cells),
        **matter,
    )


def _titles(reading: Reading, language: str) -> tuple[dict[str, str], bool]:
    """Return the title by language, without the word that calls it off, and whether it had one."""
    told, marks = {}, []
    for name in _named(reading.record.cells, "title"):
        written = reading.text(name, 120)
        bare, marked = vocabulary.without_mark(written)
        marks.append(marked)
        if bare:
            told[name.partition(":")[2] or language] = bare
    if not told:
        reading.tell("title", ListFault.MISSING)
    return told, any(marks)


def _about(reading: Reading, language: str) -> dict[str, str]:
    told = {}
    for name in _named(reading.record.cells, "about"):
        written = plain(reading.record.cells[name])
        if holds_identity_number(written):
            reading.tell(name, ListFault.IDENTITY_NUMBER)
        elif len(written) > MOST_OF_TEXT:
            reading.tell(name, ListFault.SHORTENED)
        if written:
            told[name.partition(":")[2] or language] = written[:MOST_OF_TEXT]
    return told


def _named(cells: Mapping[str, str], column: str) -> list[str]:
    """Name the cells of a column, the ones that tell their language first."""
    found = [name for name in cells if name.partition(":")[0] == column]
    return sorted(found, key=lambda name: ":" not in name)


def _clocks(reading: Reading, branch: str) -> ListClocks:
    known = reading.known.branches.get(name_key(branch))
    own = known[1] if known else reading.choices.zone or reading.known.zone
    shown = ZoneInfo(own)
    written = reading.read("timezone", _zone, shown)
    return ListClocks(written, shown, reading.choices.first)


def _zone(written: str) -> ZoneInfo:
    try:
        return ZoneInfo(written)
    except (KeyError, ValueError, OSError) as error:
        raise Unclear(ListFault.NO_ZONE) from error


def _called_off(reading: Reading, *, marked: bool) -> bool | None:
    """Return whether it was called off; None where nothing says so."""
    told = [True] if marked else []
    if reading.record.cells.get("status", "").strip():
        told.append(reading.read("status", vocabulary.called_off, otherwise=False))
    if reading.record.cells.get("cancelled", "").strip():
        told.append(reading.read("cancelled", vocabulary.yes, otherwise=False))
    return any(told) if told else None
