"""How much to send at once, in which order, and how long to wait after a failure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk import wire
from kiosk.store.ledger import Waiting

BASE_S = 2.0
CAP_S = 45.0
"""Longest wait while nobody answers: a kiosk is heard within a minute of its central's return."""
ASKED_CAP_S = 900.0
"""Longest wait that central may ask for with Retry-After."""


@dataclass(slots=True)
class Pace:
    """What recent attempts have taught; kept in memory only."""

    batch_items: int = 50
    """Events in the next batch: doubled by success, halved by refusal."""
    failures: int = 0
    """Attempts in a row that reached nobody."""
    setbacks: dict[str, int] = field(default_factory=dict)
    """Events that central could not take alone, by id: they go behind the others, never away."""

    def next_batch(self, unsent: Sequence[Waiting]) -> list[Waiting]:
        """Choose what to send: oldest first, the troublesome last and each alone."""
        waiting = sorted(unsent, key=lambda each: (self.setbacks.get(each.id, 0), each.seq))
        if waiting and self.setbacks.get(waiting[0].id):
            return waiting[:1]
        batch: list[Waiting] = []
        room = wire.MAX_BATCH_BYTES
        for each in waiting[: self.batch_items]:
            room -= len(each.body)
            if batch and (room < 0 or self.setbacks.get(each.id)):
                break
            batch.append(each)
        return batch

    def succeeded(self) -> None:
        """Central took a batch: send more at once, wait no longer than usual."""
        self.failures = 0
        self.batch_items = min(self.batch_items * 2, wire.MAX_BATCH_ITEMS)

    def turned_back(self, batch: Sequence[Waiting]) -> None:
        """Central would not take *batch*: halve, or put the single event behind the others."""
        if len(batch) > 1:
            self.batch_items = max(1, len(batch) // 2)
        for each in batch if len(batch) == 1 else ():
            self.setbacks[each.id] = self.setbacks.get(each.id, 0) + 1

    def wait_s(self, asked_s: float | None = None) -> float:
        """Return how long to wait after a failure: what central asked, else full jitter.

        Exponential back-off with full jitter (M. Brooker, AWS Architecture Blog, 2015).
        """
        self.failures += 1
        if asked_s is not None:
            return min(asked_s, ASKED_CAP_S) * random.uniform(1.0, 1.2)  # noqa: S311 - spreads load
        longest = min(CAP_S, BASE_S * 2 ** min(self.failures, 10))
        return random.uniform(0.0, longest)  # noqa: S311 - spreads load, hides nothing
