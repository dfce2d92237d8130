"""Preview: a list held against the programme, as its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.utils.translation import gettext as _

from kiosk.central.imports.comparison import ComparedRow, Comparison, GoneEntry
from kiosk.central.imports.fate import Fate
from kiosk.central.programme.models import Workshop
from kiosk.central.staff.programme.columns import LABELS
from kiosk.central.staff.programme.entries import Entry, entries, previewed
from kiosk.central.tenants import hours
from kiosk.domain.texts import text_for
from kiosk.i18n import Phrases

_TIMES = {"starts", "ends", "all_day"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is another after the import."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the list, or one entry it has no longer."""

    entry: Entry
    """As it will be; of what is gone, as it is."""
    key: str = ""
    """Id of the entry that is here."""
    differences: tuple[Difference, ...] = ()
    people: int = 0
    """Sign-ups that stand."""
    answer: str = ""
    """What staff have said becomes of it, or what can be put forward; one of `Fate`."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that the list would change, in order of time."""

    asked: list[PreviewRow]
    """What may be an entry that is here: staff say so."""
    moved: list[PreviewRow]
    called_off: list[PreviewRow]
    changed: list[PreviewRow]
    new: list[PreviewRow]
    same: list[PreviewRow]
    gone_with_people: list[PreviewRow]
    gone: list[PreviewRow]

    @property
    def nothing(self) -> bool:
        """Tell whether the programme would stay as it is."""
        changes = (self.asked, self.moved, self.called_off, self.changed, self.new)
        return not any(changes) and not self.gone and not self.gone_with_people


def preview(
    found: Comparison, zones: Mapping[str, str], said: Mapping[str, str], speak: Phrases
) -> Preview:
    """Put a comparison in words, with what staff have *said* so far.

    *zones* is the time zone of each branch that is here, by its name.
    """
    lines = sorted(found.lines, key=lambda line: line.values["starts"])
    sorts: dict[str, list[PreviewRow]] = {
        name: [] for name in ("asked", "moved", "called_off", "changed", "new", "same")
    }
    for line in lines:
        zone = hours.clock(zones.get(line.row.branch, found.zone))
        sorts[_sort(line)].append(_shown(line, zone, said, speak))
    gone = [_gone(each, said, speak) for each in found.gone]
    return Preview(
        **sorts,
        gone_with_people=[each for each in gone if each.people],
        gone=[each for each in gone if not each.people],
    )


def _sort(line: ComparedRow) -> str:
    """Name the heading under which a row stands."""
    if line.asked:
        return "asked"
    if line.workshop is None:
        return "new"
    if line.called_off:
        return "called_off"
    if line.moved:
        return "moved"
    return "changed" if line.changes else "same"


def _shown(line: ComparedRow, zone: tzinfo, said: Mapping[str, str], speak: Phrases) -> PreviewRow:
    entry = previewed(line.values, line.row.branch, zone, speak)
    if line.workshop is None:
        return PreviewRow(entry)
    (before,) = entries([line.workshop], {}, speak)
    key = str(line.workshop.pk)
    return PreviewRow(
        entry,
        key=key,
        differences=tuple(_differences(line, before, entry, speak)),
        people=line.people,
        answer=said.get(key, Fate.MOVED if line.likely else ""),
    )


def _gone(gone: GoneEntry, said: Mapping[str, str], speak: Phrases) -> PreviewRow:
    (entry,) = entries([gone.workshop], {}, speak)
    key = str(gone.workshop.pk)
    return PreviewRow(entry, key=key, people=gone.people, answer=said.get(key, ""))


def _differences(
    line: ComparedRow, before: Entry, after: Entry, speak: Phrases
) -> Iterator[Difference]:
    """Yield what is another, each in words before and after."""
    names = ["when" if name in _TIMES else name for name in line.changes]
    for name in dict.fromkeys(names):
        if name in {"title", "when", "branch", "place", "audience"}:
            words = getattr(before, name), getattr(after, name)
        else:
            assert line.workshop is not None  # noqa: S101 - only what is here can change
            words = _words(line.workshop, name, speak), _words(line.values, name, speak)
        yield Difference(str(LABELS[name]), *words)


def _words(of: Workshop | Mapping[str, Any], name: str, speak: Phrases) -> str:
    value = getattr(of, name) if isinstance(of, Workshop) else of[name]
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case dict():
            return text_for(value, speak.language)[:200]
        case list():
            return ", ".join(speak.language_name(each) for each in value)
    return str(value or "")
