"""Setting central up: its keys, its database, its library, its first logins."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central import deployment
from kiosk.central.operations.ready import check_age, check_keys, database, prepare
from kiosk.problems import CENTRAL_NOT_READY, Trouble

if TYPE_CHECKING:
    from kiosk.central.branches.models import Tenant


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
    """Make keys, database, library and first logins where missing; list the logins just made."""
    home = places.private_folder(places.central_home())
    deployment.make_secret_key(home)
    prepare()
    from django.core.management import call_command
    from django.db import transaction

    from kiosk.central import policies

    with database(home):
        check_age(home)
        call_command("migrate", interactive=False, verbosity=0)
        policies.hold()
        file = deployment.database_file(home, deployment.read(home))
        if file is not None:
            file.chmod(0o600)
        with transaction.atomic():
            tenant = _library(demo=demo)
            return _logins(tenant, demo=demo)


def _library(*, demo: bool) -> "Tenant":
    from kiosk.central.branches import keys
    from kiosk.central.branches.actions import found
    from kiosk.central.branches.models import Branch, Tenant
    from kiosk.central.programme import shipped

    if keys.kept() and not Tenant.objects.exists():
        why = f"{keys.kept()[0]} has keys, but the database is empty; restore it, or move them away"
        raise Trouble(CENTRAL_NOT_READY, path=places.central_home(), why=why)
    for each in Tenant.objects.all():
        check_keys(each)
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
