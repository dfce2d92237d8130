"""What, when and where: the same words wherever a sign-up is told of."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.workshop import Meeting
from kiosk.errands.occasion import occasion_in_words
from kiosk.i18n import LANGUAGES, phrases
from tests.drivers.published import KNITTING, TABLETS

ENGLISH = phrases("en")
IN_ROOM = replace(KNITTING, place="Salen")


def meetings(*starts: str, hours: int = 2) -> tuple[Meeting, ...]:
    """Make meetings of some hours each."""
    begun = map(datetime.fromisoformat, starts)
    return tuple(Meeting(each, each + timedelta(hours=hours)) for each in begun)


def test_one_time_is_told_with_its_branch_and_room() -> None:
    told = occasion_in_words(IN_ROOM, "Ekenäs bibliotek", ENGLISH)
    assert told.lines == (
        "Knitting café",
        "Thursday 3 December 18:00–20:00",
        "Ekenäs bibliotek, Salen",
    )


def test_a_series_tells_every_date_and_each_hour_that_differs() -> None:
    series = meetings("2026-12-01T14:00", "2026-12-08T14:00", "2026-12-15T14:00")
    told = occasion_in_words(replace(TABLETS, meetings=series), "Karis", ENGLISH)
    assert told.when == ("Tue 1 Dec, Tue 8 Dec and Tue 15 Dec, 14:00–16:00",)
    longer = series[:2] + meetings("2026-12-15T13:00", hours=4)
    told = occasion_in_words(replace(TABLETS, meetings=longer), "Karis", ENGLISH)
    assert told.when == ("Tue 1 Dec and Tue 8 Dec, 14:00–16:00", "Tue 15 Dec, 13:00–17:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_said_as_not_known(language: str) -> None:
    (line,) = occasion_in_words(None, "", phrases(language)).lines
    assert line


@given(
    st.lists(
        st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-01-01")),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(list(LANGUAGES)),
)
def test_no_date_of_a_series_is_left_out(starts: list[datetime], language: str) -> None:
    speak = phrases(language)
    series = tuple(Meeting(each, each + timedelta(hours=1)) for each in sorted(starts))
    told = " ".join(occasion_in_words(replace(TABLETS, meetings=series), "", speak).when)
    for meeting in series:
        assert speak.short_day(meeting.starts) in told
        assert speak.clock(meeting.starts) in told
