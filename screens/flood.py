"""The flood gate: lets through what hands and scanners can send, and no more."""

import time
from dataclasses import dataclass, field

AT_ONCE = 256
"""Keys a scanner may send in one go: more than the longest code it can read."""
PER_S = 200.0
"""Keys and moves of a finger in a second, for as long as anybody likes."""


@dataclass(slots=True)
class FloodGate:
    """A bucket that fills with time; 200,000 keys at once would keep the app busy for minutes."""

    _left: float = AT_ONCE
    _seen: float = field(default_factory=time.monotonic)

    def lets_through(self) -> bool:
        """Tell whether one more may come through now."""
        now = time.monotonic()
        self._left = min(AT_ONCE, self._left + (now - self._seen) * PER_S)
        self._seen = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
