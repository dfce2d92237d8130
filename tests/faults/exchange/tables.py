"""Tables: what the migrations make of an empty database, made once and copied for every trial.

Every backup is tried by restoring it, and the migrations are nine tenths of the work of a small
one. Their outcome is always the same, and so is that of asking whether any are missing.
"""

import shutil
from pathlib import Path
from typing import Any

from django.db import connection

from kiosk.central.run.operations import ready, safekeeping, working
from kiosk.central.safekeeping import loading


def make_once(folder: Path) -> None:
    """Let every SQLite file of this process get its tables by a copy; the first lies in *folder*.

    On PostgreSQL a restore makes its tables itself, inside its transaction.
    """
    changed: Any = loading
    honest, to_now = changed._migrate_to, changed.call_command
    ready()
    made: dict[frozenset[Any], Path] = {}

    def migrate_to(header: Any) -> None:
        seen = frozenset(header.migrations)
        if connection.vendor == "sqlite" and seen in made:
            connection.close()
            shutil.copyfile(made[seen], connection.settings_dict["NAME"])
            return
        honest(header)
        if connection.vendor == "sqlite":
            connection.close()
            made[seen] = folder / f"tables-{len(made)}.sqlite3"
            shutil.copyfile(connection.settings_dict["NAME"], made[seen])

    def migrate(*words: Any, **more: Any) -> None:
        if connection.vendor != "sqlite":
            to_now(*words, **more)

    changed._migrate_to, changed.call_command = migrate_to, migrate
    asking: list[Any] = [safekeeping, working]
    for each in asking:
        each.ready = lambda: None
