"""Tables that are given out open in columns in a Nordic spreadsheet, and are what they say."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kiosk.central.figures import export as figures
from kiosk.central.platform import sheets
from kiosk.central.staff.inbox import export
from kiosk.central.tenants.models import Branch
from tests.central.conftest import Arrive
from tests.central.figures.test_page import count
from tests.central.knocking import PRAISE

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
CELLS = TEXTS | st.integers(-999, 999)


def in_csv(told: bytes) -> list[list[str]]:
    assert told.startswith(b"\xef\xbb\xbf"), "it says its encoding"
    return list(csv.reader(io.StringIO(told.decode("utf-8-sig")), delimiter=";"))


def in_xlsx(told: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(told)).worksheets[0]
    return [["" if each is None else each for each in row] for row in sheet.values]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_every_cell_comes_back_in_its_column(rows: list[tuple[Any, Any]]) -> None:
    found = in_csv(sheets.as_csv(("a", "b"), rows))
    assert found[0] == ["a", "b"]
    assert all(len(each) == 2 for each in found)
    for row, read in zip(rows, found[1:], strict=True):
        for cell, back in zip(row, read, strict=True):
            assert back == (sheets.safe(cell) if isinstance(cell, str) else str(cell))
    assert in_xlsx(sheets.as_xlsx(("a", "b"), rows))[1:] == [list(row) for row in rows]


@pytest.mark.parametrize("odd", ["=1+1", "@SUM(A1)", "http://x.se", "{=1}", "+46701234567", "007"])
def test_a_text_stays_a_text_in_a_workbook(odd: str) -> None:
    sheet = load_workbook(io.BytesIO(sheets.as_xlsx(["a"], [[odd]]))).worksheets[0]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (odd, "s", None)


def test_a_broken_number_has_a_comma_where_cells_part_at_semicolons() -> None:
    assert in_csv(sheets.as_csv(["a"], [[3.5]]))[1] == ["3,5"]
    assert in_xlsx(sheets.as_xlsx(["a"], [[3.5]]))[1] == [3.5]


@pytest.mark.parametrize("name", ["submissions", "registrations"])
def test_a_workbook_says_the_same_as_the_list_of_texts(arrive: Arrive, name: str) -> None:
    arrive(PRAISE)
    texts, book = (export.body(name, form, personal=True) for form in ("csv", "xlsx"))
    assert [[str(cell) for cell in row] for row in in_xlsx(book)] == in_csv(texts)


def test_times_are_those_of_the_branch(arrive: Arrive, hamnen: Branch) -> None:
    Branch.objects.filter(pk=hamnen.pk).update(timezone="Europe/Helsinki")
    arrive(PRAISE)
    (row,) = json.loads(export.body("submissions", "json"))
    assert row["received_at"].endswith(("+02:00", "+03:00"))


def test_needs_are_one_row_for_what_was_asked_and_whether_it_helped(hamnen: Branch) -> None:
    for what, many in (("guide", 9), ("solved", 6), ("unsolved", 2)):
        count(hamnen, 12, what, many, about="money/debt/kronofogden")
    count(hamnen, 12, "visit", 30)
    told = figures.body("needs", "csv").decode("utf-8-sig").splitlines()
    assert told[0] == ";".join(figures.NEEDS_COLUMNS)
    assert len(told) == 2
    assert told[1].endswith("staffed;sv;money;debt;kronofogden;9;6;1-4")
