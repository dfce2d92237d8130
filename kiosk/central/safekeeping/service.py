"""Service: a central that serves holds its database, also while no process of it speaks to it."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from kiosk import places
from kiosk.problems import CENTRAL_RUNNING, Trouble

_LINGERS_S = 3.0
"""How long processes that were killed may still seem to be there."""
_LOOK_EVERY_S = 0.1


@contextmanager
def held() -> Iterator[None]:
    """Serve: until this and every process begun meanwhile has ended, nobody `alone` goes on.

    Raises Trouble (CENTRAL_RUNNING) while somebody is.
    """
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Replace the database: nobody serves it from this folder, and nobody begins to.

    Raises Trouble (CENTRAL_RUNNING).
    """
    with _locked(fcntl.LOCK_EX):
        yield


def wait_for_the_end_of(in_use: Callable[[], object], path: object) -> None:
    """Wait until *path* is no longer *in_use* by the dying. Raises Trouble (CENTRAL_RUNNING)."""
    until = time.monotonic() + _LINGERS_S
    while in_use():
        if time.monotonic() > until:
            raise Trouble(CENTRAL_RUNNING, path=path)
        time.sleep(_LOOK_EVERY_S)


@contextmanager
def _locked(how: int) -> Iterator[None]:
    path = places.private_folder(Path(settings.HOME)) / "serving.lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        wait_for_the_end_of(lambda: _is_taken(lock, how), path.parent)
        yield
    finally:
        os.close(lock)


def _is_taken(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
