"""Opening hours in words, on every screen."""

from datetime import datetime, time, timedelta

import pytest

from kiosk.desk import Desk
from kiosk.domain.opening_hours import Calendar, Hours
from kiosk.i18n import EASY, LANGUAGES, phrases
from screens.hours import closing_in_words, openness_in_words, staffing_in_words
from screens.widgets.status_line import (
    ALONE_MARK,
    BETWEEN,
    CLOSING_MARK,
    MARGIN,
    connection_in_words,
    ways_to_say,
)
from screens.widgets.too_small import LEAST_COLUMNS
from tests.drivers.branch import Branch
from tests.drivers.visitor import visiting

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_that_nobody_knows_are_told_as_that(language: str) -> None:
    now, spoken = datetime.fromisoformat("2026-11-26T12:00"), phrases(language)
    said = openness_in_words(Calendar(), now, spoken)
    assert said not in {"", openness_in_words(THURSDAY, now.replace(hour=23), spoken)}
    assert staffing_in_words(Calendar(), now, spoken) == ""
    assert closing_in_words(Calendar(), now, spoken) == ""


def test_open_past_midnight_is_said_after_midnight_too() -> None:
    late, spoken = Calendar((Hours(3, time(8), time(1), staffed=True),)), phrases("en")
    for now in ("2026-11-26T23:50", "2026-11-27T00:50"):
        moment = datetime.fromisoformat(now)
        assert openness_in_words(late, moment, spoken) == "Open until 01:00"
        assert staffing_in_words(late, moment, spoken) == "The staff are here until 01:00."
    assert closing_in_words(late, moment, spoken) == "The library closes in 10 minutes"


@pytest.mark.parametrize("clock", ["1970-01-01T10:00+00:00", "2026-11-26T10:00+00:00"])
async def test_a_dead_clock_shows_no_time_and_no_hours(
    branch: Branch, desk: Desk, clock: str
) -> None:
    branch.world.clock = datetime.fromisoformat(clock)
    dead = clock.startswith("1970")
    async with visiting(desk) as visitor:
        assert visitor.sees("We do not know the opening hours") is dead
        assert not (dead and visitor.sees("Closed now"))
        await visitor.begins()
        assert visitor.sees("We do not know the opening hours") is dead


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_connection_that_was_not_tried_yet_is_neither_there_nor_missing(language: str) -> None:
    spoken = phrases(language)
    said = {connection_in_words(spoken, connected=each, pending=2) for each in (None, True, False)}
    assert len({each[2:].partition(BETWEEN)[0] for each in said}) == len(said) == 3
    assert len({each[0] for each in said}) == 3


@pytest.mark.parametrize("pending", [0, 1, 12, 5000])
@pytest.mark.parametrize("language", [*LANGUAGES, *EASY.values()])
def test_that_it_closes_and_that_nobody_is_reached_both_fit(language: str, pending: int) -> None:
    spoken = phrases(language)
    closing = closing_in_words(THURSDAY, datetime.fromisoformat("2026-11-26T21:45:00"), spoken)
    for connected in (None, True, False):
        ways = ways_to_say(spoken, closing, connected=connected, pending=pending)
        assert [len(each) for each in ways] == sorted(map(len, ways), reverse=True)
        assert len(ways[-1]) <= LEAST_COLUMNS - MARGIN
        for each in ways:
            assert each.startswith(f"{CLOSING_MARK} {closing}")
            assert (ALONE_MARK in each) is (connected is False)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30)])
async def test_nothing_moves_when_it_closes(
    branch: Branch, desk: Desk, size: tuple[int, int]
) -> None:
    branch.world.clock = datetime.fromisoformat("2026-11-26T12:00+01:00")
    async with visiting(desk, size=size) as visitor:
        await visitor.opens("follow-up")
        places = []
        closes = desk.calendar.closes_at(desk.now())
        assert closes is not None
        for before_s in (3600, 899, 30, -60):
            branch.world.clock += closes - timedelta(seconds=before_s) - desk.now()
            for each in visitor.app.screen.query("Header, StatusLine"):
                each._tick()  # type: ignore[attr-defined] # as its timer does
            await visitor.settles()
            places.append([(type(w).__name__, w.region) for w in visitor.app.screen.query("*")])
            assert visitor.sees("The library closes in") is (0 < before_s < 900), visitor.text
        assert all(each == places[0] for each in places)
