"""Guessing at codes of any kind: an origin that was often wrong is answered slowly.

A right code is answered all the same, as soon as it is looked up; who was wrong waits afterwards.
The count lies in the database, so that several serving processes count together.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone

from kiosk.central.devices.models import WrongCode
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S, slowed_s

Found = TypeVar("Found")

_WINDOW = timedelta(seconds=WINDOW_S)
_LONGEST_NAME = 60
_TURN_S = 5.0
_MOST_INSIDE = 3
"""Guessers that may keep a thread waiting, beside one at the door; the others serve the rest."""

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


class _Room:
    """Where guessers keep threads waiting: so many inside, and one at the door, who is next."""

    def __init__(self, most_inside: int) -> None:
        self._free = most_inside
        self._at_the_door: object = None
        whole = threading.Lock()
        self._left, self._knocked = threading.Condition(whole), threading.Condition(whole)

    def __enter__(self) -> None:
        """Come in; who rests inside makes room. Raises Crowded."""
        with self._left:
            if self._free:
                self._free -= 1
                return
            if self._at_the_door:
                raise Crowded
            me = self._at_the_door = object()
            self._knocked.notify()
            if not self._left.wait_for(lambda: self._at_the_door is not me, timeout=_TURN_S):
                self._at_the_door = None
                raise Crowded

    def __exit__(self, *_: object) -> None:
        with self._left:
            if self._at_the_door:
                self._at_the_door = None
                self._left.notify()
            else:
                self._free += 1

    def rest(self, longest_s: float) -> None:
        """Wait, as long as that keeps nobody out."""
        with self._knocked:
            self._knocked.wait_for(lambda: self._at_the_door, timeout=longest_s)


_room = _Room(_MOST_INSIDE)


def _slowly(look: Callable[[], Found | None], longer_s: float) -> Found | None:
    with _room:
        with _lane:
            found = look()
        if found is None:
            _room.rest(longer_s)
        return found


def _wrong(origin: str) -> int:
    since = timezone.now() - _WINDOW
    recent = WrongCode.objects.filter(address=origin[:_LONGEST_NAME], at__gt=since)
    return recent[: 10 * MOST_WRONG].count()


def _note(origin: str) -> None:
    """Count one more, and forget those that count no longer."""
    now = timezone.now()
    WrongCode.objects.create(address=origin[:_LONGEST_NAME], at=now)
    WrongCode.objects.filter(at__lte=now - _WINDOW).delete()
