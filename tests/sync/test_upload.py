"""The upload of a backlog: batch after batch, and what the next one says of the one before."""

from typing import Any

import pytest

from kiosk import wire
from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.sync.pace import Pace
from kiosk.wire import EventVerdict, Verdict
from tests.drivers.branch import Branch, event
from tests.drivers.played_central import Heard, PlayedCentral, Reply, good
from tests.sync.conftest import save, unsent


def test_each_batch_tells_what_is_left_and_the_last_that_it_is_all(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, *range(1, 15))
    outcome = connected.exchange(Pace(batch_items=2)).run()
    assert (outcome.stored, outcome.duplicate, outcome.pending) == (14, 0, 0)
    assert [len(each) for each in central.brought] == [2, 4, 8]
    told = [each.inbox for each in central.heard if each.path.endswith("inbox")]
    assert [each.health.pending for each in told] == [14, 12, 8]
    assert [bool(each.complete_until) for each in told] == [False, False, True]


def test_a_dead_letter_is_told_once(connected: Branch, central: PlayedCentral) -> None:
    def refusing_one(central: PlayedCentral, heard: Heard) -> Reply:
        if len(central.brought) > 1:
            return good(central, heard)
        judged = [
            EventVerdict(event(1).id, Verdict.REFUSED),
            EventVerdict(event(2).id, Verdict.STORED),
        ]
        return central.inbox_answer(heard, verdicts=judged)

    save(connected, *range(1, 13))
    central.plays = [refusing_one]
    connected.exchange(Pace(batch_items=2)).run()
    told = [each.inbox for each in central.heard if each.path.endswith("inbox")]
    dead = [[each.id for each in inbox.dead] for inbox in told]
    assert dead == [[], [event(1).id], []]


def test_what_a_visitor_takes_back_meanwhile_is_not_brought(
    connected: Branch, central: PlayedCentral
) -> None:
    def taken_back(central: PlayedCentral, heard: Heard) -> Reply:
        if len(central.brought) == 1:
            connected.desk.ledger.forget(event(3).id)
        return good(central, heard)

    save(connected, *range(1, 6))
    central.plays = [taken_back]
    outcome = connected.exchange(Pace(batch_items=2)).run()
    assert (outcome.stored, outcome.pending) == (4, 0)
    assert event(3).id not in central.stored


def test_news_is_asked_for_after_what_the_answer_before_has_told(
    connected: Branch, central: PlayedCentral
) -> None:
    def play(central: PlayedCentral, heard: Heard) -> Reply:
        news = {"told_until": 7} if len(central.brought) == 2 else {}
        return central.inbox_answer(heard, **news)

    save(connected, *range(1, 15))
    central.plays = [play]
    connected.exchange(Pace(batch_items=2)).run()
    told = [each.inbox.states_after for each in central.heard if each.path.endswith("inbox")]
    assert told == [0, 0, 7]


def test_an_answer_that_cannot_be_settled_loses_nothing(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(connected, *range(1, 15))
    ledger = connected.desk.ledger
    honest, many = ledger.settle, []

    def settle(answer: wire.InboxAnswer, told: Any) -> Any:
        many.append(answer)
        if len(many) == 2:
            raise Trouble(CANNOT_WRITE, path=ledger.path, why="full")
        return honest(answer, told)

    with monkeypatch.context() as full:
        full.setattr(ledger, "settle", settle)
        outcome = connected.exchange(Pace(batch_items=2)).run()
    assert (outcome.error, len(central.stored)) == (CANNOT_WRITE.code, 6)
    assert unsent(connected) == list(range(3, 15))
    outcome = connected.exchange().run()
    assert (outcome.duplicate, outcome.stored, outcome.pending) == (4, 8, 0)
