"""Statements written by hand, for the few that every request of a kiosk needs.

Django composes a query anew each time it is asked: some 0.5 ms, where a database of ours has
answered in a tenth of that (measured in decision 0032). Values go in as `%s`, and are told as the
database in use keeps them; every policy of `policies` holds here as anywhere.
"""

import json
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

T = TypeVar("T", bound=Model)

_LOCKED = " FOR NO KEY UPDATE OF"


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
    held = f"{_LOCKED} {shape._meta.db_table}" if lock and _on_postgresql() else ""
    return next(iter(all_found(shape, statement + held, *values)), None)


def all_found(shape: type[T], statement: str, *values: object) -> list[T]:
    """Ask for whole rows of the table of *shape*."""
    return list(shape._default_manager.raw(statement, [_kept(value) for value in values]))


def as_uuid(told: UUID | str) -> UUID:
    """Return an id that a database has told; SQLite keeps its 32 digits."""
    return told if isinstance(told, UUID) else UUID(told)


class Changes:
    """Changes that are made together, in one message where the database takes several."""

    def __init__(self) -> None:
        """Begin with none."""
        self._statements: list[str] = []
        self._values: list[tuple[object, ...]] = []

    def add(self, statement: str, *values: object) -> None:
        """Make this one too."""
        self._statements.append(statement)
        self._values.append(values)

    def make(self) -> None:
        """Make all, in the order in which they were added."""
        if _on_postgresql() and self._statements:
            done(";".join(self._statements), *chain.from_iterable(self._values))
            return
        for statement, values in zip(self._statements, self._values, strict=True):
            done(statement, *values)


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _kept(value: Any) -> Any:
    """Return *value* as it is kept: SQLite has no ids, times nor objects of its own."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value)
    if _on_postgresql():
        return value
    if isinstance(value, UUID):
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
