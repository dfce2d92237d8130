"""States of central's database: one is remembered, and put back with the same epoch."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.drivers import postgres
from tests.drivers.postgres import ROLE


class States:
    """The database of a central, and one earlier state of it that nobody has verified."""

    def __init__(self, home: Path, database: str) -> None:
        """Take the central in *home*, on a PostgreSQL *database* where one is named."""
        self.home = home
        self.name = database.rpartition("/")[2].partition("?")[0]
        """Of the PostgreSQL database; "" is SQLite."""
        self._kept = home.parent / "remembered"
        self._file = home / "central.sqlite3"

    def remember(self) -> None:
        """Keep the state of now, and the mark beside it; on PostgreSQL nobody may be there."""
        self._kept.mkdir(exist_ok=True)
        shutil.copy(self.home / "database.mark", self._kept)
        if self.name:
            self._copy(self.name, f"{self.name}_kept")
            return
        kept = sqlite3.connect(self._kept / "database")
        with closing(sqlite3.connect(self._file)) as found, closing(kept):
            found.backup(kept)

    def put_back(self, *, mark_too: bool) -> None:
        """Put it in the place of the present one; nobody may be there."""
        if mark_too:
            shutil.copy(self._kept / "database.mark", self.home)
        if self.name:
            self._copy(f"{self.name}_kept", self.name)
            return
        for tail in ("-wal", "-shm"):
            self._file.with_name(self._file.name + tail).unlink(missing_ok=True)
        shutil.copy(self._kept / "database", self._file)

    def _copy(self, name: str, to: str) -> None:
        server = postgres.shared()
        server.ordered(f"DROP DATABASE IF EXISTS {to} WITH (FORCE)")
        server.ordered(f"CREATE DATABASE {to} OWNER {ROLE} TEMPLATE {name}")
