"""Opening hours in words, on every screen."""

from datetime import datetime, time

import pytest

from kiosk.domain.opening_hours import Calendar, Hours
from kiosk.i18n import phrases
from screens.hours import closing_in_words

THURSDAY = Calendar((Hours(3, time(7), time(22)), Hours(3, time(10), time(16), staffed=True)))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("21:44:59", ""),
        ("21:45:00", "Biblioteket stänger om 15 minuter"),
        ("21:50:00", "Biblioteket stänger om 10 minuter"),
        ("21:54:30", "Biblioteket stänger om 6 minuter"),
        ("21:59:01", "Biblioteket stänger om 1 minut"),
        ("22:00:00", ""),
        ("15:50:00", ""),
    ],
)
def test_closing_time_is_told_from_a_quarter_of_an_hour_before(now: str, said: str) -> None:
    moment = datetime.fromisoformat(f"2026-11-26T{now}")
    assert closing_in_words(THURSDAY, moment, phrases("sv")) == said
