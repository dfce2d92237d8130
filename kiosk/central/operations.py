"""What the commands call: set central up, serve it, check it, let kiosks in, take rows out."""

import contextlib
import errno
import os
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central import deployment
from kiosk.problems import (
    BAD_SETTING,
    CENTRAL_NOT_READY,
    DATABASE_BROKEN,
    PORT_TAKEN,
    UNKNOWN_BRANCH,
    Trouble,
)

if TYPE_CHECKING:
    from kiosk.central.branches.models import Tenant
    from kiosk.central.checks import Check

THREADS = 8
"""Requests answered at once."""
_BACKLOG = 512
_SILENT_S = 20
"""A caller that says, or takes, nothing for so long is let go: eight whose network broke in the
middle of a request would otherwise keep every thread for ever."""


@dataclass(frozen=True, slots=True)
class Login:
    """One way in, told once."""

    role: str
    """What it may do."""
    user: str
    """Its name."""
    password: str
    """Kept nowhere in clear."""


def prepare() -> None:
    """Set Django up; once is enough."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiosk.central.settings"
    import django

    django.setup()


def init(*, demo: bool = False) -> list[Login]:
    """Make keys, database, library and first logins where missing; list the logins just made."""
    home = places.private_folder(places.central_home())
    deployment.make_secret_key(home)
    prepare()
    from django.core.management import call_command
    from django.db import transaction

    with _database(home):
        call_command("migrate", interactive=False, verbosity=0)
        deployment.database_file(home, deployment.read(home)).chmod(0o600)
        with transaction.atomic():
            tenant = _library(demo=demo)
            return _logins(tenant, demo=demo)


@contextlib.contextmanager
def _database(home: Path) -> Iterator[None]:
    """Tell a database that is damaged, full or held as Trouble (DATABASE_BROKEN)."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise Trouble(DATABASE_BROKEN, path=home, why=error) from error


def _library(*, demo: bool) -> "Tenant":
    from kiosk.central.branches import keys
    from kiosk.central.branches.actions import found
    from kiosk.central.branches.models import Branch, Tenant
    from kiosk.central.programme import shipped

    if keys.kept() and not Tenant.objects.exists():
        why = f"{keys.kept()[0]} has keys, but the database is empty; restore it, or move them away"
        raise Trouble(CENTRAL_NOT_READY, path=places.central_home(), why=why)
    if demo:
        return shipped.load()
    tenant = Tenant.objects.first()
    if tenant is None:
        tenant = found("library", "Biblioteket")
        Branch.objects.create(tenant=tenant, key="huvudbiblioteket", name="Huvudbiblioteket")
    return tenant


def _logins(tenant: "Tenant", *, demo: bool) -> list[Login]:
    """Make the logins that are missing; passwords of those that are there stay as they are."""
    from kiosk.central.accounts import actions
    from kiosk.central.accounts.models import Role, Staff

    logins = []
    if not Staff.objects.filter(username="admin").exists():
        password = actions.new_password()
        admin = actions.employ("admin", password, technician=True)
        for role in (Role.CHIEF, Role.TECHNICIAN):
            actions.give_role(admin, tenant, role)
        logins.append(Login(Role.CHIEF.value, "admin", password))
    names = [username for _role, username, _first_name in actions.DEMO_STAFF]
    if demo and not Staff.objects.filter(username__in=names).exists():
        logins += [Login(*each) for each in actions.demo_staff(tenant)]
    return logins


def ready() -> None:
    """Set Django up for a central that is set up itself. Raises Trouble (CENTRAL_NOT_READY)."""
    home = places.central_home()
    if not deployment.secret_key(home):
        raise Trouble(CENTRAL_NOT_READY, path=home, why="it has no secret key")
    database = deployment.database_file(home, deployment.read(home))
    if not database.is_file():
        raise Trouble(CENTRAL_NOT_READY, path=home, why=f"there is no {database.name}")
    prepare()
    _check_database(home)


def _check_database(home: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from kiosk.central.branches.models import Tenant

    with _database(home):
        executor = MigrationExecutor(connection)
        older = executor.migration_plan(executor.loader.graph.leaf_nodes())
        missing = not older and not Tenant.objects.exists()
    if older or missing:
        why = "its database is older than the program" if older else "there is no library in it"
        raise Trouble(CENTRAL_NOT_READY, path=home, why=why)


def serve(host: str, port: int, workers: int, ready_at: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; *ready_at* is told the address once it listens.

    Raises Trouble: CENTRAL_NOT_READY, PORT_TAKEN, BAD_SETTING.
    """
    if workers != 1:
        raise Trouble(
            BAD_SETTING,
            name="workers",
            source="--workers",
            value=workers,
            remedy="SQLite is served by one process; leave it out",
        )
    ready()
    from django.db import connections

    from kiosk.central.server import run

    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}"
    connections.close_all()
    run(listening, THREADS, lambda: ready_at(address))


def listen(host: str, port: int) -> socket.socket:
    """Open a socket at *host* and *port*. Raises Trouble: PORT_TAKEN, BAD_SETTING."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise Trouble(PORT_TAKEN, port=port) from error
        raise Trouble(
            BAD_SETTING,
            name="host",
            source="--host",
            value=host,
            remedy=f"it is no address of this machine ({error.strerror})",
        ) from error
    for silence in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):  # what it accepts inherits them
        listening.setsockopt(socket.SOL_SOCKET, silence, struct.pack("ll", _SILENT_S, 0))
    return listening


def enrol_code(branch: str) -> tuple[str, datetime]:
    """Make a one-time code for the branch with this key, name or number (1 is the first).

    Raises Trouble: UNKNOWN_BRANCH, CENTRAL_NOT_READY.
    """
    ready()
    from django.utils import timezone

    from kiosk.central.branches import actions, queries

    with _database(places.central_home()):
        found = queries.find_branch(branch)
        if found is None:
            known = ", ".join(each.key for each in queries.all_branches())
            raise Trouble(UNKNOWN_BRANCH, name=branch, known=known or "none")
        code, expires = actions.new_code(found)
    return code, timezone.localtime(expires)


def check() -> "list[Check]":
    """Run every check of the deployment. Raises Trouble (CENTRAL_NOT_READY)."""
    ready()
    from kiosk.central import checks

    with _database(places.central_home()):
        return checks.run()


def export(name: str, form: str, *, personal: bool = False) -> str:
    """Return an export as text. Raises Trouble (CENTRAL_NOT_READY)."""
    ready()
    from kiosk.central.inbox import export as exports

    with _database(places.central_home()):
        return exports.text(name, form, personal=personal)
