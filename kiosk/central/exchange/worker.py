"""The interpreter: a thread of every serving process that understands what has been taken in."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from django.db import close_old_connections, connections
from django.utils import timezone

from kiosk.central.events import partitions
from kiosk.central.events.bell import BELL, Wakeup
from kiosk.central.exchange.processing import (
    ELSEWHERE_S,
    MOST_AT_ONCE,
    Processed,
    understand,
    waiting,
)
from kiosk.central.exchange.replay import libraries, reread_after_upgrade
from kiosk.central.platform.write_lock import TURNS

LOOK_EVERY_S = 5.0
"""For what other processes have left behind; one's own rings the bell."""
_STOP_S = 10.0
_PREPARE_EVERY_S = 6 * 3600.0
_PATIENCE_S = 1.0
"""How long batches of kiosks may go first before a few events are understood all the same."""
_MOST_BETWEEN = 25
"""Events understood in one transaction while batches wait."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Interpreter(threading.Thread):
    """Listens to the bell; what it is in the middle of when the process dies is done again."""

    def __init__(self, bell: Wakeup = BELL, look_every_s: float = LOOK_EVERY_S) -> None:
        """Listen to *bell*, and look *every* so often for what other processes have left behind."""
        super().__init__(name="interpreter", daemon=True)
        self.counted = Processed()
        """What it has done so far."""
        self._bell = bell
        self._look_every_s = look_every_s

    def run(self) -> None:
        """Understand until the bell ends."""
        looked_at = prepared_at = float("-inf")
        tenants: set[str] = set()
        self._reread()
        while not self._bell.ended:
            close_old_connections()
            if time.monotonic() - prepared_at >= _PREPARE_EVERY_S:
                self._prepare()
                prepared_at = time.monotonic()
            if time.monotonic() - looked_at >= self._look_every_s:
                tenants |= self._guarded(waiting, set())
                looked_at = time.monotonic()
            self._understand(tenants)
            tenants = self._bell.wait(self._look_every_s)
        connections.close_all()

    def _prepare(self) -> None:
        """Make room for the events to come."""
        none: list[partitions.Month] = []
        self._guarded(lambda: partitions.prepare(timezone.now()), none)

    def _reread(self) -> None:
        """Read again what an older program held."""
        nobody: list[str] = []
        for tenant in self._guarded(libraries, nobody):
            self.counted += self._guarded(partial(reread_after_upgrade, tenant), Processed())

    def stop(self) -> None:
        """End the bell, and wait for what is under way."""
        self._bell.end()
        self.join(_STOP_S)

    def _understand(self, tenants: Collection[str]) -> None:
        """Understand what waits, a little of each library in turn."""
        left = set(tenants)
        while left and not self._bell.ended:
            more = {tenant: self._some(tenant) for tenant in sorted(left)}
            left = {tenant for tenant, each in more.items() if each is not False}
            if all(each is None for each in more.values()):
                self._bell.pause(ELSEWHERE_S)

    def _some(self, tenant: str) -> bool | None:
        """Understand a little; tell whether more may wait, None when another process is at it."""
        nothing: Processed | None = Processed()
        quiet = TURNS.wait_until_quiet(_PATIENCE_S)
        most = MOST_AT_ONCE if quiet else _MOST_BETWEEN
        done = self._guarded(partial(understand, tenant, most), nothing)
        self.counted += done or Processed()
        return None if done is None else done.read >= most

    def _guarded(self, step: Callable[[], T], otherwise: T) -> T:
        """Do one step; what fails is logged and left for the next look."""
        try:
            return step()
        except Exception:  # noqa: BLE001 - the border of a thread that must not end
            _log.exception("the interpreter failed; it tries again in a moment")
            close_old_connections()
            return otherwise
