"""Moving central from SQLite to PostgreSQL."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.platform import databases, deployment
from kiosk.central.run.operations.ready import database, ready
from kiosk.problems import BAD_SETTING, Trouble

if TYPE_CHECKING:
    from kiosk.central.safekeeping.moving import Moved


def move(url: str, progress: Callable[[str, int, int], None]) -> "Moved":
    """Copy everything into the empty PostgreSQL database at *url*; from then on it is central's.

    Raises Trouble: BAD_SETTING, CENTRAL_NOT_READY, DATABASE_AWAY, CENTRAL_RUNNING, NOT_MOVED.
    """
    home = places.central_home()
    target = databases.of_postgresql(url)
    if not databases.of_sqlite(deployment.read(home).database):
        why = "central stands on PostgreSQL already, and nothing was moved"
        raise Trouble(BAD_SETTING, name="database", source=home, value="…", remedy=why)
    ready()
    from django.db import connection, connections

    from kiosk.central.safekeeping import loading, moving

    with database(home, url):
        with loading.standing_on({**connections.settings["default"], **target}):
            connection.ensure_connection()
        return moving.move(target, progress)
