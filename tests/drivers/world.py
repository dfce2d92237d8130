"""A world that stands still until a test moves it."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
"""A Thursday, half past ten in Stockholm."""


@dataclass(slots=True)
class FakeWorld:
    """Clock and chance that a test sets; the same seed gives the same codes."""

    clock: datetime = BEGINNING
    boot: str = "b00t0001"
    seed: int = 1
    _started: datetime = field(init=False)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Start the monotonic clock."""
        self._started = self.clock
        self._chance = random.Random(self.seed)

    def now(self) -> datetime:
        """Return the clock as it was set."""
        return self.clock

    def monotonic_ms(self) -> int:
        """Return milliseconds since the world was made."""
        return (self.clock - self._started) // timedelta(milliseconds=1)

    def random_bits(self, many: int) -> int:
        """Return the next *many* bits of the seeded chance."""
        return self._chance.getrandbits(many)

    def wait(self, seconds: float) -> None:
        """Let time pass at once."""
        self.later(seconds=seconds)

    def later(self, **by: float) -> None:
        """Move the clock on, in the words of `timedelta`."""
        self.clock += timedelta(**by)
