"""Setting central up: its keys, its database, its library, its first logins."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.platform import databases, deployment
from kiosk.central.run.operations.ready import (
    check_age,
    check_gone,
    check_keys,
    check_moved,
    database,
    prepare,
)

if TYPE_CHECKING:
    from kiosk.central.tenants.models import Tenant


_SETTING_UP = 0x6B696F736B
"""The number of the advisory lock; it spells what this program is called."""


@dataclass(frozen=True, slots=True)
class Login:
    """One way in, told once."""

    role: str
    """What it may do."""
    user: str
    """Its name."""
    password: str
    """Kept nowhere in clear."""


def init(*, demo: bool = False) -> list[Login]:
    """Make keys, database, library and first logins where missing; list the logins just made.

    Of two at once, in one state folder or at one PostgreSQL, the second waits, and finds all of it
    there.
    Raises Trouble: CENTRAL_MOVED, DATABASE_GONE, CENTRAL_NEWER, KEYS_AWAY, DATABASE_BROKEN.
    """
    home = places.private_folder(places.central_home())
    check_moved(home)
    deployment.make_secret_key(home)
    prepare()
    from django.core.management import call_command
    from django.db import transaction

    from kiosk.central.platform import policies

    with deployment.secret_key_file(home).open("rb") as here, database(home):
        fcntl.flock(here, fcntl.LOCK_EX)
        with _alone():
            check_age(home)
            call_command("migrate", interactive=False, verbosity=0)
            policies.hold()
            file = deployment.database_file(home, deployment.read(home))
            if file is not None:
                file.chmod(0o600)
            with transaction.atomic():
                tenant = _library(demo=demo)
                return _logins(tenant, demo=demo)


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other machines from setting up the same PostgreSQL; a SQLite file is of this one."""
    from django.db import connection

    from kiosk.central.platform import raw_sql

    if connection.vendor != "postgresql":
        yield
        return
    raw_sql.asked("SELECT pg_advisory_lock(%s)", _SETTING_UP)
    try:
        yield
    finally:
        connection.close()  # and the lock with it, however far this came


def _library(*, demo: bool) -> "Tenant":
    from kiosk.central.run.demo import programme
    from kiosk.central.tenants.libraries import found
    from kiosk.central.tenants.models import Branch, Tenant

    home = places.central_home()
    if not Tenant.objects.exists():
        check_gone(databases.shown(deployment.read(home).database, home))
    for each in Tenant.objects.all():
        check_keys(each)
    if demo:
        return programme.load()
    tenant = Tenant.objects.first()
    if tenant is None:
        tenant = found("library", "Biblioteket")
        Branch.objects.create(tenant=tenant, key="huvudbiblioteket", name="Huvudbiblioteket")
    return tenant


def _logins(tenant: "Tenant", *, demo: bool) -> list[Login]:
    """Make the logins that are missing; passwords of those that are there stay as they are."""
    from kiosk.central.tenants import actions
    from kiosk.central.tenants.models import Role, Staff

    logins = []
    if not Staff.objects.filter(username="admin").exists():
        password = actions.new_password()
        admin = actions.employ("admin", password)
        for role in (Role.CHIEF, Role.TECHNICIAN):
            actions.give_role(admin, tenant, role)
        logins.append(Login(Role.CHIEF.value, "admin", password))
    names = [username for _role, username, _first_name in actions.DEMO_STAFF]
    if demo and not Staff.objects.filter(username__in=names).exists():
        logins += [Login(*each) for each in actions.demo_staff(tenant)]
    return logins
