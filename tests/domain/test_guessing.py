"""How much slower guesses become, and who is one origin."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.guessing import LONGEST_S, MOST_WRONG, WINDOW_S, origin, slowed_s, still_counting


@given(st.integers(0, 10**6))
def test_the_first_wrong_codes_cost_nothing_and_none_ever_costs_much(wrong: int) -> None:
    assert (slowed_s(wrong) == 0) == (wrong < MOST_WRONG)
    assert slowed_s(wrong) <= slowed_s(wrong + 1) <= LONGEST_S


@given(st.lists(st.floats(0, 1e10)), st.floats(0, 1e10))
def test_only_the_last_ten_minutes_count(wrong_at: list[float], now: float) -> None:
    assert all(now - WINDOW_S < at <= now for at in still_counting(wrong_at, now))


def test_a_clock_that_was_set_back_keeps_nobody_waiting() -> None:
    assert still_counting([5_000.0] * MOST_WRONG, 100.0) == []


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_an_ipv6_network_is_one_origin_and_another_is_another(a: int, b: int, other: int) -> None:
    net = (0x2001_0DB8 << 32 | a % 2**32) << 64
    inside, beside = IPv6Address(net | a), IPv6Address(net | b)
    assert origin(str(inside)) == origin(str(beside))
    assert inside in IPv6Network(origin(str(beside)))
    stranger = IPv6Address((0x2001_0DB9 << 32 | other % 2**32) << 64 | b)
    assert origin(str(stranger)) != origin(str(inside))


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_itself_however_it_is_written(number: int) -> None:
    address = IPv4Address(number)
    assert origin(str(address)) == str(address) == origin(f"::ffff:{address}")


def test_what_is_no_address_is_an_origin_too() -> None:
    assert (origin("stick"), origin("")) == ("stick", "")
