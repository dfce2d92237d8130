"""The real exchange under seeded schedules: nothing is lost, doubled, stuck, resurrected, untold.

On demand: `SCHEDULES=5000 ON_POSTGRESQL=1000 pytest -m slow tests/faults/exchange/test_campaign.py`
plays that many on each database, from `FIRST_SEED`.
"""

import os

import pytest

from tests.drivers.sampled import only
from tests.faults.exchange.conftest import Stage
from tests.faults.exchange.schedule import Emphasis, Tally

SCHEDULES = int(os.environ.get("SCHEDULES", "2000"))
ON_POSTGRESQL = int(os.environ.get("ON_POSTGRESQL", "500"))
FIRST_SEED = int(os.environ.get("FIRST_SEED", "1000"))
AT_ONCE = 50
"""Schedules at one central, before its database grows too large to be backed up in an instant."""


def campaign(stage: Stage, seeds: range, actions: int) -> Tally:
    """Play many schedules and sum them up."""
    whole = Tally()
    for seed in seeds:
        whole.add(stage.play(seed, actions))
    return whole


@pytest.mark.parametrize("first", only({0}, (0, 3, 6, 9)))
def test_whatever_happens_both_ends_agree_in_the_end_and_every_promise_is_kept(
    stage: Stage, first: int
) -> None:
    played = campaign(stage, range(first, first + 3), actions=30)
    assert played.wrong == []
    assert played.events > 15
    assert played.faults > 0


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST_SEED, FIRST_SEED + SCHEDULES, AT_ONCE))
def test_thousands_of_schedules_break_no_promise(fresh_stage: Stage, first: int) -> None:
    last = min(first + AT_ONCE, FIRST_SEED + SCHEDULES)
    played = campaign(fresh_stage, range(first, last), actions=40)
    print(played.told())  # noqa: T201 - what was played
    assert played.wrong == []


def test_two_serving_processes_on_postgresql_break_no_promise(stage_on_postgresql: Stage) -> None:
    begins = ("many", "die_understanding", "many", "kill_worker", "many", "together")
    calm = Emphasis(1e-9, chokes=False, begins=begins)
    played = stage_on_postgresql.play(40, 12, calm)
    assert played.wrong == []
    assert played.died_unread >= 1


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST_SEED, FIRST_SEED + ON_POSTGRESQL, AT_ONCE))
def test_many_schedules_against_two_serving_processes_break_no_promise(
    stage_on_postgresql: Stage, first: int
) -> None:
    last = min(first + AT_ONCE, FIRST_SEED + ON_POSTGRESQL)
    played = campaign(stage_on_postgresql, range(first, last), actions=40)
    print(played.told())  # noqa: T201 - what was played
    assert played.wrong == []
