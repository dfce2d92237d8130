"""What staff read about the mistakes in an uploaded list, equal ones in one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.record import MOST_ROWS, PlaceUnit

REMEDIES = {
    ListFault.UNREADABLE: gettext_lazy(
        "This is not a list we can read. Save it as XLSX, CSV or iCalendar."
    ),
    ListFault.OLD_WORKBOOK: gettext_lazy(
        "This is a file of another program, or of an older Excel. Save it as XLSX or CSV."
    ),
    ListFault.TOO_LARGE: gettext_lazy(
        "The list is too long. Divide it: at most %(most)d lines each."
    ),
    ListFault.NO_COLUMN: gettext_lazy("This column is missing. Name it in the first line."),
    ListFault.SAME_HEADING: gettext_lazy(
        "Another column means the same, so this one is left alone. Take one of them out, or "
        "name it otherwise."
    ),
    ListFault.NO_ROWS: gettext_lazy("There is nothing in the list under its first line."),
    ListFault.UNCLOSED_QUOTE: gettext_lazy(
        "A quotation mark is opened here and never closed. Close it, or take it out."
    ),
    ListFault.TOO_MANY_CELLS: gettext_lazy(
        "There are more cells than headings. Put quotation marks around the text with the comma "
        "or semicolon in it."
    ),
    ListFault.BROKEN_ENTRY: gettext_lazy(
        "This entry cannot be read. Enter it anew where it is from."
    ),
    ListFault.MISSING: gettext_lazy("The cell is empty. Fill it in."),
    ListFault.NO_BRANCH: gettext_lazy(
        "Nothing here says at which branch it is. Choose the branch below, or name it in the list."
    ),
    ListFault.TOO_LONG: gettext_lazy("The text is too long. Shorten it."),
    ListFault.IDENTITY_NUMBER: gettext_lazy("Take out the personal identity number."),
    ListFault.NOT_A_DATE: gettext_lazy(
        "Write the date like 2026-01-21T18:00, or 2026-01-21 when there is no time."
    ),
    ListFault.WHICH_FIRST: gettext_lazy(
        "The day may stand first here, or the month. Choose below which, or write the date like "
        "2026-01-21."
    ),
    ListFault.YEAR_OF_TWO: gettext_lazy(
        "The year may stand first here, or last. Write it with four digits."
    ),
    ListFault.OTHER_WEEKDAY: gettext_lazy(
        "The date is on another weekday than the one beside it. Correct one of the two."
    ),
    ListFault.NO_SUCH_HOUR: gettext_lazy(
        "That hour does not exist: the clocks go forward that night. Write another time."
    ),
    ListFault.ENDS_EARLY: gettext_lazy("It ends before it begins. Correct one of the two."),
    ListFault.NOT_YES_OR_NO: gettext_lazy("Write yes or no (ja or nej)."),
    ListFault.NOT_A_NUMBER: gettext_lazy("Write a whole number, or leave the cell empty."),
    ListFault.NO_LANGUAGE: gettext_lazy("Write the language as sv, da, nb, fi or en."),
    ListFault.NO_ZONE: gettext_lazy("Write the time zone like Europe/Stockholm."),
    ListFault.TWICE: gettext_lazy(
        "An earlier line has the same branch, title and beginning. Take one of them out."
    ),
    ListFault.SHORTENED: gettext_lazy(
        "The text is longer than there is room for: its end is cut off."
    ),
    ListFault.HOUR_TWICE: gettext_lazy(
        "The clocks show that hour twice, as they go back that night: the first is taken."
    ),
    ListFault.END_TIME_ALONE: gettext_lazy(
        "There is a time for the end and none for the beginning: it is taken as whole days."
    ),
    ListFault.ENDLESS: gettext_lazy("It is repeated without an end: one year of it is taken."),
    ListFault.UNSURE: gettext_lazy(
        "It is marked as a draft or not certain: it is taken as happening."
    ),
    ListFault.STATUS_UNKNOWN: gettext_lazy(
        "This status says nothing to us: it is taken as happening."
    ),
    ListFault.ABOVE: gettext_lazy("This stands above the headings and is left alone."),
    ListFault.OTHER_SHEETS: gettext_lazy("These sheets of the workbook are left alone."),
    ListFault.NOT_EVENTS: gettext_lazy("These are no events and are left alone."),
}

_SHOWN = 3
"""Different cells that are shown of equal mistakes."""


@dataclass(frozen=True, slots=True)
class FaultMessage:
    """Mistakes of one kind in one column, in words."""

    where: str
    """Lines and column."""
    found: str
    """What stands there, the first few."""
    remedy: str
    """What to do."""


def told(mistakes: Iterable[ListMistake], unit: PlaceUnit = PlaceUnit.LINE) -> list[FaultMessage]:
    """Say mistakes in words, those of the same kind in the same column together."""
    groups: dict[tuple[ListFault, str], list[ListMistake]] = {}
    for each in mistakes:
        groups.setdefault((each.fault, each.column), []).append(each)
    return [_told(fault, column, group, unit) for (fault, column), group in groups.items()]


def _told(fault: ListFault, column: str, group: list[ListMistake], unit: PlaceUnit) -> FaultMessage:
    remedy = str(REMEDIES[fault])
    if fault is ListFault.TOO_LARGE:
        remedy %= {"most": MOST_ROWS}
    different = list(dict.fromkeys(each.found for each in group if each.found))
    found = " · ".join(different[:_SHOWN]) + (" …" if len(different) > _SHOWN else "")
    lines = sorted({each.line for each in group if each.line})
    where = _lines(lines, unit) if lines else _("The whole file")
    return FaultMessage(f"{where}, {column}" if column else where, found, remedy)


def _lines(lines: list[int], unit: PlaceUnit) -> str:
    """Name lines, those in a row by the first and the last of them."""
    if len(lines) == 1:
        one = {PlaceUnit.LINE: _("Line %(line)d"), PlaceUnit.ENTRY: _("Entry %(line)d")}
        return one[unit] % {"line": lines[0]}
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    named = ", ".join("–".join(map(str, run)) for run in runs)
    many = {PlaceUnit.LINE: _("Lines %(lines)s"), PlaceUnit.ENTRY: _("Entries %(lines)s")}
    return many[unit] % {"lines": named}
