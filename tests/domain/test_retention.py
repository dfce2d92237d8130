"""How long the library keeps what was handed in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.receipt import State
from kiosk.domain.retention import RULES, SHORTEST, KeptSubmission, due_at
from kiosk.errands import ERRANDS

ARRIVED = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
LATER = ARRIVED + timedelta(days=20)


@pytest.mark.parametrize(
    ("errand", "state", "ends", "days"),
    [
        ("feedback", State.ANSWERED, None, 20 + 90),
        ("feedback", State.SENT, None, 365),
        ("feedback", State.READ, None, 365),
        ("feedback", State.WITHDRAWN, None, 20 + 30),
        ("volunteer", State.ANSWERED, None, 20 + 365),
        ("idea", State.ANSWERED, None, 20 + 365),
        ("partner", State.ANSWERED, None, 20 + 365),
        ("panel", State.SENT, None, 2 * 365),
        ("panel", State.ANSWERED, None, 20 + 2 * 365),
        ("fault", State.ANSWERED, None, 20 + 30),
        ("fault", State.SENT, None, 180),
        ("sign_up", State.SENT, 50, 50 + 30),
        ("sign_up", State.ANSWERED, 50, 20 + 90),
        ("sign_up", State.ANSWERED, 100, 100 + 30),
        ("sign_up", State.WITHDRAWN, 100, 20 + 30),
        ("sign_up", State.SENT, None, 365),
    ],
)
def test_each_errand_is_kept_for_as_long_as_it_is_of_use(
    errand: str, state: State, ends: int | None, days: int
) -> None:
    last = ARRIVED + timedelta(days=ends) if ends else None
    kept = KeptSubmission(errand, ARRIVED, state, LATER, last)
    assert due_at(kept) == ARRIVED + timedelta(days=days)


@given(
    errand=st.sampled_from(["feedback", "sign_up", "volunteer", "one of the future"]),
    state=st.sampled_from([State.SENT, State.READ, State.ANSWERED, State.WITHDRAWN]),
    later=st.timedeltas(timedelta(0), timedelta(days=900)),
    ends=st.none() | st.timedeltas(timedelta(0), timedelta(days=900)),
)
def test_nothing_is_due_before_it_has_been_here_a_while(
    errand: str, state: State, later: timedelta, ends: timedelta | None
) -> None:
    kept = KeptSubmission(errand, ARRIVED, state, ARRIVED + later, ARRIVED + ends if ends else None)
    assert due_at(kept) >= ARRIVED + SHORTEST


def test_every_rule_is_for_an_errand_that_there_is() -> None:
    assert set(RULES) <= set(ERRANDS)
