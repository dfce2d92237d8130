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
        (thursday(22), Openness.CLOSED, None),
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
    assert WEEK.at(holiday.replace(hour=12)) == (Openness.CLOSED, None)
    assert WEEK.closes_at(holiday.replace(hour=12)) is None


def test_two_stretches_that_meet_are_one_long_opening() -> None:
    joined = Calendar((Hours(3, time(8), time(12)), Hours(3, time(12), time(18))))
    assert joined.at(thursday(9)) == (Openness.UNSTAFFED, thursday(18))
    assert joined.closes_at(thursday(9)) == thursday(18)


def test_a_branch_that_never_closes_gives_no_closing_time() -> None:
    always = Calendar(tuple(Hours(day, time(0), time(0)) for day in range(7)))
    assert always.at(thursday(23)) == (Openness.UNSTAFFED, None)
    assert always.closes_at(thursday(23)) is None


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
stretches = (
    st.tuples(quarters, quarters, st.booleans())
    .filter(lambda each: each[0] < each[1] or each[1] == time(0))
    .map(lambda each: Hours(3, *each))
)


@settings(max_examples=150)
@given(st.lists(stretches, max_size=4).map(tuple), quarters)
def test_the_calendar_agrees_with_looking_every_quarter(week: tuple[Hours, ...], at: time) -> None:
    calendar = Calendar(week)
    now = datetime.combine(THURSDAY, at)
    rest = [now + timedelta(minutes=15 * n) for n in range(1, 97)]
    rest = [each for each in rest if each <= THURSDAY + timedelta(days=1)]
    found, change = calendar.at(now)
    assert change == next((each for each in rest if _looks(week, each) is not found), None)
    assert found is _looks(week, now)
    shut = next((each for each in rest if _looks(week, each) is Openness.CLOSED), None)
    assert calendar.closes_at(now) == (None if found is Openness.CLOSED else shut)


def _looks(week: tuple[Hours, ...], moment: datetime) -> Openness:
    """Look at the door: the same answer by another way, on a Thursday and the empty Friday."""
    if moment.date() != THURSDAY.date():
        return Openness.CLOSED
    now = moment.time()
    inside = [h for h in week if h.opens <= now and (now < h.closes or h.closes == time(0))]
    if not inside:
        return Openness.CLOSED
    return Openness.STAFFED if any(h.staffed for h in inside) else Openness.UNSTAFFED
