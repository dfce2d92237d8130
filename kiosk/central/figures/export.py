"""Export of the figures: rows for spreadsheets and programs, small numbers hidden."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils import timezone

from kiosk.central.figures import queries
from kiosk.central.platform import sheets
from kiosk.central.tenants.models import Branch
from kiosk.central.tenants.period import Period
from kiosk.domain.figures import What

COLUMNS = ("branch", "day", "open", "what", "about", "language", "many")
NEEDS_COLUMNS = (
    *("branch", "day", "open", "language", "need", "topic", "referred_to"),
    *("asked", "solved", "unsolved"),
)
NAMES = ("figures", "needs")
"""What can be exported: everything that is counted, or only what the guide was asked."""

_COUNTED_AS = {What.GUIDE: "asked", What.SOLVED: "solved", What.UNSOLVED: "unsolved"}
_DAYS = 366
"""How far back a command looks."""


def body(name: str, form: str) -> bytes:
    """Return one of `NAMES` of all branches, of the last year, in a form of `sheets.FORMATS`."""
    today = timezone.localdate()
    period = Period(today - timedelta(days=_DAYS), today)
    rows = queries.export(Branch.objects.all(), period)
    if name == "needs":
        return sheets.body(form, NEEDS_COLUMNS, needs(rows))
    return sheets.body(form, COLUMNS, map(numbered, rows), rows)


def numbered(row: Mapping[str, str]) -> dict[str, sheets.Cell]:
    """Return a row whose number is one, where it is told."""
    return {**row, "many": _number(row["many"])}


def needs(rows: Iterable[Mapping[str, str]]) -> Iterable[dict[str, sheets.Cell]]:
    """Return what the guide was asked: one row for each day, need, topic and who can help."""
    found: dict[tuple[str, ...], dict[str, sheets.Cell]] = {}
    for row in rows:
        if row["what"] not in _COUNTED_AS:
            continue
        need, topic, who = (*row["about"].split("/"), "", "")[:3]
        where = (row["branch"], row["day"], row["open"], row["language"], need, topic, who)
        told: dict[str, sheets.Cell] = dict(zip(NEEDS_COLUMNS[: len(where)], where, strict=True))
        told |= dict.fromkeys(_COUNTED_AS.values(), 0)
        counted = found.setdefault(where, told)
        counted[_COUNTED_AS[What(row["what"])]] = _number(row["many"])
    return found.values()


def _number(told: str) -> sheets.Cell:
    return int(told) if told.isdecimal() else told
