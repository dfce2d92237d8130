"""Export of the figures: rows as CSV or JSON, small numbers hidden."""

import csv
import json
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO

from django.utils import timezone

from kiosk.central.branches.models import Branch
from kiosk.central.figures import queries

COLUMNS = ("branch", "day", "open", "what", "about", "language", "many")
_DAYS = 366
"""How far back a command looks."""


def text(form: str) -> str:
    """Return the figures of all branches of the last year as `csv` or `json`."""
    today = timezone.localdate()
    period = queries.Period(today - timedelta(days=_DAYS), today)
    rows = queries.export(Branch.objects.all(), period)
    return json.dumps(rows, indent=1) if form == "json" else as_csv(rows)


def as_csv(rows: Iterable[dict[str, str]]) -> str:
    """Write *rows* as CSV (RFC 4180); every cell is a name or a number of ours."""
    lines = StringIO()
    writer = csv.DictWriter(lines, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue()
