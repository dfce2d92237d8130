"""Lists that went wrong on their way: what can be read is read, the rest is told by its line."""

from datetime import date

import pytest

from kiosk.central.imports.lists.choices import Choices, First, KnownLibrary
from kiosk.central.imports.lists.fault import ListFault
from kiosk.central.imports.lists.headings import WORDS, heading
from kiosk.central.imports.lists.reading import read
from kiosk.central.imports.lists.sheet import Sheet

KNOWN = KnownLibrary({"kvarnby bibliotek": ("Kvarnby bibliotek", "Europe/Stockholm")})
HERE = "Kvarnby bibliotek"


def sheet_of(text: str, choices: Choices | None = None) -> Sheet:
    return read(text.encode(), KNOWN, choices, date(2026, 11, 30))


def faults(sheet: Sheet) -> list[tuple[int, ListFault]]:
    return [(each.line, each.fault) for each in sheet.mistakes]


def test_a_quotation_mark_that_nobody_closes_costs_its_own_row_and_no_other() -> None:
    sheet = sheet_of(
        f'branch;title;starts;place\n"{HERE}";"Ett "citat" här";2027-02-11;Sal\n'
        f'{HERE};Rör 5" tum;2027-02-12;Sal\n{HERE};"Öppet;2027-02-13;Sal\n'
        f'{HERE};"Hel\nrad";2027-02-14;Sal\n{HERE};Sist;2027-02-15;"Sal\n'
    )
    assert [row.title for row in sheet.rows] == ['Ett "citat" här', 'Rör 5" tum', "Hel rad"]
    assert faults(sheet) == [(4, ListFault.UNCLOSED_QUOTE), (7, ListFault.UNCLOSED_QUOTE)]


def test_a_quotation_mark_that_a_later_row_closes_swallows_nothing() -> None:
    sheet = sheet_of(
        f'branch,title,starts\n{HERE},"Ett,2027-02-11\n{HERE},Två,2027-02-12\n'
        f'{HERE},Tre",2027-02-13\n'
    )
    assert [row.title for row in sheet.rows] == ["Två", 'Tre"']
    assert faults(sheet) == [(2, ListFault.UNCLOSED_QUOTE)]


def test_headings_of_two_lines_are_one_row() -> None:
    sheet = sheet_of(
        f'Bibliotek;Titel;"Start\ndatum";"Antal\nplatser"\n{HERE};Ett;2027-02-11;12\n;;;\n'
    )
    assert [(row.line, row.capacity) for row in sheet.rows] == [(4, 12)]
    assert sheet.mistakes == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_cells_are_told_apart_whatever_stands_between_them(separator: str, ends: str) -> None:
    other = next(each for each in ",;|" if each != separator)
    lines = [["branch", "title", "starts"], [HERE, f"Ett{other} två", "2027-02-11"]]
    (row,) = sheet_of(ends.join(separator.join(line) for line in lines) + ends).rows
    assert row.title == f"Ett{other} två"


def test_excels_own_line_about_the_separator_is_no_heading() -> None:
    (row,) = sheet_of(f"sep=;\nbranch;title;starts\n{HERE};Ett, två, tre;2027-02-11\n").rows
    assert (row.line, row.title) == (3, "Ett, två, tre")


def test_a_cell_too_many_is_told_with_what_stands_in_it() -> None:
    sheet = sheet_of(f"branch,title,starts,place\n{HERE},Sy,2027-02-11,Salen, våning 2\n")
    assert faults(sheet) == [(2, ListFault.TOO_MANY_CELLS)]
    assert sheet.mistakes[0].found == "våning 2"


def test_the_first_of_two_equal_headings_counts_and_the_other_is_told() -> None:
    sheet = sheet_of(f"branch,title,starts,Rubrik\n{HERE},Rätt,2027-02-11,Fel\n")
    assert [row.title for row in sheet.rows] == ["Rätt"]
    assert [(each.fault, each.column) for each in sheet.mistakes] == [
        (ListFault.SAME_HEADING, "Rubrik")
    ]


@pytest.mark.parametrize(
    "written",
    [f"{HERE}\xa0", "Kvarn\xadby bibliotek", "KVARNBY  bibliotek", "Kvarnby&nbsp;bibliotek"],
)
def test_a_branch_is_known_however_its_name_is_spelled(written: str) -> None:
    (row,) = sheet_of(f"branch,title,starts\n{written},Ett,2027-02-11\n").rows
    assert row.branch == HERE


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("INSTÄLLT: Sagostund", "Sagostund"),
        ("INSTÄLLD! Sagostund", "Sagostund"),
        ("Aflyst - Sagostund", "Sagostund"),
        ("[Avlyst] Sagostund", "Sagostund"),
        ("Sagostund (PERUTTU)", "Sagostund"),
        ("Sagostund – inställt", "Sagostund"),
        ("CANCELLED Sagostund", "Sagostund"),
    ],
)
def test_a_title_that_says_it_is_called_off_is_heard_and_mended(written: str, title: str) -> None:
    (row,) = sheet_of(f"branch,title,starts\n{HERE},{written},2027-02-11\n").rows
    assert (row.title, row.cancelled) == (title, True)


def test_a_title_that_only_sounds_like_it_stays() -> None:
    (row,) = sheet_of(f"branch,title,starts\n{HERE},Inställda shower: en kväll,2027-02-11\n").rows
    assert (row.title, row.cancelled) == ("Inställda shower: en kväll", None)


