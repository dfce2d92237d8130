"""What each rule of the exchange is worth: with one removed, the same schedules go wrong."""

from dataclasses import dataclass

import pytest

from tests.drivers.weather import Fault
from tests.faults.exchange.conftest import Stage
from tests.faults.exchange.schedule import Emphasis


@dataclass(frozen=True)
class Removed:
    """A rule, what goes wrong without it, and where that shows soon."""

    rule: str
    breaks: str
    """Word with which the complaint begins."""
    emphasis: Emphasis


CALM = 1e-9

REMOVED = [
    Removed(
        "purge on any 200",
        "lost",
        Emphasis(0.6, (Fault.LOGIN_PAGE, Fault.OTHER_JSON), begins=("many", "sync", "sync")),
    ),
    Removed(
        "delete on 4xx",
        "lost",
        Emphasis(0.6, (Fault.FORBIDDEN, Fault.TURNED_BACK), begins=("many", "sync", "sync")),
    ),
    Removed(
        "no epoch", "lost", Emphasis(CALM, begins=("back_up", "many", "heartbeats", "restore"))
    ),
    Removed("head-of-line blocking", "stuck", Emphasis(CALM, chokes=True, begins=("many", "many"))),
    Removed(
        "unique(device, seq)",
        "lost",
        Emphasis(CALM, begins=("image", "many", "sync", "put_back", "many", "sync")),
    ),
    Removed(
        "no idle heartbeat", "untold", Emphasis(CALM, begins=("many", "heartbeats", "staff_answer"))
    ),
    Removed(
        "erasure log not replayed",
        "resurrected",
        Emphasis(
            CALM, begins=("many", "heartbeats", "back_up", "staff_erase", "staff_erase", "restore")
        ),
    ),
    Removed(
        "no client id",
        "doubled",
        Emphasis(0.6, (Fault.LOST_ANSWER, Fault.CUT_ANSWER), begins=("many", "sync", "sync")),
    ),
]
SEEDS = range(500, 504)


@pytest.mark.parametrize("removed", REMOVED, ids=lambda each: each.rule)
def test_each_rule_of_the_exchange_is_needed(stage: Stage, removed: Removed) -> None:
    for seed in SEEDS:
        kept = stage.play(seed, 4, removed.emphasis)
        assert kept.wrong == []
        broken = stage.play(seed, 4, removed.emphasis, removed.rule)
        if any(f": {removed.breaks}:" in each for each in broken.wrong):
            return
    pytest.fail(f"{removed.rule} is not missed")


@pytest.mark.slow
@pytest.mark.parametrize("removed", REMOVED, ids=lambda each: each.rule)
def test_each_rule_is_missed_in_plain_schedules_too(fresh_stage: Stage, removed: Removed) -> None:
    wrong = [
        complaint
        for seed in range(100, 200)
        for complaint in fresh_stage.play(seed, 40, without=removed.rule).wrong
    ]
    print(removed.rule, len(wrong))  # noqa: T201 - what the rule is worth
    assert any(f": {removed.breaks}:" in each for each in wrong)
