"""Rounds: what central does by itself from time to time, beside understanding what arrives."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import close_old_connections, connections
from django.utils import timezone

from kiosk.central.boards import counting
from kiosk.central.devices import supervision
from kiosk.central.devices.alarms import Alarm
from kiosk.central.devices.models import Device
from kiosk.central.exchange import ahead, unopened
from kiosk.central.letters.delivery import AT_ONCE, deliver
from kiosk.central.notifications import actions as post
from kiosk.central.platform import tenancy
from kiosk.central.safekeeping import lives
from kiosk.central.seats.actions import decide_due
from kiosk.central.seats.notifications import remind

_log = logging.getLogger(__name__)

_STOP_S = 10.0
_MOST_POSTING_S = 30.0


@dataclass(slots=True)
class Chore:
    """One thing to be done from time to time; safe to do twice, and at several places at once."""

    name: str
    """For the log."""
    every_s: float
    """Seconds from one time to the next."""
    do: Callable[[], object]
    """Does it, a bounded piece of it."""
    done_at: float = field(default=float("-inf"))
    """When it was last done, by the monotonic clock."""


def chores() -> list[Chore]:
    """List everything that is done from time to time."""
    return [
        Chore("post", 5, post_everything),
        Chore("database", lives.EVERY_S, lives.look),
        Chore("seats", 30, decide_due),
        Chore("clock", 30, mend_dates),
        Chore("reminders", 60, remind),
        Chore("kiosks", 60, watch),
        Chore("counts", 60, counting.tell),
    ]


def post_everything() -> None:
    """Send what is due, until nothing is or it has taken long enough for other chores to wait."""
    until = time.monotonic() + _MOST_POSTING_S
    while deliver() == AT_ONCE and time.monotonic() < until:
        pass


def mend_dates() -> None:
    """Date anew what lies in the future; mostly nothing does."""
    ahead.mend(timezone.now())


def watch() -> None:
    """Look after all kiosks; of each new alarm the technicians hear once."""
    now = timezone.now()
    unopened.count()

    def tell(device: Device, alarm: Alarm) -> None:
        post.alarm(device, alarm.kind.value, now.isoformat(timespec="seconds"))

    supervision.watch(now, tell)


def go(wanted: Sequence[Chore]) -> int:
    """Do every chore of *wanted* whose time has come; return how many failed.

    One that fails is logged and does not keep the others from being done.
    """
    failed = 0
    for chore in wanted:
        if time.monotonic() - chore.done_at < chore.every_s:
            continue
        chore.done_at = time.monotonic()
        try:
            with tenancy.everywhere():
                chore.do()
        except Exception:  # noqa: BLE001 - the border of a thread that must not end
            _log.exception("%s could not be done; it is tried again", chore.name)
            failed += 1
    return failed


class Rounds(threading.Thread):
    """Goes its rounds in every serving process; what it is in the middle of is done again."""

    def __init__(self, look_every_s: float = 1.0) -> None:
        """Look so often whether the time of a chore has come."""
        super().__init__(name="rounds", daemon=True)
        self._look_every_s = look_every_s
        self._ended = threading.Event()

    def run(self) -> None:
        """Go round until told to stop."""
        wanted = chores()
        while not self._ended.wait(self._look_every_s):
            close_old_connections()
            go(wanted)
        connections.close_all()

    def stop(self) -> None:
        """Stop after the chore under way."""
        self._ended.set()
        if self.is_alive():
            self.join(_STOP_S)
