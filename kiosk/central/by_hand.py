"""Statements written by hand, for the few that every request of a kiosk needs.

Django composes a query anew each time it is asked: some 0.5 ms, where a database of ours has
answered in a tenth of that (measured in decision 0032). Values go in as `%s`, and are told as the
database in use keeps them; every policy of `kiosk.central.policies` holds here as anywhere.
"""

import json
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

T = TypeVar("T", bound=Model)

_LOCKED = " FOR NO KEY UPDATE"


def asked(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask; return the rows as the database tells them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_kept(value) for value in values])
        return list(cursor)


def done(statement: str, *values: object) -> int:
    """Change something; return how many rows that was."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_kept(value) for value in values])
        return int(cursor.rowcount)


def found(shape: type[T], statement: str, *values: object, lock: bool = False) -> T | None:
    """Ask for a whole row of the table of *shape*; None when there is none.

    With *lock* nobody else changes it until this transaction ends: on SQLite nobody writes then
    anyway.
    """
    held = _LOCKED if lock and connection.vendor == "postgresql" else ""
    rows = shape._default_manager.raw(statement + held, [_kept(value) for value in values])
    return next(iter(rows), None)


def _kept(value: Any) -> Any:
    """Return *value* as it is kept: SQLite has no ids, times nor objects of its own."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value)
    if connection.vendor == "postgresql":
        return value
    if isinstance(value, UUID):
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
