"""What each rule of the exchange is worth: with one removed, the same schedules go wrong."""

from dataclasses import dataclass

import pytest

from tests.drivers.weather import Fault
from tests.faults.exchange.conftest import Stage
from tests.faults.exchange.schedule import Emphasis


@dataclass(frozen=True)
class Removed:
    """A rule, what goes wrong without it, and where that shows."""

    rule: str
    breaks: str
    """Word with which the complaint begins."""
    emphasis: Emphasis
    """Shows it for certain."""


CALM = 1e-9


def told(*begins: str, chokes: bool = False) -> Emphasis:
    """Leave nothing to chance but who is there."""
    return Emphasis(CALM, chokes=chokes, begins=begins)


REMOVED = [
    Removed("purge on any 200", "lost", told("many", Fault.LOGIN_PAGE, "sync")),
    Removed("delete on 4xx", "lost", told("many", Fault.FORBIDDEN, "sync")),
    Removed("no epoch", "lost", told("back_up", "many", "heartbeats", "restore")),
    Removed("head-of-line blocking", "stuck", told("poisoned", "sound", chokes=True)),
    Removed(
        "unique(device, seq)",
        "lost",
        told("image", "many", "sync", "put_back", "many", "sync"),
    ),
    Removed("no idle heartbeat", "untold", told("many", "sync", "understand", "staff_answer")),
    Removed(
        "erasure log not replayed",
        "resurrected",
        told("many", "sync", "understand", "back_up", "staff_erase", "restore"),
    ),
    Removed(
        "a lost tail is not noticed",
        "lost",
        told(
            *("many", "sync", "remember", "many", "sync", "forget_all"),
            *("many", "sync", "back_up", "heartbeats", "heartbeats"),
        ),
    ),
    Removed(
        "an older backup is refused",
        "lost",
        told(*("many", "sync", "understand", "back_up", "heartbeats") * 2, "restore_older"),
    ),
    Removed(
        "erased elsewhere, not noted here",
        "resurrected",
        told("many", "sync", "understand", "back_up", "erase_elsewhere", "restore"),
    ),
    Removed("the last save is marked nowhere else", "untold", told("many", "empty_journal")),
    Removed("an identity proves itself", "stuck", told("damage_sealing_key", "many", "sync")),
    Removed("a spare file may be unreadable", "stuck", told("many", "spare_unreadable")),
    Removed("thanks come after the disk", "lost", told("many", "disk_read_only")),
    Removed("who joins holds the ledger", "lost", told("many", "join_while_running")),
    Removed("each library gets its own", "lost", told("many", "join_elsewhere")),
    Removed("news is what was sent last", "untold", told("replay_heartbeat")),
    Removed("only what is offered now is news", "untold", told("old_content")),
    Removed("dates that were ahead are mended", "stuck", told("clock_ahead")),
    Removed(
        "whoever serves holds the database",
        "lost",
        told("many", "sync", "back_up", "restore_serving"),
    ),
    Removed("no client id", "doubled", told("many", Fault.LOST_ANSWER, "sync")),
]


@pytest.mark.parametrize("removed", REMOVED, ids=lambda each: each.rule)
def test_each_rule_of_the_exchange_is_needed(stage: Stage, removed: Removed) -> None:
    assert stage.play(500, 0, removed.emphasis).wrong == []
    broken = stage.play(500, 0, removed.emphasis, removed.rule).wrong
    assert any(f": {removed.breaks}:" in each for each in broken), broken


@pytest.mark.slow
@pytest.mark.parametrize("removed", REMOVED, ids=lambda each: each.rule)
def test_it_is_no_luck_that_a_missing_rule_is_missed(stage: Stage, removed: Removed) -> None:
    for seed in range(501, 541):
        assert stage.play(seed, 0, removed.emphasis).wrong == []
        broken = stage.play(seed, 0, removed.emphasis, removed.rule).wrong
        assert any(f": {removed.breaks}:" in each for each in broken), broken


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
