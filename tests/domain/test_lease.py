"""A seat lease: given out whole, used only in time, settled only when everything is known."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.lease import CLOCK_MARGIN, Lease, Standpoint, leases_end, share

DECIDES = datetime(2026, 11, 26, 17, tzinfo=UTC)
SINCE = DECIDES - timedelta(days=7)
LEASE = Lease("L1", 3, SINCE, leases_end(DECIDES))
MONDAY = SINCE + timedelta(days=2)


def test_a_kiosk_gives_no_more_than_its_lease_has_left() -> None:
    asked = {(1, 0): True, (3, 0): True, (4, 0): False, (1, 2): True, (2, 2): False, (0, 0): False}
    for (seats, spent), hoped in asked.items():
        assert LEASE.allows(seats, spent, MONDAY, clock_in_doubt=False) is hoped


def test_a_kiosk_gives_nothing_when_its_clock_is_in_doubt_or_outside_the_lease() -> None:
    assert not LEASE.allows(1, 0, MONDAY, clock_in_doubt=True)
    assert not LEASE.allows(1, 0, LEASE.ends, clock_in_doubt=False)
    assert LEASE.allows(1, 0, LEASE.ends - timedelta(seconds=1), clock_in_doubt=False)
    assert not LEASE.allows(1, 0, SINCE - timedelta(hours=1), clock_in_doubt=False)
    assert LEASE.ends + CLOCK_MARGIN == DECIDES


def test_a_lease_is_settled_only_when_everything_given_under_it_is_here() -> None:
    after = LEASE.ends + CLOCK_MARGIN
    assert not LEASE.is_settled(Standpoint())
    assert not LEASE.is_settled(Standpoint(None, [], MONDAY))
    assert not LEASE.is_settled(Standpoint(MONDAY, ["L1"], MONDAY))
    assert LEASE.is_settled(Standpoint(MONDAY, ["L2"], MONDAY))
    assert not LEASE.is_settled(Standpoint(after - timedelta(seconds=1), ["L1"], MONDAY))
    assert LEASE.is_settled(Standpoint(after, ["L1"], MONDAY))


def test_a_kiosk_that_does_not_know_of_a_lease_yet_has_not_given_it_up() -> None:
    assert not LEASE.is_settled(Standpoint(MONDAY, [], SINCE - timedelta(seconds=1)))
    assert not LEASE.is_settled(Standpoint(MONDAY, [], None))


@given(st.integers(-5, 300), st.integers(0, 100), st.integers(0, 50))
def test_shares_are_even_and_never_more_than_their_part(free: int, percent: int, many: int) -> None:
    found = [share(free, percent, many, place) for place in range(many)]
    if many:
        assert sum(found) == max(0, free) * percent // 100
        assert max(found) - min(found) <= 1
        assert found == sorted(found, reverse=True)
