"""Opening hours, against somebody who looks at the door minute by minute."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.opening_hours import Calendar, Hours, Openness

THURSDAY = datetime.fromisoformat("2026-11-26")
WEEK = Calendar(
    (
        Hours(3, time(7), time(22)),
        Hours(3, time(10), time(16), staffed=True),
        Hours(4, time(9), time(0)),
    ),
    closed=(date(2026, 12, 3),),
)


def thursday(hour: int, minute: int = 0) -> datetime:
    return THURSDAY.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("now", "found", "until"),
    [
        (thursday(6, 59), Openness.CLOSED, thursday(7)),
        (thursday(7), Openness.UNSTAFFED, thursday(10)),
        (thursday(10), Openness.STAFFED, thursday(16)),
        (thursday(16), Openness.UNSTAFFED, thursday(22)),
        (thursday(22), Openness.CLOSED, thursday(9) + timedelta(days=1)),
    ],
)
def test_the_door_says_what_holds_and_when_it_changes(
    now: datetime, found: Openness, until: datetime | None
) -> None:
    assert WEEK.at(now) == (found, until)


def test_staff_going_home_does_not_close_the_branch() -> None:
    assert WEEK.closes_at(thursday(15, 50)) == thursday(22)


def test_a_closed_branch_has_no_closing_time() -> None:
    assert WEEK.closes_at(thursday(23)) is None
    assert WEEK.closes_at(thursday(22)) is None


def test_midnight_is_the_end_of_the_day() -> None:
    friday = THURSDAY + timedelta(days=1)
    assert WEEK.at(friday.replace(hour=23, minute=59))[0] is Openness.UNSTAFFED
    assert WEEK.closes_at(friday.replace(hour=12)) == friday + timedelta(days=1)


def test_a_closed_date_wins_over_the_week() -> None:
    holiday = THURSDAY + timedelta(days=7)
    assert WEEK.at(holiday.replace(hour=12))[0] is Openness.CLOSED
    assert WEEK.closes_at(holiday.replace(hour=12)) is None


def test_two_stretches_that_meet_are_one_long_opening() -> None:
    joined = Calendar((Hours(3, time(8), time(12)), Hours(3, time(12), time(18))))
    assert joined.at(thursday(9)) == (Openness.UNSTAFFED, thursday(18))
    assert joined.closes_at(thursday(9)) == thursday(18)


def test_a_branch_that_never_closes_gives_no_closing_time() -> None:
    always = Calendar(tuple(Hours(day, time(0), time(0)) for day in range(7)))
    assert always.at(thursday(23)) == (Openness.UNSTAFFED, None)
    assert always.closes_at(thursday(23)) is None


def test_a_branch_open_past_midnight_is_open_after_midnight() -> None:
    late = Calendar((Hours(4, time(8), time(1)), Hours(5, time(10), time(16))))
    saturday = datetime.fromisoformat("2027-01-09T00:30")
    one = saturday.replace(hour=1, minute=0)
    assert late.at(saturday) == (Openness.UNSTAFFED, one)
    assert late.closes_at(saturday) == late.closes_at(saturday - timedelta(hours=5)) == one
    assert late.at(one)[0] is Openness.CLOSED


def test_the_evening_before_a_holiday_ends_when_it_ends() -> None:
    eve = datetime.fromisoformat("2027-01-09T00:30")
    late = (Hours(4, time(8), time(1)), Hours(5, time(0), time(3)))
    assert Calendar(late, closed=(eve.date(),)).closes_at(eve) == eve.replace(hour=1, minute=0)
    friday_too = Calendar(late, closed=(eve.date(), eve.date() - timedelta(days=1)))
    assert friday_too.at(eve)[0] is Openness.CLOSED


def test_hours_that_nobody_has_entered_are_not_known_and_not_closed() -> None:
    assert not Calendar().known
    assert Calendar().at(THURSDAY) == (Openness.UNKNOWN, None)
    assert Calendar().closes_at(THURSDAY) is None
    holiday = Calendar(closed=(THURSDAY.date(),))
    assert holiday.at(THURSDAY)[0] is Openness.CLOSED
    assert holiday.at(THURSDAY + timedelta(days=1))[0] is Openness.UNKNOWN


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
stretches = st.builds(Hours, st.integers(0, 6), quarters, quarters, st.booleans())
dates = st.integers(-2, 2).map(lambda days: THURSDAY.date() + timedelta(days=days))


@settings(max_examples=150)
@given(
    st.lists(stretches, min_size=1, max_size=6).map(tuple),
    st.lists(dates, max_size=2).map(tuple),
    quarters,
)
def test_the_calendar_agrees_with_a_walk_through_the_week_quarter_by_quarter(
    week: tuple[Hours, ...], closed: tuple[date, ...], at: time
) -> None:
    calendar = Calendar(week, closed)
    now = datetime.combine(THURSDAY, at)
    found = _looks(calendar, now)
    rest = [now + timedelta(minutes=15 * n) for n in range(1, 97)]
    change = next((each for each in rest if _looks(calendar, each) is not found), None)
    assert calendar.at(now) == (found, change)
    shut = next((each for each in rest if _looks(calendar, each) is Openness.CLOSED), None)
    assert calendar.closes_at(now) == (None if found is Openness.CLOSED else shut)


def _looks(calendar: Calendar, moment: datetime) -> Openness:
    """Look at the door: the same answer by another way, walking each stretch from its beginning."""
    quarter = timedelta(minutes=15)
    staffed = set()
    for days in range(-2, 2):
        day = THURSDAY + timedelta(days=days)
        for each in calendar.week:
            if each.weekday != day.weekday() or day.date() in calendar.closed:
                continue
            at = datetime.combine(day, each.opens)
            while True:
                if at == moment:
                    staffed.add(each.staffed)
                at += quarter
                if at.time() == each.closes:
                    break
    if not staffed:
        return Openness.CLOSED
    return Openness.STAFFED if True in staffed else Openness.UNSTAFFED
