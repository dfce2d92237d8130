"""Guesses at receipt codes, counted so that nobody can try many."""

import threading
import time
from collections import deque
from collections.abc import Callable

from kiosk.domain.guessing import MOST_WRONG, WINDOW_S

MOST_IN_ALL = 300
"""However many addresses they come from: 300 in ten minutes at 55 bits find nothing in ages."""


class Guesses:
    """Wrong guesses of the last minutes, by address, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Count with *clock*, seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: deque[tuple[float, str]] = deque()

    def too_many(self, address: str) -> bool:
        """Tell whether *address*, or everybody together, must wait."""
        with self._lock:
            self._forget()
            mine = sum(1 for _at, whose in self._wrong if whose == address)
            return mine >= MOST_WRONG or len(self._wrong) >= MOST_IN_ALL

    def wrong(self, address: str) -> None:
        """Note a well-formed code that leads nowhere."""
        with self._lock:
            self._wrong.append((self._clock(), address))

    def _forget(self) -> None:
        old = self._clock() - WINDOW_S
        while self._wrong and self._wrong[0][0] < old:
            self._wrong.popleft()
