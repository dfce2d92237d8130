"""Lists as programs export them come in: what each says, and what is left alone by name."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.central.imports.lists.choices import Choices, First, KnownLibrary
from kiosk.central.imports.lists.fault import ListFault
from kiosk.central.imports.lists.reading import read
from kiosk.central.imports.lists.row import Row
from kiosk.central.imports.lists.sheet import Sheet
from tests.central.imports.lists import exported

KNOWN = KnownLibrary({"kvarnby bibliotek": ("Kvarnby bibliotek", "Europe/Stockholm")})
TODAY = date(2026, 11, 30)


def sheet_of(content: bytes | str, choices: Choices | None = None) -> Sheet:
    raw = content.encode() if isinstance(content, str) else content
    return read(raw, KNOWN, choices, TODAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def times(rows: Iterable[Row]) -> list[tuple[str, str, str | None, bool]]:
    shape = "%m-%d %H:%M"
    return [
        (
            row.title,
            row.starts.strftime(shape),
            row.ends.strftime(shape) if row.ends else None,
            row.all_day,
        )
        for row in rows
    ]


def alone(sheet: Sheet) -> list[str]:
    return [each.written for each in sheet.headings if not each.column]


def test_outlook_in_swedish() -> None:
    sheet = sheet_of(exported.OUTLOOK_SWEDISH)
    assert sheet.mistakes == ()
    assert times(sheet.rows) == [
        ("Språkcafé", "02-11 18:00", "02-11 19:30", False),
        ("Sportlov", "02-22 00:00", "02-26 00:00", True),
    ]
    assert {row.branch for row in sheet.rows} == {"Kvarnby bibliotek"}
    assert [row.place for row in sheet.rows] == ["Lässalen", ""]
    assert sheet.rows[0].about == {"sv": "Alla är\nvälkomna"}
    assert alone(sheet) == ["Påminnelse på/av", "Kategorier"]


def test_outlook_in_english_asks_what_stands_first() -> None:
    asked = sheet_of(exported.OUTLOOK_ENGLISH)
    assert {each.fault for each in asked.mistakes} == {ListFault.WHICH_FIRST}
    assert asked.rows == ()
    told = sheet_of(exported.OUTLOOK_ENGLISH, Choices(first=First.MONTH))
    assert times(told.rows) == [
        ("Knitting", "02-11 18:00", "02-11 19:30", False),
        ("Bank holiday", "03-04 00:00", None, True),
    ]


def test_a_calendar_of_google_with_a_series_its_gaps_and_what_was_moved() -> None:
    sheet = sheet_of(exported.GOOGLE)
    assert times(sheet.rows) == [
        ("Stickcafé, nivå 100", "03-11 18:00", "03-11 19:30", False),
        ("Stickcafé, flyttat till fredag", "03-19 18:00", "03-19 19:30", False),
        ("Stickcafé, nivå 100", "04-01 18:00", "04-01 19:30", False),
        ("Stickcafé, nivå 100", "04-08 18:00", None, False),
        ("Stickcafé, nivå 100", "04-15 18:00", "04-15 19:30", False),
        ("Sportlov", "02-22 00:00", "02-26 00:00", True),
        ("Sommarkväll", "07-01 18:00", "07-01 19:00", False),
    ]
    assert [row.cancelled for row in sheet.rows] == [False, False, False, True, False, None, False]
    assert sheet.rows[0].about == {"sv": "Ta med garn & stickor"}
    assert (sheet.rows[0].branch, sheet.rows[0].place) == ("Kvarnby bibliotek", "Salen")
    assert len({row.uid for row in sheet.rows}) == 7
    assert [(each.fault, each.found) for each in sheet.mistakes] == [
        (ListFault.BROKEN_ENTRY, "Trasig")
    ]
    assert {each.fault for each in sheet.notes} == {ListFault.NOT_EVENTS, ListFault.UNSURE}


def test_a_calendar_of_outlook_with_zones_of_its_own() -> None:
    sheet = sheet_of(exported.OUTLOOK_CALENDAR)
    assert times(sheet.rows) == [
        ("Satutunti", "02-11 17:00", "02-11 18:00", False),
        ("Lukupiiri", "02-12 18:00", "02-12 19:30", False),
        ("Lukupiiri", "02-14 18:00", "02-14 19:30", False),
    ]


def test_the_zone_of_one_calendar_does_not_reach_the_next() -> None:
    sheet_of(exported.OUTLOOK_CALENDAR)
    other = exported.OUTLOOK_CALENDAR.replace("TZOFFSETTO:+0200", "TZOFFSETTO:+0100")
    assert times(sheet_of(other).rows)[0][1] == "02-11 18:00"


def test_a_series_without_an_end_is_read_for_a_year_and_told() -> None:
    endless = exported.OUTLOOK_CALENDAR.replace("FREQ=DAILY;COUNT=3", "FREQ=WEEKLY").replace(
        "20270212T", "20200207T"
    )
    sheet = sheet_of(endless)
    found = [row for row in sheet.rows if row.title == "Lukupiiri"]
    assert len(found) == 52
    assert (found[0].starts, found[-1].starts) == (at("2026-12-04T18:00"), at("2027-11-26T18:00"))
    assert [each.fault for each in sheet.notes] == [ListFault.ENDLESS]


@pytest.mark.parametrize("often", ["SECONDLY", "MINUTELY", "HOURLY"])
def test_a_series_that_repeats_by_the_hour_is_no_programme(often: str) -> None:
    sheet = sheet_of(exported.OUTLOOK_CALENDAR.replace("FREQ=DAILY;COUNT=3", f"FREQ={often}"))
    assert [row.title for row in sheet.rows] == ["Satutunti"]
    assert [each.fault for each in sheet.mistakes] == [ListFault.BROKEN_ENTRY]


def test_a_danish_sheet_with_a_line_above_its_headings() -> None:
    sheet = sheet_of(exported.DANISH)
    assert sheet.language == "da"
    assert times(sheet.rows) == [
        ("Fortælletime for børn", "02-11 10:00", "02-11 10:30", False),
        ("Læseklub", "02-18 19:00", None, False),
        ("Foredrag", "03-04 19:00", None, False),
    ]
    assert [row.capacity for row in sheet.rows] == [0, 1000, 12]
    assert [row.cancelled for row in sheet.rows] == [None, None, True]
    assert [each.found for each in sheet.notes] == ["Oversigt over arrangementer foråret 2027"]


def test_a_finnish_sheet_from_dos() -> None:
    sheet = sheet_of(exported.FINNISH)
    assert sheet.language == "fi"
    assert times(sheet.rows) == [
        ("Satutunti", "02-11 09:30", "02-11 10:00", False),
        ("Lukupiiri", "02-11 18:00", None, False),
    ]
    assert [(row.audience, row.sign_up, row.capacity) for row in sheet.rows] == [
        ("children", False, 0),
        ("adults", True, 12),
    ]
    assert [(row.cancelled, row.place) for row in sheet.rows] == [(None, ""), (True, "")]


def test_a_norwegian_sheet() -> None:
    sheet = sheet_of(exported.NORWEGIAN)
    assert sheet.mistakes == ()
    assert [(row.title, row.language, row.capacity) for row in sheet.rows] == [
        ("Lørdagsbarn", "nb", 0),
        ("Språkkafé, nivå 2", "nb", 1000),
    ]


def test_libcal() -> None:
    sheet = sheet_of(exported.LIBCAL)
    assert sheet.mistakes == ()
    assert [(row.uid, row.cancelled, row.place) for row in sheet.rows] == [
        ("7654321", False, "Room 2"),
        ("7654322", True, "Room 2"),
    ]
    assert times(sheet.rows)[0] == ("Book club", "02-11 18:00", "02-11 19:30", False)
    assert alone(sheet) == ["Owner"]


def test_a_list_in_two_languages_keeps_both() -> None:
    (row,) = sheet_of(exported.BILINGUAL).rows
    assert row.titles == {"sv": "Sagostund", "fi": "Satutunti"}
    assert row.about == {"sv": "För barn", "fi": "Lapsille"}
    assert (row.starts, row.ends) == (at("2027-02-11T10:00"), at("2027-02-11T10:30"))


def test_a_feed_of_linked_events() -> None:
    sheet = sheet_of(exported.LINKED_EVENTS)
    assert sheet.mistakes == ()
    first, second = sheet.rows
    assert first.titles == {"fi": "Satutunti", "sv": "Sagostund"}
    assert first.about == {"fi": "Tervetuloa & kuuntele"}
    assert (first.starts, first.capacity, first.uid) == (
        at("2027-02-11T08:30"),
        25,
        "helmet:240001",
    )
    assert (second.all_day, second.cancelled) == (True, True)
    assert alone(sheet) == ["offers"]


def test_a_page_of_the_web_that_describes_its_events() -> None:
    sheet = sheet_of(exported.SCHEMA_PAGE)
    assert sheet.mistakes == ()
    assert times(sheet.rows) == [
        ("Kodklubb", "02-11 16:00", "02-11 17:00", False),
        ("Kodklubb", "02-18 16:00", "02-18 17:00", False),
        ("Foton", "03-01 00:00", "03-31 00:00", True),
    ]
    assert [row.cancelled for row in sheet.rows] == [None, True, None]


def test_a_feed_of_drupal() -> None:
    (row,) = sheet_of(exported.DRUPAL).rows
    assert (row.title, row.about) == ("Kaffe & bok", {"sv": "Välkommen"})
    assert (row.starts, row.ends) == (at("2027-02-08T10:00"), at("2027-02-08T11:00"))


@pytest.mark.parametrize("program", exported.FEEDS)
def test_a_feed_says_the_same_whatever_program_makes_it(program: str) -> None:
    sheet = sheet_of(json.dumps(exported.FEEDS[program]))
    assert (sheet.mistakes, sheet.notes) == ((), ())
    assert times(sheet.rows) == [("Kör", "02-11 18:00", "02-11 19:00", False)]
    assert sheet.rows[0].branch == "Kvarnby bibliotek"


def test_a_feed_of_a_city_with_further_dates_at_other_branches() -> None:
    sheet = sheet_of(json.dumps(exported.TRONDHEIM))
    assert [(row.branch, row.starts.hour, row.cancelled, row.uid) for row in sheet.rows] == [
        ("Trondheim folkebibliotek, Byåsen", 10, False, "a1"),
        ("Hovedbiblioteket", 13, True, "b2"),
    ]
    assert {row.title for row in sheet.rows} == {"Familielørdag"}


def test_a_workbook_of_excel() -> None:
    sheet = sheet_of(exported.EXCEL)
    assert sheet.mistakes == ()
    assert times(sheet.rows) == [
        ("Kör", "02-11 18:00", "02-11 19:30", False),
        ("Bio", "02-12 18:00", "02-12 20:00", False),
        ("Jazz", "02-13 18:30", None, False),
    ]
    assert [(row.sign_up, row.capacity) for row in sheet.rows] == [
        (True, 12),
        (False, 0),
        (False, 40),
    ]
    assert alone(sheet) == ["Pris"]
    assert {(each.fault, each.found) for each in sheet.notes} == {
        (ListFault.ABOVE, "Program våren 2027"),
        (ListFault.OTHER_SHEETS, "Läs mig"),
    }


def bomb() -> bytes:
    """Return a small file that unpacks to a hundred megabytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100_000_000)
    return content.getvalue()


