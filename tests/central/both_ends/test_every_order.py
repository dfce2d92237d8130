"""Every order of a few steps at both ends: no receipt is shown for what neither end can read.

The rules are the real ones, of ledger, exchange, taking in, lives, backups and restores; only the
disks are copied in an instant. States that differ in nothing but names are tried once.
"""

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from kiosk.central.exchange import erasure, taking_in
from kiosk.central.safekeeping import backup, lives
from kiosk.store import settling
from kiosk.store.dropping import Drops
from tests.central.both_ends.copies import Moment
from tests.central.both_ends.ends import Ends

DEPTH = int(os.environ.get("DEPTH", "8"))
"""Steps of the thorough run; two fewer where more may happen."""
A, B = 0, 1

Step = Callable[[], object]


@dataclass(frozen=True)
class Most:
    """How often each thing may happen, so that what may come has an end."""

    handed_in: tuple[int, int] = (2, 1)
    backups: int = 2
    erased: int = 1


def possible(both: Ends, most: Most) -> dict[str, Step]:
    """Return what may happen next, by name."""
    return dict(_possible(both, most))


def _possible(both: Ends, most: Most) -> Iterator[tuple[str, Step]]:
    now = both.now
    for kiosk, name in ((A, "a"), (B, "b")):
        mine = [each for each in now.promised if each[22] == str(kiosk)]
        if len(mine) < most.handed_in[kiosk]:
            yield f"{name} hands in", partial(both.hand_in, kiosk)
        if mine and kiosk == A and len(now.erased) < most.erased:
            yield f"{name} erases", partial(both.erase, kiosk)
            yield f"staff erase {name}", partial(both.staff_erase, kiosk)
        yield f"{name} exchanges", partial(both.exchange, kiosk)
        if now.shapes[kiosk]["outbox"]:
            yield f"{name} exchanges unheard", partial(both.exchange, kiosk, loses=True)
    yield "look", both.look
    if now.remembered is None:
        yield "remember", both.remember
    else:
        yield "forget", partial(both.forget, mark_too=False)
        if now.marked:
            yield "forget, mark too", partial(both.forget, mark_too=True)
    if len(now.backups) < most.backups:
        yield "back up", both.back_up
    for number in range(len(now.backups)):
        yield f"restore {number + 1}", partial(both.restore, number)


Way = list[str]
Border = list[tuple[Moment, Way]]
Wrong = tuple[Way, str]


@dataclass
class Explored:
    """What has been tried, a step further at a time."""

    both: Ends
    most: Most = Most()
    rest_at: int = 10
    """Of every so many states it is also tried what becomes of them in the end."""

    def __post_init__(self) -> None:
        """Begin where both ends are."""
        self.seen = {self.both.shape()}
        self.border: Border = [(self.both.now, [])]
        self.wrong: list[Wrong] = []

    def go_on(self, steps: int) -> None:
        """Try every order of so many further steps."""
        for _ in range(steps):
            self.border = [each for moment, way in self.border for each in self._after(moment, way)]

    def _after(self, moment: Moment, way: Way) -> Iterator[tuple[Moment, Way]]:
        self.both.put(moment)
        for name in list(possible(self.both, self.most)):
            self.both.put(moment)
            possible(self.both, self.most)[name]()
            shape = self.both.shape()
            if shape not in self.seen:
                self.seen.add(shape)
                now, so_far = self.both.now, [*way, name]
                self._judge(so_far, rests=zlib.crc32(shape.encode()) % self.rest_at == 0)
                yield now, so_far

    def _judge(self, way: Way, *, rests: bool) -> None:
        wrong = [f"lost: {each}" for each in self.both.lost()]
        wrong += self.both.wrong_in_the_end() if rests else []
        self.wrong += [(way, each) for each in wrong]

    @property
    def told(self) -> str:
        """What is wrong, and the way there."""
        return "\n".join(f"{', '.join(way)}: {what}" for way, what in self.wrong[:20])


def go(both: Ends, *way: str) -> None:
    """Go one way."""
    for name in way:
        possible(both, Most())[name]()


