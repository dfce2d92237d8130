"""Guessing at codes of any kind: an origin that was often wrong is heard slowly, one at a time.

Only who has guessed wrong waits here, and a right code is answered all the same. The count lies in
the database, so that several serving processes count together.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone

from kiosk.central.branches.models import WrongCode
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S, slowed_s

Found = TypeVar("Found")

_WINDOW = timedelta(seconds=WINDOW_S)
_LONGEST_NAME = 60
_TURN_S = 5.0
_MOST_WAITING = 3
"""Guessers that may keep a thread waiting; the other threads are for everybody else."""

_lane = threading.Lock()
_room = threading.BoundedSemaphore(_MOST_WAITING)


class Crowded(Exception):
    """Too many guess from there at once; this one was not looked up."""


def look_up(origin: str, look: Callable[[], Found | None]) -> Found | None:
    """Return what *look* finds under a code, and count it where that is nothing. Raises Crowded."""
    wrong = _wrong(origin)
    found = look() if wrong < MOST_WRONG else _slowly(look, slowed_s(wrong))
    if found is None:
        _note(origin)
    return found


def _slowly(look: Callable[[], Found | None], longer_s: float) -> Found | None:
    if not _room.acquire(blocking=False):
        raise Crowded
    try:
        if not _lane.acquire(timeout=_TURN_S):
            raise Crowded
        try:
            found = look()
            if found is None:
                time.sleep(longer_s)
            return found
        finally:
            _lane.release()
    finally:
        _room.release()


def _wrong(origin: str) -> int:
    since = timezone.now() - _WINDOW
    recent = WrongCode.objects.filter(address=origin[:_LONGEST_NAME], at__gt=since)
    return recent[: 10 * MOST_WRONG].count()


def _note(origin: str) -> None:
    """Count one more, and forget those that count no longer."""
    now = timezone.now()
    WrongCode.objects.create(address=origin[:_LONGEST_NAME], at=now)
    WrongCode.objects.filter(at__lte=now - _WINDOW).delete()