def document() -> bytes:
    """Return a file of a word processor."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (bomb(), ListFault.TOO_LARGE),
        (document(), ListFault.OLD_WORKBOOK),
        (b"PK\x03\x04 and nothing more", ListFault.UNREADABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, ListFault.OLD_WORKBOOK),
        (b"%PDF-1.7 ...", ListFault.UNREADABLE),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", ListFault.NO_ROWS),
        (b'{"data": []}', ListFault.NO_ROWS),
        (b"[" * 100_000, ListFault.UNREADABLE),
        (exported.EXCEL[:-200], ListFault.UNREADABLE),
        (b"<html><table><tr><td>Titel</td></tr></table></html>", ListFault.UNREADABLE),
        (b'[{"title": "Ett", "start": "2027-02', ListFault.UNREADABLE),
    ],
    ids=[
        "bomb",
        "document",
        "stub",
        "xls",
        "pdf",
        "no-events",
        "no-data",
        "deep",
        "cut",
        "table",
        "half",
    ],
)
def test_what_is_no_list_is_told_as_what_it_is(content: bytes, fault: ListFault) -> None:
    sheet = sheet_of(content)
    assert sheet.rows == ()
    assert sheet.mistakes[0].fault is fault


FILES = [
    each.encode() if isinstance(each, str) else each
    for name, each in vars(exported).items()
    if name.isupper() and isinstance(each, str | bytes)
] + [json.dumps(each).encode() for each in (exported.FEEDS, exported.TRONDHEIM)]


@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=12), st.integers(0, 30))),
)
@example(exported.GOOGLE.replace("RECURRENCE-ID;TZID", "RECURRENCE-ID;X").encode(), [])
@example(exported.GOOGLE.replace(":20270318T180000", ":20270318T18").encode(), [])
@example(exported.GOOGLE.replace("UID:stick", "DTSTART:20270311\nUID:stick").encode(), [])
def test_a_file_that_was_damaged_on_its_way_is_read_or_told(
    content: bytes, damages: list[tuple[int, bytes, int]]
) -> None:
    for place, put, taken in damages:
        at = place % max(1, len(content))
        content = content[:at] + put + content[at + taken :]
    sheet = sheet_of(content)
    assert sheet.rows or sheet.mistakes or sheet.notes


def test_a_beginning_without_an_offset_and_an_end_with_one_are_read_together() -> None:
    (row,) = sheet_of(
        "branch,title,starts,ends\nKvarnby bibliotek,Ett,2027-02-11 00:00,2027-02-11T18:00:00Z\n"
    ).rows
    assert (row.starts, row.ends) == (at("2027-02-11T00:00"), at("2027-02-11T19:00"))


TEXT = "Bibliotek;Rubrik;Datum\nKvarnby bibliotek;{};2027-02-11 18:00\n"


@pytest.mark.parametrize(
    ("title", "encodings"),
    [
        ("Åsas ordlek för äldre – på café", "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be cp1252"),
        ("Åsas ordlek för äldre på café", "mac_roman cp850 cp865 iso8859_15"),
        ("Blåbærgrøt på lørdag: språkkafé", "utf-8 utf-16 cp1252 mac_roman cp865 iso8859_15"),
        ("Fortælletime for børn på Ærø", "utf-8 utf-16-le cp1252 mac_roman cp865"),
        ("Satutunti lapsille: äidit ja isät", "utf-8 utf-16-be cp1252 mac_roman cp850"),
        ("”Vår” – i Malmö", "cp1252 mac_roman"),
    ],
)
def test_letters_survive_whatever_program_saved_them(title: str, encodings: str) -> None:
    for encoding in encodings.split():
        (row,) = sheet_of(TEXT.format(title).encode(encoding)).rows
        assert row.title == title, encoding


@pytest.mark.parametrize(
    "title", ["Åsas ordlek – på café", "Blåbærgrøt på Ærø", "”Vår” i ÄÖÅ · 5 €", "Hallå…"]
)
def test_letters_that_a_program_has_read_wrongly_and_saved_so_are_mended(title: str) -> None:
    shown = [
        bytes([each]).decode("cp1252", "ignore") or chr(each)
        for each in TEXT.format(title).encode()
    ]
    book, content = openpyxl.Workbook(), io.BytesIO()
    for line in "".join(shown).splitlines():
        book.active.append(line.split(";"))  # type: ignore[union-attr] # a new book has a sheet
    book.save(content)
    for written in ("".join(shown).encode(), content.getvalue()):
        (row,) = sheet_of(written).rows
        assert row.title == title
