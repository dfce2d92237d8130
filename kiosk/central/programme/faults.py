"""What staff read about each mistake in an uploaded list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiosk.central.programme.imports import MOST_ROWS, Fault, Mistake

REMEDIES = {
    Fault.UNREADABLE: gettext_lazy("This is not a list we can read. Save the sheet as CSV."),
    Fault.TOO_LARGE: gettext_lazy("The list is too long. Divide it: at most %(most)d lines each."),
    Fault.NO_COLUMN: gettext_lazy("This column is missing. Name it in the first line."),
    Fault.NO_ROWS: gettext_lazy("There is nothing in the list under its first line."),
    Fault.MISSING: gettext_lazy("The cell is empty. Fill it in."),
    Fault.TOO_LONG: gettext_lazy("The text is too long. Shorten it."),
    Fault.NOT_A_DATE: gettext_lazy(
        "Write the date like 2026-01-21T18:00, or 2026-01-21 when there is no time."
    ),
    Fault.ENDS_EARLY: gettext_lazy("It ends before it begins. Correct one of the two."),
    Fault.NOT_YES_OR_NO: gettext_lazy("Write yes or no (ja or nej)."),
    Fault.NOT_A_NUMBER: gettext_lazy("Write a whole number, or leave the cell empty."),
    Fault.TWICE: gettext_lazy(
        "An earlier line has the same branch, title and beginning. Take one of them out."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One mistake in words."""

    where: str
    """Line and column."""
    found: str
    """What stands there."""
    remedy: str
    """What to do."""


def told(mistake: Mistake) -> Told:
    """Say one mistake in words."""
    remedy = str(REMEDIES[mistake.fault])
    if mistake.fault is Fault.TOO_LARGE:
        remedy %= {"most": MOST_ROWS}
    return Told(_where(mistake), mistake.found, remedy)


def _where(mistake: Mistake) -> str:
    if not mistake.line:
        return _("The whole file")
    if not mistake.column:
        return _("Line %(line)d") % {"line": mistake.line}
    return _("Line %(line)d, %(column)s") % {"line": mistake.line, "column": mistake.column}
