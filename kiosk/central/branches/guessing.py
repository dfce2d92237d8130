"""Guessing at codes of any kind: an origin that was often wrong is answered slowly.

A right code is answered all the same, as soon as it is looked up; who was wrong waits afterwards.
The count lies in the database, so that several serving processes count together.
"""

import threading
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
_MOST_INSIDE = 3
"""Guessers that may keep a thread waiting, beside one at the door; the others serve the rest."""

_door = threading.Lock()
_knocking = threading.Condition()
_room = threading.BoundedSemaphore(_MOST_INSIDE)
_lane = threading.Lock()
"""Each look-up costs 64 MB and a tenth of a second: one at a time."""


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
    _come_in()
    try:
        with _lane:
            found = look()
        if found is None:
            _rest(longer_s)
        return found
    finally:
        _room.release()


def _come_in() -> None:
    """Wait for room, at the door where there is a place for one; who rests inside makes room."""
    if not _door.acquire(blocking=False):
        raise Crowded
    try:
        if _room.acquire(blocking=False):
            return
        with _knocking:
            _knocking.notify()
        if not _room.acquire(timeout=_TURN_S):
            raise Crowded
    finally:
        _door.release()


def _rest(longer_s: float) -> None:
    """Let who was wrong wait for the answer, as long as that keeps nobody else from theirs."""
    with _knocking:
        _knocking.wait_for(_door.locked, timeout=longer_s)


def _wrong(origin: str) -> int:
    since = timezone.now() - _WINDOW
    recent = WrongCode.objects.filter(address=origin[:_LONGEST_NAME], at__gt=since)
    return recent[: 10 * MOST_WRONG].count()


def _note(origin: str) -> None:
    """Count one more, and forget those that count no longer."""
    now = timezone.now()
    WrongCode.objects.create(address=origin[:_LONGEST_NAME], at=now)
    WrongCode.objects.filter(at__lte=now - _WINDOW).delete()
