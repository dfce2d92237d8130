"""On PostgreSQL events lie by month, and none is refused for want of a place."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.events import partitions
from kiosk.central.events.models import Event
from tests.central.knocking import PRAISE, Knocking

MONTHS = st.tuples(st.integers(2020, 2200), st.integers(1, 12))


@given(MONTHS)
def test_a_months_first_id_is_in_that_month_and_the_one_before_is_not(
    month: partitions.Month,
) -> None:
    first = partitions.first_id(month)
    assert partitions.month_of(first) == month
    assert partitions.month_of(UUID(int=first.int - 1)) < month


@pytest.mark.usefixtures("_on_postgresql")
def test_whatever_the_kiosks_clock_says_its_event_is_stored(kiosk: Knocking) -> None:
    ids = [
        "00000000-0000-7000-8000-000000000001",
        "01700000-0000-7000-8000-000000000001",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
    ]
    for identity in ids:
        assert kiosk.verdict(kiosk.handed(PRAISE, event={"id": identity}))[0] == "stored"
        assert kiosk.verdict(kiosk.handed(PRAISE, event={"id": identity}))[1] == wire.ID_TAKEN
    assert Event.objects.count() == 3


@pytest.mark.usefixtures("_on_postgresql")
def test_months_are_made_in_advance_and_for_what_came_late(kiosk: Knocking) -> None:
    now = datetime(2031, 12, 24, tzinfo=UTC)
    late = str(UUID(int=partitions.first_id((2031, 5)).int + (7 << 64) + (2 << 62)))
    kiosk.bring(kiosk.handed(PRAISE, event={"id": late}))
    new = partitions.prepare(now)
    assert new[:7] == [
        (2031, 9),
        (2031, 10),
        (2031, 11),
        (2031, 12),
        (2032, 1),
        (2032, 2),
        (2032, 3),
    ]
    assert (2031, 5) in new
    assert partitions.prepare(now) == []
    assert set(new) <= set(partitions.made())
    assert Event.objects.get().id == UUID(late)
    assert kiosk.verdict(kiosk.handed(PRAISE, event={"id": late}))[1] == wire.ID_TAKEN
