"""Checking in on the day: when, where, and for whom."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.check_in import EARLY, Hindrance, hindrance
from kiosk.domain.seats import Standing
from kiosk.domain.workshop import Meeting, Workshop
from tests.drivers.published import KNITTING

HERE = KNITTING.branch
YES = Standing.CONFIRMED


def at(told: str, workshop: Workshop | None = KNITTING) -> Hindrance | None:
    return hindrance(workshop, YES, HERE, datetime.fromisoformat(told))


@given(
    st.timedeltas(timedelta(0), timedelta(hours=12)),
    st.timedeltas(timedelta(days=-3), timedelta(days=3)),
)
def test_one_checks_in_from_an_hour_before_until_it_ends(
    lasts: timedelta, after: timedelta
) -> None:
    begins = datetime.fromisoformat("2026-12-03T09:00")
    workshop = replace(KNITTING, starts=begins, ends=begins + lasts + timedelta(minutes=1))
    assert workshop.ends
    may = hindrance(workshop, YES, HERE, begins + after) is None
    assert may == (begins - EARLY <= begins + after < workshop.ends)


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("2026-12-03T16:59", Hindrance.NOT_YET),
        ("2026-12-03T17:00", None),
        ("2026-12-03T19:59", None),
        ("2026-12-03T20:00", Hindrance.OVER),
        ("2026-12-02T18:00", Hindrance.NOT_YET),
    ],
)
def test_another_time_is_told_from_the_right_one(now: str, why: Hindrance | None) -> None:
    assert at(now) is why


def test_a_series_can_be_checked_in_to_on_each_of_its_days() -> None:
    series = replace(KNITTING, ends=datetime.fromisoformat("2026-12-10T20:00"))
    assert at("2026-12-05T18:30", series) is None
    assert at("2026-12-05T12:00", series) is Hindrance.NOT_YET
    all_day = replace(KNITTING, starts=datetime.fromisoformat("2026-12-03"), ends=None)
    assert at("2026-12-03T08:00", replace(all_day, all_day=True)) is None


def test_what_begins_just_after_midnight_opens_the_evening_before() -> None:
    night = replace(
        KNITTING,
        starts=datetime.fromisoformat("2026-12-04T00:30"),
        ends=datetime.fromisoformat("2026-12-04T03:00"),
    )
    assert at("2026-12-03T23:40", night) is None


def test_only_who_has_a_place_here_checks_in() -> None:
    now = KNITTING.starts
    for standing in set(Standing) - {YES}:
        assert hindrance(KNITTING, standing, HERE, now) is Hindrance.NO_PLACE
    assert hindrance(KNITTING, YES, "karis", now) is Hindrance.ELSEWHERE
    off = replace(KNITTING, cancelled=True)
    assert hindrance(off, YES, HERE, now) is Hindrance.CALLED_OFF
    assert hindrance(None, YES, HERE, now) is Hindrance.OVER


def test_a_series_is_checked_in_on_its_own_days_and_no_other() -> None:
    begun = [datetime.fromisoformat(each) for each in ("2026-12-03T18:00", "2026-12-17T18:00")]
    meetings = tuple(Meeting(each, each + timedelta(hours=2)) for each in begun)
    series = replace(KNITTING, meetings=meetings, ends=meetings[-1].ends)
    assert at("2026-12-03T17:30", series) is None
    assert at("2026-12-10T18:30", series) is Hindrance.NOT_YET
    assert at("2026-12-17T19:59", series) is None
