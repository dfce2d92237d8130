"""Failures of a database: which ones pass when the same is tried again."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

_PASSING = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE: connection, deadlock and serialization, resources, locks, shutting down."""
_IN_THE_WAY = "40"
_ATTEMPTS = 4

T = TypeVar("T")


def is_passing(error: OperationalError) -> bool:
    """Tell whether *error* has nothing to do with what was asked; all of SQLite's are taken so."""
    return _state(error, "08").startswith(_PASSING)


def tried_again(transaction: Callable[[], T]) -> T:
    """Run a whole transaction, a few times if another one gets in its way (PostgreSQL)."""
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return transaction()
        except OperationalError as error:
            if not _state(error, "").startswith(_IN_THE_WAY):
                raise
    return transaction()


def _state(error: OperationalError, unknown: str) -> str:
    return getattr(error.__cause__, "sqlstate", None) or unknown