@pytest.mark.parametrize(
    ("status", "cancelled", "note"),
    [
        ("cancelled", True, None),
        ("Aflyst", True, None),
        ("EventPostponed", True, None),
        ("https://schema.org/EventScheduled", False, None),
        ("Fullbokad", False, None),
        ("utkast", False, ListFault.UNSURE),
        ("klar för tryck", False, ListFault.STATUS_UNKNOWN),
        ("", None, None),
    ],
)
def test_a_status_is_understood_or_told(
    status: str, cancelled: bool | None, note: ListFault | None
) -> None:
    sheet = sheet_of(f"branch,title,starts,status\n{HERE},Ett,2027-02-11,{status}\n")
    assert [row.cancelled for row in sheet.rows] == [cancelled]
    assert [each.fault for each in sheet.notes] == ([note] if note else [])


@pytest.mark.parametrize(
    ("written", "seats"),
    [("12,0", 12), ("12.0", 12), ("1 000", 1000), ("1.000", 1000), ("-", 0), ("obegränsat", 0)],
)
def test_seats_as_spreadsheets_write_them(written: str, seats: int) -> None:
    (row,) = sheet_of(f"branch;title;starts;capacity\n{HERE};Ett;2027-02-11;{written}\n").rows
    assert row.capacity == seats


@pytest.mark.parametrize("written", ["max 12", "12,5", "1 0", "10001", "²", "tolv"])
def test_seats_that_are_no_number_are_told(written: str) -> None:
    sheet = sheet_of(f"branch;title;starts;capacity\n{HERE};Ett;2027-02-11;{written}\n")
    assert faults(sheet) == [(2, ListFault.NOT_A_NUMBER)]


@pytest.mark.parametrize(
    ("starts", "ends", "is_told"),
    [
        ("2027-02-01 00:00", "2027-02-02 00:00", ("02-01 00:00", None, True)),
        ("2027-02-01 00:00", "2027-02-01 23:59", ("02-01 00:00", None, True)),
        ("2027-02-22", "2027-02-26 16:00", ("02-22 00:00", "02-26 00:00", True)),
        ("2027-02-23", "2027-02-24", ("02-23 00:00", "02-24 00:00", True)),
        ("2027-02-11 20:00", "01:00", ("02-11 20:00", "02-12 01:00", False)),
        ("2027-02-11 10:00", "2027-02-11", ("02-11 10:00", None, False)),
        ("2027-02-11 18:00", "2027-02-11 18:00", ("02-11 18:00", None, False)),
        ("2027-10-31 02:30+02:00", "2027-10-31 02:15+01:00", ("10-31 02:30", "10-31 02:15", False)),
    ],
)
def test_where_an_entry_ends(starts: str, ends: str, is_told: tuple[str, str | None, bool]) -> None:
    (row,) = sheet_of(f"branch;title;starts;ends\n{HERE};Ett;{starts};{ends}\n").rows
    shape = "%m-%d %H:%M"
    last = row.ends.strftime(shape) if row.ends else None
    assert (row.starts.strftime(shape), last, row.all_day) == is_told


def test_the_hours_that_clocks_skip_or_show_twice_are_told() -> None:
    sheet = sheet_of(
        f"branch;title;starts\n{HERE};Ett;2027-03-28 02:30\n{HERE};Två;2027-10-31 02:30\n"
    )
    assert faults(sheet) == [(2, ListFault.NO_SUCH_HOUR)]
    assert [(row.title, row.starts.fold) for row in sheet.rows] == [("Två", 0)]
    assert [(each.line, each.fault) for each in sheet.notes] == [(3, ListFault.HOUR_TWICE)]


def test_dashes_are_asked_about_where_the_list_shows_that_the_month_stands_first() -> None:
    text = f"branch;title;starts\n{HERE};Ett;03-04-2027\n{HERE};Två;12-24-2027\n"
    assert faults(sheet_of(text)) == [(2, ListFault.WHICH_FIRST)]
    assert len(sheet_of(text, Choices(first=First.MONTH)).rows) == 2


def test_markup_is_read_as_its_readers_see_it_and_what_only_looks_like_it_stays() -> None:
    sheet = sheet_of(
        "branch|title|starts|about\n"
        f"{HERE}|&amp;lt;b&amp;gt;Fet&amp;lt;/b&amp;gt; &amp;amp; stark|2027-02-11|"
        "<script>alert(1)</script><ul><li>En</li><li>Två</li></ul>\n"
        f"{HERE}|a < b och c > d|2027-02-12|<3 poesi\n"
    )
    assert [row.title for row in sheet.rows] == ["Fet & stark", "a < b och c > d"]
    assert [row.about for row in sheet.rows] == [{"sv": "En\nTvå"}, {"sv": "<3 poesi"}]


def test_an_identity_number_keeps_its_row_out() -> None:
    sheet = sheet_of(f"branch,title,starts\n{HERE},Anna 19640823-3234,2027-02-11\n")
    assert faults(sheet) == [(2, ListFault.IDENTITY_NUMBER)]


def test_the_zone_of_a_list_may_be_another_than_its_branchs() -> None:
    (row,) = sheet_of(
        f"branch,title,starts,timezone\n{HERE},Ett,2027-02-11 18:00,Europe/Helsinki\n"
    ).rows
    assert row.starts.hour == 17


def test_no_heading_means_two_things() -> None:
    meant = [(word, column) for column, words in WORDS.items() for word in words.split()]
    assert [(word, heading(word).column) for word, _column in meant] == meant
