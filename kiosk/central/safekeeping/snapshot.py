"""A snapshot: a connection that sees the database as it was at one moment, and holds nobody up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from kiosk.central.platform import tenancy
from kiosk.central.safekeeping import contents
from kiosk.central.safekeeping.archive import Row

ALIAS = "snapshot"
"""Name of the connection; `.using(ALIAS)` reads through it."""
_AT_ONCE = 200
"""Rows fetched together: fifty megabytes of the largest events."""


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """Open a second connection and read all through it from one moment on."""
    connections.settings[ALIAS] = _reading(connections.settings["default"])
    try:
        with tenancy.everywhere(), transaction.atomic(using=ALIAS):
            yield connections[ALIAS]
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]


def rows(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[list[Row]]:
    """Yield every row of *model*, a few at a time, with the values of an archive."""
    plain = [contents.PLAIN.get(kind) for _name, kind in contents.table(model).columns]
    with connection.chunked_cursor() as cursor:
        cursor.execute(contents.selecting(model, connection))
        while several := cursor.fetchmany(_AT_ONCE):
            yield [
                [
                    told if told is None or make is None else make(told)
                    for told, make in zip(row, plain, strict=True)
                ]
                for row in several
            ]


def _reading(default: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a connection that reads only, from one moment."""
    options = dict(default["OPTIONS"])
    if default["ENGINE"].endswith("sqlite3"):
        options["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    return {**default, "OPTIONS": options, "CONN_MAX_AGE": 0}
