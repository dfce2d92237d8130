"""What has become of a sign-up is told in plain words, and never too well."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.seats import SeatStatus, Standing, Why
from kiosk.errands.seat_words import REASONS, headline, known_when, reason
from kiosk.i18n import LANGUAGES, phrases

NOW = datetime.fromisoformat("2026-11-26T14:05")
DECIDES = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (SeatStatus(Standing.CONFIRMED, seats=1), "Platsen är din."),
        (SeatStatus(Standing.PROVISIONAL, place=3), "nummer 3"),
        (SeatStatus(Standing.WAITING, place=2), "nummer 2 på väntelistan"),
        (SeatStatus(Standing.CANCELLED), "tagit tillbaka"),
        (SeatStatus(Standing.REFUSED), "ingen plats"),
    ],
)
def test_each_standing_has_its_line(told: SeatStatus, line: str) -> None:
    assert line in headline(told, phrases("sv"))


def test_several_places_are_several() -> None:
    assert "3" in headline(SeatStatus(Standing.CONFIRMED, seats=3), phrases("sv"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", REASONS)
def test_a_reason_is_told_in_every_language(language: str, why: Why) -> None:
    assert reason(SeatStatus(Standing.REFUSED, why), phrases(language), NOW).endswith(".")


def test_who_waits_hears_when_it_is_decided_at_the_latest() -> None:
    speak = phrases("en")
    waits = SeatStatus(Standing.WAITING, Why.FULL, place=1, decides=DECIDES)
    assert "At the latest on Tuesday 1 December 10:00." in reason(waits, speak, NOW)
    assert "latest" not in reason(waits, speak, NOW + timedelta(days=30))
    has = SeatStatus(Standing.CONFIRMED, Why.IN_ORDER, decides=DECIDES)
    assert "latest" not in reason(has, speak, NOW)
    unknown = SeatStatus(Standing.PROVISIONAL, None, place=1)
    assert reason(unknown, speak, NOW) == ""


def test_what_was_known_today_is_told_by_the_clock_and_else_with_its_day() -> None:
    speak = phrases("da")
    assert known_when(NOW.replace(hour=9), speak, NOW) == "9.05"
    assert "9.05" in known_when(NOW.replace(day=24, hour=9), speak, NOW)
    assert known_when(NOW.replace(day=24, hour=9), speak, NOW) != "9.05"
