"""Settling one answer while the next batch is on its way: faster, and by the same rules."""

import gzip
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.sync.beside import Beside
from kiosk.sync.pace import Pace
from kiosk.sync.packing import body_of, packed
from kiosk.wire import Judged, Verdict
from tests.drivers.branch import Branch, event
from tests.drivers.played_central import Heard, PlayedCentral, Reply, good
from tests.sync.conftest import save, unsent

_GIVE_UP_S = 10.0

_LONG_S = 30.0


class _Settling:
    """Counts what a ledger settles."""

    def __init__(self, branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch the ledger of *branch*."""
        self._ledger, self.many = branch.desk.ledger, 0
        self._done = threading.Condition()
        honest = self._ledger.settle

        def settle(*words: Any) -> Any:
            settled = honest(*words)
            with self._done:
                self.many += 1
                self._done.notify_all()
            return settled

        monkeypatch.setattr(self._ledger, "settle", settle)

    def wait_for(self, many: int) -> bool:
        """Wait until so many answers are settled."""
        with self._done:
            return self._done.wait_for(lambda: self.many >= many, _LONG_S)


def _batches(central: PlayedCentral) -> list[list[msgspec.Raw]]:
    """Return the events of every inbox that has come."""
    return [each.inbox.items for each in central.heard if each.path.endswith("inbox")]


def third(play: Callable[[PlayedCentral, Heard], Reply]) -> Any:
    """Play *play* at the third batch, and well at all others."""

    def each(central: PlayedCentral, heard: Heard) -> Reply:
        return play(central, heard) if len(central.brought) == 3 else good(central, heard)

    return each


def test_an_answer_is_settled_while_the_next_batch_is_on_its_way(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    settling, waited = _Settling(connected, monkeypatch), []

    def patiently(central: PlayedCentral, heard: Heard) -> Reply:
        waited.append(settling.wait_for(2))
        return good(central, heard)

    save(connected, *range(1, 15))
    central.plays = [third(patiently)]
    outcome = connected.exchange(Pace(batch_items=2)).run()
    assert waited == [True]
    assert (outcome.stored, outcome.duplicate, outcome.pending) == (14, 0, 0)
    assert [len(each) for each in central.brought] == [2, 4, 8]
    told = [each.inbox for each in central.heard if each.path.endswith("inbox")]
    assert [each.health.pending for each in told] == [14, 12, 8]
    assert [bool(each.complete_until) for each in told] == [False, False, True]


@pytest.mark.parametrize(
    "news",
    [
        {"erase": [event(14).id]},
        {"epoch": "e2"},
        {"verdicts": []},
        {"verdicts": [Judged(event(number).id, Verdict.RETRY) for number in (3, 4, 5, 6)]},
    ],
    ids=["an erasure", "another life", "no verdict", "try again"],
)
def test_an_answer_that_changes_what_the_next_batch_says_is_settled_before(
    connected: Branch,
    central: PlayedCentral,
    monkeypatch: pytest.MonkeyPatch,
    news: dict[str, Any],
) -> None:
    settling, settled = _Settling(connected, monkeypatch), []

    def play(central: PlayedCentral, heard: Heard) -> Reply:
        settled.append(settling.many)
        if len(central.brought) == 2:
            return central.inbox_answer(heard, **news)
        return good(central, heard)

    save(connected, *range(1, 15))
    central.plays = [play]
    connected.exchange(Pace(batch_items=2)).run()
    assert settled[:3] == [0, 1, 2]


def test_what_a_visitor_takes_back_after_it_was_chosen_is_not_brought(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_BATCH_ITEMS", 2)
    save(connected, *range(1, 11))
    exchange, chosen = connected.exchange(Pace(batch_items=2)), []
    honest = exchange.carrier.prepare

    def prepare(message: wire.Inbox) -> None:
        honest(message)
        chosen.append([wire.decode(bytes(each), wire.Event).seq for each in message.items])
        if chosen[-1] == [5, 6]:
            connected.desk.ledger.forget(event(5).id)

    monkeypatch.setattr(exchange.carrier, "prepare", prepare)
    outcome = exchange.run()
    assert (outcome.stored, outcome.pending) == (9, 0)
    assert chosen[:4] == [[3, 4], [5, 6], [8, 9], [10]]
    brought = [
        [wire.decode(bytes(each), wire.Event).seq for each in batch] for batch in _batches(central)
    ]
    assert brought == [[1, 2], [3, 4], [6, 7], [8, 9], [10]]


def test_a_dead_letter_is_told_once_though_the_next_batch_was_written_before_it_was(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_BATCH_ITEMS", 2)

    def refusing_one(central: PlayedCentral, heard: Heard) -> Reply:
        first = heard.inbox.items[0]
        if len(central.brought) > 1:
            return good(central, heard)
        named = wire.decode(bytes(first), wire.Event).id
        others = [Judged(event(2).id, Verdict.STORED)]
        return central.inbox_answer(heard, verdicts=[Judged(named, Verdict.REFUSED), *others])

    save(connected, *range(1, 13))
    central.plays = [refusing_one]
    connected.exchange(Pace(batch_items=2)).run()
    told = [each.inbox for each in central.heard if each.path.endswith("inbox")]
    assert [[each.id for each in inbox.dead] for inbox in told] == [
        [],
        [event(1).id],
        [],
        [],
        [],
        [],
    ]


def test_what_was_chosen_before_an_answer_had_to_be_settled_is_not_brought_twice(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_BATCH_ITEMS", 2)

    def erasing_first(central: PlayedCentral, heard: Heard) -> Reply:
        news = {"erase": [event(99).id]} if len(central.brought) == 1 else {}
        return central.inbox_answer(heard, **news)

    save(connected, 1, 2, 3, 4)
    central.plays = [erasing_first]
    outcome = connected.exchange(Pace(batch_items=2)).run()
    assert [len(batch) for batch in _batches(central)] == [2, 2]
    assert (outcome.stored, outcome.duplicate, outcome.pending) == (4, 0, 0)


def test_news_that_is_not_settled_yet_is_not_asked_for_again(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    settling, settled = _Settling(connected, monkeypatch), []

    def play(central: PlayedCentral, heard: Heard) -> Reply:
        settled.append(settling.wait_for(2) if len(central.brought) == 3 else False)
        news = {"told_until": 7} if len(central.brought) == 2 else {}
        return central.inbox_answer(heard, **news)

    save(connected, *range(1, 15))
    central.plays = [play]
    connected.exchange(Pace(batch_items=2)).run()
    assert settled[:3] == [False, False, True]
    told = [each.inbox.states_after for each in central.heard if each.path.endswith("inbox")]
    assert told[:3] == [0, 0, 7]
    assert connected.desk.ledger.fact("states_after") == 7


def test_an_answer_that_cannot_be_settled_loses_nothing_of_the_batch_on_its_way(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(connected, *range(1, 15))
    ledger = connected.desk.ledger
    honest, many = ledger.settle, []

    def settle(*words: Any) -> Any:
        many.append(words)
        if len(many) == 2:
            raise Trouble(CANNOT_WRITE, path=ledger.path, why="full")
        return honest(*words)

    with monkeypatch.context() as full:
        full.setattr(ledger, "settle", settle)
        outcome = connected.exchange(Pace(batch_items=2)).run()
    assert (outcome.error, len(central.stored)) == (CANNOT_WRITE.code, 14)
    assert unsent(connected) == list(range(3, 15))
    outcome = connected.exchange().run()
    assert (outcome.duplicate, outcome.pending) == (12, 0)


@given(
    st.lists(st.text(max_size=20).map(lambda each: msgspec.json.encode({"x": each})), max_size=5),
    st.sampled_from(["one", '"items":[', '\\"items":[]']),
)
def test_an_inbox_whose_events_were_compressed_ahead_is_the_same_inbox(
    items: list[bytes], odd: str
) -> None:
    message = wire.Inbox(
        protocol=1,
        batch=odd,
        device=odd,
        now="2026-11-26T10:30+01:00",
        mono_ms=1,
        boot=odd,
        health=wire.Health(odd, 1),
        items=[msgspec.Raw(each) for each in items],
        dead=[wire.DeadLetter(odd, odd)],
    )
    body, length = body_of(message, packed(items))
    clear = gzip.decompress(body)
    assert clear == wire.encode(message)
    assert len(clear) == length


def test_a_call_beside_has_ended_when_its_block_ends() -> None:
    done = []
    with Beside(lambda: done.append("early"), "early") as beside:
        beside.begin()
        beside.begin()
    with Beside(lambda: done.append("at the end"), "late"):
        pass
    assert done == ["early", "at the end"]


def test_what_a_call_beside_raises_is_raised_where_its_block_ends() -> None:
    def fail() -> None:
        raise Trouble(CANNOT_WRITE, path="ledger", why="full")

    with pytest.raises(Trouble, match="full"), Beside(fail, "failing") as beside:
        beside.begin()
    with pytest.raises(Trouble, match="full") as raised, Beside(fail, "failing"):
        raise ValueError("what the block raises is told beside it")
    assert isinstance(raised.value.__context__, ValueError)


def test_who_needs_it_goes_on_while_a_call_beside_works() -> None:
    gone_on = threading.Event()

    def went_on() -> None:
        if not gone_on.wait(_GIVE_UP_S):
            raise TimeoutError

    with Beside(went_on, "going on") as beside:
        beside.begin()
        gone_on.set()
