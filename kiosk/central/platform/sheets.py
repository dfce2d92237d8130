"""Sheets: rows given out as CSV that Nordic spreadsheets open in columns, as XLSX or JSON."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse

FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""How, each with its media type."""

Cell = str | int | float
"""What stands in a cell."""

_SEPARATOR = ";"
"""Where a comma stands in numbers, spreadsheets part cells by semicolons."""
_FORMULA = re.compile(r"""(^|[;\t\r\n])([\s"']*)(?=[=+\-@＝＋－＠])""")
"""Where a calculation would begin: at the start of the cell, and after whatever a spreadsheet set
to another country may take for the end of a cell. Full-width signs count too."""
_MOST_IN_CELL = 32_767
"""Characters that a cell of XLSX holds."""


def body(
    form: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Cell]],
    whole: Iterable[Mapping[str, Any]] | None = None,
) -> bytes:
    """Write *rows* in *form*, one of `FORMATS`; JSON takes them as *whole* tells them, if it does.

    Raises KeyError for another form.
    """
    if form == "json":
        return as_json(rows if whole is None else whole)
    return {"csv": as_csv, "xlsx": as_xlsx}[form](
        columns, ([row.get(column, "") for column in columns] for row in rows)
    )


def as_json(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write rows as one JSON array."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1).encode()


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows as CSV with semicolons, in UTF-8 that says so; nothing in it runs as a formula."""
    lines = StringIO()
    writer = csv.writer(lines, delimiter=_SEPARATOR)
    writer.writerow(columns)
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def as_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows as a workbook of one sheet: texts stay texts, numbers are numbers."""
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell[:_MOST_IN_CELL])
                else:
                    sheet.write_number(number, place, cell)
    return file.getvalue()


def given_out(name: str, form: str, told: bytes) -> HttpResponse:
    """Answer a browser with a file."""
    response = HttpResponse(told, content_type=FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def safe(cell: str) -> str:
    """Return *cell* so that a spreadsheet shows it and never calculates it.

    An apostrophe, as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection), also
    inside: Nordic spreadsheets split lines at semicolons, whatever the quotes say.
    """
    shown = _FORMULA.sub(r"\1\2'", cell)
    return f"'{shown}" if shown.startswith(("\t", "\r", "\n")) else shown


def _in_csv(cell: Cell) -> str:
    """Write a cell; a broken number as spreadsheets read it where cells part at semicolons."""
    return safe(cell) if isinstance(cell, str) else str(cell).replace(".", ",")
