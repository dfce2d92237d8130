"""Figures: hours and names, and nothing that somebody typed."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.clock import ServerTime
from kiosk.domain.figures import hour_in_words, hour_of, is_about, is_language
from tests.drivers.world import FakeWorld


def test_an_hour_is_written_in_utc_and_sorts_in_order_of_time() -> None:
    autumn = [
        datetime.fromisoformat(f"2026-10-25T02:30{offset}") for offset in ("+02:00", "+01:00")
    ]
    assert [hour_in_words(each) for each in autumn] == ["2026-10-25T00:00Z", "2026-10-25T01:00Z"]


def test_the_hour_is_by_centrals_clock_where_that_is_known() -> None:
    world = FakeWorld()
    told = ServerTime(datetime.fromisoformat("2026-12-24T17:59:59+00:00"), world.boot, 0)
    world.later(seconds=1)
    assert hour_of(told, world) == "2026-12-24T18:00Z"
    assert hour_of(None, world) == "2026-11-26T09:00Z"


@pytest.mark.parametrize(
    "name", ["", "feedback", "feedback/wants_answer", "bank/money-advice/refer"]
)
def test_names_of_declarations_can_be_counted(name: str) -> None:
    assert is_about(name)


@pytest.mark.parametrize(
    "typed", ["Anna Svensson", "anna@example.se", "070 123", "a//b", "/a", "å", "a\n", "a" * 81]
)
def test_what_people_type_cannot(typed: str) -> None:
    assert not is_about(typed)


@given(st.text())
def test_whatever_is_counted_is_about_names_only(told: str) -> None:
    if is_about(told):
        assert set(told) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-/")


def test_a_language_is_a_code() -> None:
    assert all(map(is_language, ("", "sv", "sv-easy")))
    assert not any(map(is_language, ("svenska", "SV", "s", "sv ", "sv-" + "x" * 90)))
