"""Getting Django ready: for a central that is set up, with a database that can be read."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from kiosk import places
from kiosk.central import deployment
from kiosk.problems import CENTRAL_NOT_READY, DATABASE_BROKEN, Trouble


def prepare() -> None:
    """Set Django up; once is enough."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiosk.central.settings"
    import django

    django.setup()


@contextlib.contextmanager
def database(home: Path) -> Iterator[None]:
    """Tell a database that is damaged, full or held as Trouble (DATABASE_BROKEN)."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise Trouble(DATABASE_BROKEN, path=home, why=error) from error


def ready() -> None:
    """Set Django up for a central that is set up itself. Raises Trouble (CENTRAL_NOT_READY)."""
    home = places.central_home()
    if not deployment.secret_key(home):
        raise Trouble(CENTRAL_NOT_READY, path=home, why="it has no secret key")
    stored = deployment.database_file(home, deployment.read(home))
    if not stored.is_file():
        raise Trouble(CENTRAL_NOT_READY, path=home, why=f"there is no {stored.name}")
    prepare()
    _check_database(home)


def _check_database(home: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from kiosk.central.branches.models import Tenant

    with database(home):
        executor = MigrationExecutor(connection)
        older = executor.migration_plan(executor.loader.graph.leaf_nodes())
        missing = not older and not Tenant.objects.exists()
    if older or missing:
        why = "its database is older than the program" if older else "there is no library in it"
        raise Trouble(CENTRAL_NOT_READY, path=home, why=why)
