"""Pace: how much at once, in which order, how long to wait."""

from collections.abc import Container, Iterable

from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.store.ledger import Waiting
from kiosk.sync.pace import ASKED_CAP_S, CAP_S, MOST_SUSPECTED, Pace


class Events:
    """Events that wait, as a ledger gives them."""

    def __init__(self, events: Iterable[Waiting]) -> None:
        """Take the *events*, in any order."""
        self.events = {each.id: each for each in sorted(events, key=lambda each: each.seq)}

    def oldest(self, many: int, but: Container[str]) -> list[Waiting]:
        """List the oldest that are not left out."""
        return [each for each in self.events.values() if each.id not in but][:many]

    def waiting(self, ids: Iterable[str]) -> list[Waiting]:
        """List those of *ids* there are."""
        return [self.events[each] for each in ids if each in self.events]


def waiting(*numbers: int, size: int = 10) -> list[Waiting]:
    """Make events that wait."""
    return [Waiting(f"e{n}", n, b"x" * size) for n in numbers]


@given(st.sets(st.integers(1, 400)), st.sets(st.integers(1, 400)), st.integers(1, 500))
def test_a_batch_holds_the_oldest_first_and_nothing_twice(
    numbers: set[int], troubled: set[int], items: int
) -> None:
    pace = Pace(batch_items=items, setbacks={f"e{n}": 1 for n in troubled})
    batch = pace.next_batch(Events(waiting(*numbers)))
    assert bool(batch) is bool(numbers)
    assert len(batch) <= items
    healthy = sorted(numbers - troubled)
    if healthy:
        assert [each.seq for each in batch] == healthy[: len(batch)]
        assert len(batch) == min(items, len(healthy))
    else:
        assert [each.seq for each in batch] == sorted(numbers)[:1]


@given(st.lists(st.integers(1, 600_000), min_size=1, max_size=12))
def test_a_batch_stays_under_its_bytes_unless_one_event_alone_is_larger(sizes: list[int]) -> None:
    events = [Waiting(f"e{n}", n, b"x" * size) for n, size in enumerate(sizes)]
    batch = Pace(batch_items=500).next_batch(Events(events))
    assert batch
    assert len(batch) == 1 or sum(len(each.body) for each in batch) <= wire.MAX_BATCH_BYTES


@given(st.lists(st.integers(1, 250_000), min_size=1, max_size=80), st.floats(0.01, 1.1))
def test_a_batch_fits_compressed_as_measured_and_inflated(sizes: list[int], ratio: float) -> None:
    events = [Waiting(f"e{n}", n, b"x" * size) for n, size in enumerate(sizes)]
    batch = Pace(batch_items=500, ratio=ratio).next_batch(Events(events))
    many = sum(len(each.body) for each in batch)
    assert len(batch) == 1 or many <= wire.MAX_INFLATED_BYTES
    assert len(batch) == 1 or many * ratio <= wire.MAX_BATCH_BYTES
    more = many + sizes[len(batch)] if len(batch) < len(sizes) else many * 10**9
    assert more * ratio > wire.MAX_BATCH_BYTES * 0.9 or more > wire.MAX_INFLATED_BYTES * 0.9


def test_a_line_that_breaks_makes_batches_smaller_until_one_gets_through() -> None:
    pace, events = Pace(batch_items=8), Events(waiting(*range(1, 20)))
    sizes = []
    for _ in range(4):
        batch = pace.next_batch(events)
        sizes.append(len(batch))
        pace.broke_off(batch)
    assert sizes == [8, 4, 2, 1]
    (second,) = pace.next_batch(events)
    assert second.id == "e2"
    pace.succeeded([second])
    assert [each.id for each in pace.next_batch(events)] == ["e2", "e3"]
    pace.broke_off([])
    assert pace.batch_items == 2


def test_an_event_under_which_the_line_always_breaks_blocks_no_other() -> None:
    pace, left = Pace(), Events(waiting(*range(1, 40)))
    for _ in range(60):
        batch = pace.next_batch(left)
        if any(each.id == "e1" for each in batch):
            pace.broke_off(batch)
            continue
        pace.succeeded(batch)
        for each in batch:
            del left.events[each.id]
    assert list(left.events) == ["e1"]
    assert pace.next_batch(left)


def test_a_line_that_is_down_makes_no_event_suspect() -> None:
    pace, events = Pace(batch_items=1), Events(waiting(*range(1, 100)))
    for _ in range(80):
        pace.broke_off(pace.next_batch(events))
    assert len(pace.suspected) <= MOST_SUSPECTED


@given(st.lists(st.integers(0, 3), max_size=30))
def test_whatever_happens_the_batch_stays_between_one_and_the_most(steps: list[int]) -> None:
    pace = Pace()
    for step in steps:
        if step:
            pace.succeeded()
        else:
            pace.turned_back(waiting(*range(pace.batch_items)))
        assert 1 <= pace.batch_items <= wire.MAX_BATCH_ITEMS


@given(st.sets(st.integers(0, 60), min_size=1), st.sets(st.integers(0, 60), max_size=4))
def test_bisecting_finds_every_poison_and_delivers_the_rest(
    numbers: set[int], poison: set[int]
) -> None:
    pace = Pace()
    left = {each.seq: each for each in waiting(*numbers)}
    for _ in range(200):
        batch = pace.next_batch(Events(left.values()))
        if not {each.seq for each in batch} - poison:
            if left.keys() <= poison and all(pace.setbacks.get(f"e{n}") for n in left):
                break
            pace.turned_back(batch)
        elif {each.seq for each in batch} & poison:
            pace.turned_back(batch)
        else:
            pace.succeeded()
            for each in batch:
                del left[each.seq]
    assert left.keys() == numbers & poison


def test_troubled_events_take_turns() -> None:
    pace = Pace(setbacks={"e1": 2, "e2": 1})
    assert [each.id for each in pace.next_batch(Events(waiting(1, 2)))] == ["e2"]
    pace.turned_back(waiting(2))
    pace.turned_back(waiting(2))
    assert [each.id for each in pace.next_batch(Events(waiting(1, 2)))] == ["e1"]


def test_one_event_alone_does_not_make_batches_smaller() -> None:
    pace = Pace(batch_items=64)
    pace.turned_back(waiting(1))
    assert pace.batch_items == 64
    assert pace.setbacks == {"e1": 1}


@given(st.integers(0, 100), st.none() | st.floats(0, 10**6))
def test_a_kiosk_never_waits_longer_than_its_cap_nor_less_than_it_is_asked(
    failures: int, asked_s: float | None
) -> None:
    wait_s = Pace(failures=failures).wait_s(asked_s)
    if asked_s is None:
        assert 0 <= wait_s <= CAP_S <= 45
    else:
        assert min(asked_s, ASKED_CAP_S) <= wait_s <= ASKED_CAP_S * 1.2


def test_a_success_forgets_the_failures() -> None:
    pace = Pace()
    for _ in range(8):
        pace.wait_s()
    assert pace.failures == 8
    pace.succeeded()
    assert pace.failures == 0
    assert pace.batch_items == 100
    assert all(pace.wait_s() <= 4 for _ in range(1))
