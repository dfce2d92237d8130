"""Turns at writing: what kiosks bring goes first, understanding it when they leave time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class Turns:
    """Who writes in this process, and who waits."""

    def __init__(self) -> None:
        """Begin with nobody at the door."""
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._bringing = 0

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

    def wait_until_quiet(self, at_most_s: float) -> bool:
        """Wait until no batch is being taken in, at most so many seconds; tell whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._bringing, at_most_s)

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
