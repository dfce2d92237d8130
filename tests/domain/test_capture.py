"""When an errand was truly handed in, whatever the kiosk's wall clock said."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.capture import CLOSE, CapturedMoment, Heard, better_zero, true_moment, zero_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AN_HOUR_MS = 3_600_000

moments = st.datetimes(
    NOON.replace(year=2000, tzinfo=None),
    NOON.replace(year=2060, tzinfo=None),
    timezones=st.just(UTC),
)
anything = st.datetimes(timezones=st.just(UTC))
spans = st.timedeltas(timedelta(0), timedelta(days=200))
heards = st.builds(
    Heard,
    boot=st.sampled_from("abc"),
    started_at=moments,
    wall_offset=st.none() | st.timedeltas(timedelta(days=-9999), timedelta(days=9999)),
)


def coarse(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@given(started=moments, ran=spans, waited=spans, wrong=st.timedeltas(-40 * timedelta(365)))
def test_within_a_boot_the_moment_is_exact_whatever_the_wall_clock_said(
    started: datetime, ran: timedelta, waited: timedelta, wrong: timedelta
) -> None:
    happened = started + ran
    try:
        told = coarse(happened + wrong)
    except OverflowError:
        return
    zero = zero_of(happened + waited, (ran + waited) // timedelta(milliseconds=1))
    assert zero
    found = true_moment(
        told, "b", ran // timedelta(milliseconds=1), [Heard("b", zero, wrong)], happened + waited
    )
    assert found.exactly
    assert abs(found.at - happened) <= CLOSE + MINUTE


def test_a_clock_that_goes_right_is_taken_at_its_word() -> None:
    heard = [Heard("b", NOON - timedelta(hours=2), timedelta(seconds=1))]
    found = true_moment(NOON - timedelta(hours=1), "b", AN_HOUR_MS + 50_000, heard, NOON)
    assert found == CapturedMoment(NOON - timedelta(hours=1), exactly=True)


def test_of_a_boot_nobody_heard_of_the_last_known_offset_tells_roughly() -> None:
    two_years = timedelta(days=730)
    heard = [Heard("c", NOON, None), Heard("b", NOON, two_years), Heard("a", NOON, timedelta())]
    told = NOON - two_years - timedelta(days=3)
    found = true_moment(told, "x", 1, heard, NOON)
    assert found == CapturedMoment(NOON - timedelta(days=3), exactly=False)


def test_without_any_boot_the_wall_clock_is_all_there_is() -> None:
    told = NOON - timedelta(days=3)
    assert true_moment(told, "x", 1, [], NOON) == CapturedMoment(told, exactly=False)


def test_a_monotonic_clock_that_would_reach_into_the_future_is_not_believed() -> None:
    heard = [Heard("b", NOON, timedelta())]
    told = NOON - timedelta(hours=1)
    assert not true_moment(told, "b", AN_HOUR_MS, heard, NOON).exactly
    assert not true_moment(told, "b", -1, heard, NOON).exactly
    assert not true_moment(told, "b", 2**63 - 1, heard, NOON).exactly


@given(anything, st.sampled_from("abx"), st.integers(), st.lists(heards, max_size=3), moments)
def test_nothing_happens_after_it_arrived_and_seconds_are_never_kept(
    told: datetime, boot: str, mono_ms: int, heard: list[Heard], arrived: datetime
) -> None:
    found = true_moment(coarse(told), boot, mono_ms, heard, arrived)
    assert found.at <= arrived
    assert (found.at.second, found.at.microsecond) == (0, 0)


def test_a_request_that_was_held_up_does_not_move_what_is_known() -> None:
    assert better_zero(NOON, NOON + MINUTE) == NOON
    assert better_zero(NOON + MINUTE, NOON) == NOON


def test_a_machine_that_has_slept_is_believed_anew() -> None:
    assert better_zero(NOON, NOON + timedelta(hours=8)) == NOON + timedelta(hours=8)


def test_a_monotonic_clock_beyond_belief_tells_nothing() -> None:
    assert zero_of(NOON, -1) is None
    assert zero_of(NOON, 2**63) is None
    assert zero_of(datetime.min.replace(tzinfo=UTC), 1) is None


def test_a_correction_past_the_end_of_the_calendar_is_none() -> None:
    told = datetime.max.replace(tzinfo=UTC)
    arrived = told
    heard = [Heard("a", NOON, timedelta(days=2))]
    assert true_moment(told, "b", 1, heard, arrived) == CapturedMoment(
        coarse(arrived), exactly=False
    )