BEGINNINGS = [
    ((), 3),
    (("a hands in", "a exchanges", "remember"), 2),
    (("a hands in", "a exchanges", "back up"), 2),
]


@pytest.mark.parametrize(("way", "further"), BEGINNINGS)
def test_no_order_of_a_few_steps_loses_what_a_receipt_was_shown_for(
    both: Ends, way: tuple[str, ...], further: int
) -> None:
    go(both, *way)
    explored = Explored(both)
    explored.go_on(further)
    assert not explored.wrong, explored.told
    assert len(explored.seen) > 30


SHARDS = int(os.environ.get("SHARDS", "8"))
"""Processes that may share the work; in one alone, no state is tried twice."""
NARROW, WIDE = Most(backups=1, erased=0), Most()


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize(("most", "depth"), [(NARROW, DEPTH), (WIDE, DEPTH - 2)])
def test_no_order_of_eight_steps_does(both: Ends, most: Most, depth: int, shard: int) -> None:
    explored = Explored(both, most, rest_at=50)
    explored.go_on(3)
    explored.border = explored.border[shard::SHARDS]
    for step in range(3, depth):
        explored.go_on(1)
        print(f"{len(explored.seen)} states in {step + 1} steps", flush=True)  # noqa: T201 - tried
    assert not explored.wrong, explored.told


@dataclass(frozen=True)
class Removed:
    """A rule, and a way on which it is missed."""

    rule: str
    without: Sequence[tuple[Any, str, Any]]
    """Where it stands, and what stands there instead."""
    breaks: str
    way: Way


def nothing(*_words: object, **_more: object) -> None:
    """Do nothing."""


def none(*_words: object, **_more: object) -> str:
    """Say nothing."""
    return ""


TAIL = ["a hands in", "a exchanges", "remember", "a hands in", "a exchanges", "forget"]
PURGED = ["a hands in", "a exchanges", "back up", "a exchanges"]
SECOND = ["a hands in", "a exchanges", "back up", "a exchanges"]
FORGETFUL = [
    (taking_in, "_notice_forgotten", nothing),
    (settling, "is_another_life", lambda books, told: books.fact("epoch") != told.epoch),
]
UNASKED = [
    (Drops, "due", lambda *_words, **_more: ()),
    (Drops, "may_go", lambda self, told, _: self._books.index.acknowledged_until(told.safe)),
]
REMOVED = [
    Removed(
        "a tail that was lost is noticed, and nothing goes unasked",
        [*FORGETFUL, *UNASKED],
        "lost",
        [*TAIL, "b hands in", "b exchanges", "a hands in", "a exchanges", "back up", "a exchanges"],
    ),
    Removed(
        "an older backup is refused",
        [(lives, "lacking", none)],
        "lost",
        [*PURGED, *SECOND, "restore 1"],
    ),
    Removed(
        "a database without what kiosks rely on is not backed up",
        [(backup, "look_before", lambda *_words, **_more: lives.look())],
        "lost",
        ["remember", *PURGED, "forget", "look", "back up"],
    ),
    Removed(
        "a restore begins another life",
        [(lives, "begin_again", lambda *_words: lives.present()), *FORGETFUL],
        "lost",
        [*PURGED, "a hands in", "a exchanges", "restore 1"],
    ),
    Removed(
        "whoever was erased is erased again",
        [(erasure, "replay", lambda *_words: 0)],
        "resurrected",
        [*PURGED, "staff erase a", "restore 1"],
    ),
]


@pytest.mark.parametrize("removed", REMOVED, ids=lambda each: each.rule)
def test_each_rule_is_missed(both: Ends, removed: Removed, monkeypatch: pytest.MonkeyPatch) -> None:
    start = both.now
    assert judged(both, removed.way) == []
    both.put(start)
    for where, name, instead in removed.without:
        monkeypatch.setattr(where, name, instead)
    assert any(each.startswith(removed.breaks) for each in judged(both, removed.way))


def judged(both: Ends, way: Way) -> list[str]:
    """Go *way*, and say what is wrong there and in the end."""
    for name in way:
        possible(both, Most((3, 3)))[name]()
    return [f"lost: {each}" for each in both.lost()] + both.wrong_in_the_end()
