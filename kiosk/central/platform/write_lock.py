"""Turns at writing: what kiosks bring goes first, understanding it when they leave time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

MORE_COMES_S = 0.5
"""How long a kiosk that has more to bring is waited for between two of its batches."""


class Turns:
    """Who writes in this process, and who waits."""

    def __init__(self) -> None:
        """Begin with nobody at the door."""
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._bringing = 0
        self._expecting_until = 0.0

    @contextmanager
    def bringing(self) -> Iterator[None]:
        """Count a batch that is being taken in, from its first byte to its answer."""
        with self._changed:
            self._bringing += 1
        try:
            yield
        finally:
            with self._changed:
                self._bringing -= 1
                self._changed.notify_all()

    def expect_more(self) -> None:
        """Say that a kiosk brings another batch as soon as it has its answer."""
        with self._changed:
            self._expecting_until = time.monotonic() + MORE_COMES_S

    def wait_until_quiet(self, at_most_s: float) -> bool:
        """Wait until no batch is being taken in nor comes at once; tell whether it is quiet.

        Never waits longer than *at_most_s* seconds.
        """
        until = time.monotonic() + at_most_s
        with self._changed:
            while busy_until := self._busy_until():
                now = time.monotonic()
                if now >= until:
                    return False
                self._changed.wait(min(until, busy_until) - now)
        return True

    def _busy_until(self) -> float:
        """Return up to when it is certainly not quiet; 0 when it is."""
        if self._bringing:
            return float("inf")
        return self._expecting_until if self._expecting_until > time.monotonic() else 0.0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wait for this process's turn where there is one write lock; elsewhere all write at once.

        SQLite lets whoever polls luckily go first; this lock is waited for.
        """
        if connection.vendor != "sqlite":
            yield
            return
        with self._writing:
            yield


TURNS = Turns()
"""Of this process."""
