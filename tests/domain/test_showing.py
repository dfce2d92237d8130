"""Showing: one rule for days and moments, and it agrees with what kiosks do."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.content import Notice
from kiosk.domain.errand import Kind
from kiosk.domain.questionnaire import Questionnaire, WrittenQuestion, after
from kiosk.domain.showing import Showing, showing

DAY = date(2026, 11, 26)
NOON = datetime.fromisoformat("2026-11-26T12:00")
days = st.none() | st.integers(-3, 3).map(lambda n: DAY + timedelta(n)) | st.just(date.max)
moments = st.none() | st.integers(-3, 3).map(lambda n: NOON + timedelta(hours=n))
ASKED = (
    WrittenQuestion("a", Kind.FACES, {"sv": "Hur är det?"}),
    WrittenQuestion("b", Kind.LONG_TEXT, {"sv": "Något mer?"}),
)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, Showing.NOW),
        (NOON, None, Showing.NOW),
        (NOON + timedelta(minutes=1), None, Showing.LATER),
        (None, NOON, Showing.OVER),
        (None, NOON + timedelta(minutes=1), Showing.NOW),
        (None, datetime(2020, 1, 1), Showing.OVER),  # noqa: DTZ001 - a wall clock
    ],
)
def test_what_is_over_is_not_shown_and_what_begins_later_not_yet(
    since: datetime | None, until: datetime | None, found: Showing
) -> None:
    assert showing(NOON, since, until) is found


@given(moments, moments)
def test_a_kiosk_shows_a_notice_when_staff_are_told_so(
    since: datetime | None, until: datetime | None
) -> None:
    shown = Notice({"sv": "Hej"}, until, since).shown("sv", NOON)
    assert shown is (showing(NOON, since, until) is Showing.NOW)


@given(days, days)
def test_the_last_day_of_a_questionnaire_is_one_of_its_days(
    since: date | None, until: date | None
) -> None:
    asked = Questionnaire("q", {"sv": "Fem snabba"}, ASKED, since=since, until=until)
    within = (since is None or since <= DAY) and (until is None or until >= DAY)
    assert asked.asked_on(DAY) is within is (showing(DAY, since, after(until)) is Showing.NOW)
