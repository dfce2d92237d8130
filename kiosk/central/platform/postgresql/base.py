"""A connection to PostgreSQL that knows, whatever it is asked, which library may be seen."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql import base, features
from psycopg.pq import TransactionStatus

from kiosk.central.platform import databases, tenancy
from kiosk.central.platform.postgresql.packed import PackedArray, PackedDumper

_TELL = "SELECT set_config('kiosk.tenant', %s, false)"


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's own, of the versions we are tried with."""

    minimum_database_version = (databases.OLDEST_POSTGRESQL,)


class ScopedCursor(psycopg.ClientCursor[Any]):
    """A cursor that has something done before each of its statements."""

    before: Callable[[], object] = bool
    """What that is; nothing where Django sets up the connection."""

    def execute(self, *told: Any, **how: Any) -> Any:
        """Run one statement."""
        self.before()
        return super().execute(*told, **how)

    def executemany(self, *told: Any, **how: Any) -> None:
        """Run one statement with many values."""
        self.before()
        super().executemany(*told, **how)

    def copy(self, *told: Any, **how: Any) -> Any:
        """Put in or read out many rows."""
        self.before()
        return super().copy(*told, **how)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; told the present scope before a statement, where it knows another.

    A request moves from scope to scope more often than it asks anything in one.
    """

    features_class = DatabaseFeatures
    _told: str | None = None
    """What the server knows; None when that is not certain."""

    def get_connection_params(self) -> dict[str, Any]:
        """Say how to connect, and what a cursor is."""
        return {**super().get_connection_params(), "cursor_factory": ScopedCursor}

    def init_connection_state(self) -> None:
        """Set up a new connection."""
        self._told = None
        super().init_connection_state()

    def create_cursor(self, name: str | None = None) -> Any:
        """Make a cursor; one with a name is Django's own, made for a statement that comes now."""
        if name:
            self._know()
        cursor = super().create_cursor(name)
        cursor.before = self._know
        return cursor

    def execute_packed(
        self, statement: str, arrays: Iterable[tuple[str, Sequence[Any]]], told: Sequence[object]
    ) -> int:
        """Run one statement whose values are $1 and so on, sent beside it; return the rows it hit.

        First come *arrays*, each with the type of its values, then the values in *told*.
        """
        self.ensure_connection()
        self._know()
        cursor = psycopg.RawCursor(self.connection)
        cursor.adapters.register_dumper(PackedArray, PackedDumper)
        packed = [PackedArray(kind, values) for kind, values in arrays]
        with cursor:
            return cursor.execute(statement, [*packed, *told]).rowcount

    def is_usable(self) -> bool:
        """Find out, before a request, whether the server still hears us: by what it is told."""
        try:
            self._tell()
        except psycopg.Error:
            return False
        return True

    def _know(self) -> None:
        """See that the server knows the scope. A transaction that has failed takes no word."""
        if self._told == tenancy.scope():
            return
        if self.connection.info.transaction_status != TransactionStatus.INERROR:
            self._tell()

    def _tell(self) -> None:
        with psycopg.ClientCursor(self.connection) as cursor:
            cursor.execute(_TELL, [tenancy.scope()])
        self._told = tenancy.scope()

    def rollback(self) -> None:
        """Undo a transaction; what was told within it is undone with it."""
        self._told = None
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        """Undo a part of a transaction, likewise."""
        super().savepoint_rollback(sid)
        self._told = None
