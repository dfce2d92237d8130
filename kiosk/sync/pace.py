"""How much to send at once, in which order, and how long to wait after a failure."""

import random
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk import wire
from kiosk.store.ledger import Waiting

BASE_S = 2.0
CAP_S = 45.0
"""Longest wait while nobody answers: a kiosk is heard within a minute of its central's return."""
ASKED_CAP_S = 900.0
"""Longest wait that central may ask for with Retry-After."""

MOST_SUSPECTED = 16
"""With more events than this under which the line broke, it is the line and no event."""

_ROOM = 0.95
"""Part of a limit that events may take; the rest is for what is said beside them."""


class Outbox(Protocol):
    """Where events wait."""

    def oldest(self, many: int, but: Container[str]) -> list[Waiting]:
        """List the *many* oldest without those in *but*."""

    def waiting(self, ids: Iterable[str]) -> list[Waiting]:
        """List those of these that still wait."""


@dataclass(slots=True)
class Pace:
    """What recent attempts have taught; kept in memory only, and soon learned again."""

    batch_items: int = 50
    """Events in the next batch: doubled by success, halved by refusal and by a line that breaks."""
    failures: int = 0
    """Attempts in a row that reached nobody."""
    setbacks: dict[str, int] = field(default_factory=dict)
    """Events that central could not take alone, by id: they go behind the others, never away."""
    suspected: set[str] = field(default_factory=set)
    """Events under which, alone, the line broke: they go behind the others for a while."""
    ratio: float = 1.0
    """Bytes that a batch takes on the way, of each byte in it, as last measured."""

    def next_batch(self, outbox: Outbox, but: Collection[str] = ()) -> list[Waiting]:
        """Choose what to send besides *but*: oldest first, the troublesome last and each alone."""
        behind = self.setbacks.keys() | self.suspected
        fresh = outbox.oldest(self.batch_items, behind.union(but))
        if fresh:
            return self._fitting(fresh)
        troubled = outbox.waiting(behind.difference(but))
        troubled.sort(key=lambda each: (self.setbacks.get(each.id, 0), each.seq))
        return troubled[:1]

    def succeeded(self, batch: Sequence[Waiting] = ()) -> None:
        """Central took *batch*: send more at once, wait no longer than usual."""
        self.failures = 0
        self.batch_items = min(self.batch_items * 2, wire.MAX_BATCH_ITEMS)
        for each in batch[:1]:
            self.setbacks.pop(each.id, None)
            self.suspected.discard(each.id)

    def turned_back(self, batch: Sequence[Waiting]) -> None:
        """Central would not take *batch*: halve, or put the single event behind the others."""
        self._halve(batch)
        for each in batch if len(batch) == 1 else ():
            self.setbacks[each.id] = self.setbacks.get(each.id, 0) + 1

    def broke_off(self, batch: Sequence[Waiting]) -> None:
        """Halve, since the line broke under *batch*: a bad line makes progress too."""
        self._halve(batch)
        if len(batch) == 1:
            if len(self.suspected) >= MOST_SUSPECTED:
                self.suspected.clear()
            self.suspected.add(batch[0].id)

    def wait_s(self, asked_s: float | None = None) -> float:
        """Return how long to wait after a failure: what central asked, else full jitter.

        Exponential back-off with full jitter (M. Brooker, AWS Architecture Blog, 2015).
        """
        self.failures += 1
        if asked_s is not None:
            return min(asked_s, ASKED_CAP_S) * random.uniform(1.0, 1.2)  # noqa: S311 - spreads load
        longest = min(CAP_S, BASE_S * 2 ** min(self.failures, 10))
        return random.uniform(0.0, longest)  # noqa: S311 - spreads load, hides nothing

    def _halve(self, batch: Sequence[Waiting]) -> None:
        if len(batch) > 1:
            self.batch_items = max(1, len(batch) // 2)

    def _fitting(self, events: Sequence[Waiting]) -> list[Waiting]:
        """Take as many as fit, compressed and inflated; at least one."""
        room = min(wire.MAX_BATCH_BYTES / self.ratio, wire.MAX_INFLATED_BYTES) * _ROOM
        fitting: list[Waiting] = []
        for each in events:
            room -= len(each.body)
            if fitting and room < 0:
                break
            fitting.append(each)
        return fitting
