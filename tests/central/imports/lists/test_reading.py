"""Reading a published programme: what a library really has, and every mistake by name."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.reading import read
from kiosk.central.imports.lists.record import MOST_BYTES

RASEBORG = (Path(__file__).parents[2] / "programme_raseborg_2025.csv").read_bytes()
HEAD = "branch,title,starts,ends,place,audience,drop_in,sign_up,capacity,source\n"


def _semicolons(content: bytes) -> str:
    told = io.StringIO()
    csv.writer(told, delimiter=";").writerows(csv.reader(io.StringIO(content.decode())))
    return told.getvalue()


def _one(line: str) -> ListMistake:
    (mistake,) = read((HEAD + line).encode()).mistakes
    return mistake


def test_a_real_librarys_programme_is_read_without_a_mistake() -> None:
    sheet = read(RASEBORG)
    assert sheet.mistakes == ()
    assert len(sheet.rows) == 13
    assert sheet.branch_names == ["Ekenäs bibliotek", "Karis bibliotek", "Pojo bibliotek"]
    lecture, hunt, dog = sheet.rows[0], sheet.rows[4], sheet.rows[5]
    assert lecture.title == "Föreläsning om motivation"
    assert (lecture.starts, lecture.audience) == (datetime(2025, 1, 21, 18), "adults")  # noqa: DTZ001
    assert (hunt.all_day, hunt.audience, hunt.sign_up) == (True, "children", False)
    assert (dog.sign_up, dog.capacity) == (True, 1)
    assert dog.source.endswith("bokas senast dagen före kl. 17)")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + RASEBORG,
        RASEBORG.replace(b"\n", b"\r\n"),
        _semicolons(RASEBORG).encode("cp1252"),
        RASEBORG.replace(b"branch,title", b" Branch , TITLE "),
    ],
    ids=["marked", "windows-lines", "semicolons-in-windows-1252", "capitals"],
)
def test_it_does_not_matter_which_program_saved_the_list(content: bytes) -> None:
    sheet = read(content)
    assert sheet.mistakes == ()
    assert sheet.rows[0].branch == "Ekenäs bibliotek"
    assert len(sheet.rows) == 13


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        (",Title,2026-01-01", "branch", ListFault.NO_BRANCH),
        ("Karis,,2026-01-01", "title", ListFault.MISSING),
        ("Karis,Title,", "starts", ListFault.MISSING),
        ("Karis,Title,soon", "starts", ListFault.NOT_A_DATE),
        ("Karis,Title,2026-02-30", "starts", ListFault.NOT_A_DATE),
        ("Karis,Title,0001-01-01", "starts", ListFault.NOT_A_DATE),
        ("Karis,Title,2026-01-02,2026-01-01", "ends", ListFault.ENDS_EARLY),
        ("Karis,Title,2026-01-02,,,,maybe", "drop_in", ListFault.NOT_YES_OR_NO),
        ("Karis,Title,2026-01-02,,,,,,many", "capacity", ListFault.NOT_A_NUMBER),
        ("Karis,Title,2026-01-02,,,,,,10001", "capacity", ListFault.NOT_A_NUMBER),
        ("Karis," + "x" * 121 + ",2026-01-02", "title", ListFault.TOO_LONG),
    ],
)
def test_each_mistake_names_its_line_its_column_and_its_fault(
    line: str, column: str, fault: ListFault
) -> None:
    mistake = _one(line)
    assert (mistake.line, mistake.column, mistake.fault) == (2, column, fault)


def test_rows_without_a_mistake_are_kept_beside_those_with_one() -> None:
    sheet = read((HEAD + "A,B,2026-01-01\n\nA,C,soon\nA,D,2026-01-03T10:00\n").encode())
    assert [row.line for row in sheet.rows] == [2, 5]
    assert [(each.line, each.found) for each in sheet.mistakes] == [(4, "soon")]


def test_a_cell_of_several_lines_does_not_shift_the_line_numbers() -> None:
    sheet = read((HEAD + 'A,"B\nC",2026-01-01\nA,D,soon\n').encode())
    assert sheet.rows[0].title == "B C"
    assert sheet.mistakes[0].line == 4


def test_the_same_entry_twice_is_a_mistake() -> None:
    line = "Karis,Äggjakt,2026-04-12T10:00\n"
    mistake = _one(line + line.replace("Karis", "KARIS"))
    assert (mistake.line, mistake.fault) == (3, ListFault.TWICE)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", ListFault.NO_ROWS),
        (HEAD.encode(), ListFault.NO_ROWS),
        (b"\0\1\2", ListFault.UNREADABLE),
        (b"x" * (MOST_BYTES + 1), ListFault.TOO_LARGE),
        (HEAD.encode() + b"A,B,soon\n" * 5001, ListFault.TOO_LARGE),
    ],
    ids=["empty", "head-only", "no-text", "too-many-bytes", "too-many-rows"],
)
def test_a_file_that_is_no_list_is_told_as_a_whole(content: bytes, fault: ListFault) -> None:
    sheet = read(content)
    assert sheet.rows == ()
    assert [each.fault for each in sheet.mistakes] == [fault]


def test_a_missing_column_is_named() -> None:
    assert [(each.column, each.fault) for each in read(b"branch,what\nA,B\n").mistakes] == [
        ("title", ListFault.NO_COLUMN),
        ("starts", ListFault.NO_COLUMN),
    ]


def test_dates_move_by_whole_weeks_so_that_weekdays_stay() -> None:
    sheet = read(RASEBORG)
    assert sheet.first_day == date(2025, 1, 21)
    for wanted in (date(2026, 11, 23), date(2026, 11, 24), date(2025, 1, 21), date(2024, 3, 1)):
        moved = sheet.days_to(wanted)
        assert moved % 7 == 0
        assert 0 <= (sheet.first_day.toordinal() + moved) - wanted.toordinal() < 7


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (HEAD + text).encode()))
def test_any_file_at_all_is_read_or_told(content: bytes) -> None:
    sheet = read(content)
    assert sheet.rows or sheet.mistakes
