"""Alone: many things done one by one, so that one of them that fails keeps back no other."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

_log = logging.getLogger(__name__)

T = TypeVar("T")


def each_alone(many: Iterable[T], do: Callable[[T], object], what: str) -> int:
    """Do it with each of *many*; log each that fails as *what*, and return how many did.

    Each has a transaction of its own, if any: call it inside of none.
    """
    failed = 0
    for each in many:
        try:
            do(each)
        except Exception:  # noqa: BLE001 - the border of one thing among many
            _log.exception("%s could not be done with %s", what, each)
            failed += 1
    return failed
