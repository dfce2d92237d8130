"""Dates as people and programs write them are read, or asked about; none is guessed."""

from datetime import date, datetime, time

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.imports.lists.choices import First
from kiosk.central.imports.lists.dates import YEARS, ReadMoment, clock, moment
from kiosk.central.imports.lists.fault import ListFault, Unclear
from kiosk.i18n import LANGUAGES


def told(text: str, first: First | None = None) -> str:
    """Return what a cell says in short: begin, end, or why it cannot be read."""
    try:
        found = moment(text, first)
    except Unclear as unclear:
        return unclear.fault.value
    ends = f" until {found.until:%Y-%m-%d %H:%M}" if found.until else ""
    starts = f"{found.at:%Y-%m-%d}" if found.all_day else f"{found.at:%Y-%m-%d %H:%M}"
    return starts + (f"{found.at:%z}" if found.at.tzinfo else "") + ends


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2027-02-11 18:00", "2027-02-11 18:00"),
        ("2027-02-11T18:00:00.000+01:00[Europe/Stockholm]", "2027-02-11 18:00+0100"),
        ("2027-05-15 08:30:00+00", "2027-05-15 08:30+0000"),
        ("20270211T180000Z", "2027-02-11 18:00+0000"),
        ("20270211", "2027-02-11"),
        ("Thu, 11 Feb 2027 18:00:00 +0100", "2027-02-11 18:00+0100"),
        ("Thu Feb 11 2027 18:00:00 GMT+0100 (CET)", "2027-02-11 18:00+0100"),
        ("2027-02-11 18:00 CET", "2027-02-11 18:00+0100"),
        ("21-4-2027 10:00", "2027-04-21 10:00"),
        ("21.4.27 kl. 19", "2027-04-21 19:00"),
        ("3.11.2027 klo 18.00", "2027-11-03 18:00"),
        ("to 11.2.2027 klo 18–19.30", "2027-02-11 18:00 until 2027-02-11 19:30"),
        ("11. helmikuuta 2027 klo 18", "2027-02-11 18:00"),
        ("torstaina 11.2.2027", "2027-02-11"),
        ("torsdagen den 11 februari 2027 kl. 18", "2027-02-11 18:00"),
        ("Lørdag d. 13. feb. 2027 kl. 10:00", "2027-02-13 10:00"),
        ("4/3-2027", "2027-03-04"),
        ("11-feb-27", "2027-02-11"),
        ("Thursday, February 11th, 2027 12:30 am", "2027-02-11 00:30"),
        ("2/13/2027 12:30 PM", "2027-02-13 12:30"),
        ("11-14.2.2027", "2027-02-11 until 2027-02-14 00:00"),
        ("28.2.–1.3.2027", "2027-02-28 until 2027-03-01 00:00"),
        ("2027-02-11 – 2027-02-14", "2027-02-11 until 2027-02-14 00:00"),
        ("11.2.2027 18.00 - 12.2.2027 16.00", "2027-02-11 18:00 until 2027-02-12 16:00"),
        ("2027-02-11 18:00 till 20:00", "2027-02-11 18:00 until 2027-02-11 20:00"),
        ("2027-02-11 24:00", "2027-02-12 00:00"),
        ("46429,75", "2027-02-11 18:00"),
        ("46429", "2027-02-11"),
        ("1802365200", "2027-02-11 17:00+0000"),
        ("1802365200000", "2027-02-11 17:00+0000"),
        ("03/04/2027 18:00", "which_first"),
        ("03/03/2027", "2027-03-03"),
        ("24/12/2027", "2027-12-24"),
        ("27-04-21", "year_of_two"),
        ("fre 11.2.2027", "other_weekday"),
        *((each, "not_a_date") for each in ("soon", "18:00", "11/2", "2027-02-30", "2027-13-01")),
        *((each, "not_a_date") for each in ("2027-02-11 25:00", "2027-02-11 18:61", "0001-01-01")),
        *(
            (each, "not_a_date")
            for each in ("2027-02-11 omkring 18", "13:00 PM 11.2.2027", "32.1.2027")
        ),
        *((each, "not_a_date") for each in ("2027-02-11 18:00+25:00", "40/40/2027", "2189-01-01")),
    ],
)
def test_a_date_is_read_as_it_was_meant(text: str, says: str) -> None:
    assert told(text) == says


@pytest.mark.parametrize(
    ("first", "says"), [(First.DAY, "2027-04-03 18:00"), (First.MONTH, "2027-03-04 18:00")]
)
def test_what_stands_first_is_as_staff_have_said(first: First, says: str) -> None:
    assert told("03/04/2027 18:00", first) == says


DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@given(DAYS, TIMES, st.sampled_from(list(LANGUAGES)))
def test_what_each_language_writes_out_is_read_back(day: date, at: time, language: str) -> None:
    written = datetime.combine(day, at)
    long = format_date(day, "EEEE d MMMM y", language)
    assert moment(f"{long} {at:%H:%M}") == ReadMoment(written, all_day=False)
    for shape in ("d. MMM y", "d.M.y", "y-MM-dd", "EEE d. MMMM y"):
        assert moment(format_date(day, shape, language)).at.date() == day
    assert moment(format_datetime(written, "d.M.y HH.mm", locale=language)).at == written


@given(st.text(max_size=60) | st.from_regex(r"[0-9 .:/,TZklo+-]{1,40}", fullmatch=True))
def test_any_text_at_all_is_a_date_of_our_years_or_told(text: str) -> None:
    try:
        found = moment(text)
    except Unclear:
        return
    assert found.at.year in {*YEARS, YEARS[-1] + 1}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("18:00", (time(18), None)),
        ("18", (time(18), None)),
        ("kl. 18-19.30", (time(18), time(19, 30))),
        ("klo 9.30–10", (time(9, 30), time(10))),
        ("6:00:00 PM", (time(18), None)),
        ("0,75", (time(18), None)),
        ("Hela dagen", None),
    ],
)
def test_a_time_in_a_cell_of_its_own(text: str, says: tuple[time, time | None] | None) -> None:
    assert clock(text) == says


@pytest.mark.parametrize("text", ["soon", "25:00", "18:75", "kvart över sex"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(Unclear) as raised:
        clock(text)
    assert raised.value.fault is ListFault.NOT_A_DATE
