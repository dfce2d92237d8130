"""Staffing: who works here as what, said by whoever has the machine; no page gives a role."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.run.operations.ready import database, ready
from kiosk.central.run.operations.records import branch_called
from kiosk.problems import UNKNOWN_STAFF, Trouble

if TYPE_CHECKING:
    from kiosk.central.tenants.models import Staff


@dataclass(frozen=True, slots=True)
class Employed:
    """Somebody who works here."""

    user: str
    """Her user name."""
    password: str
    """A new one, kept nowhere in clear; empty where she has one."""
    roles: tuple[str, ...]
    """In words, each with where."""


def employ(
    user: str, role: str, branch: str, *, first_name: str = "", new_password: bool = False
) -> Employed:
    """Give *user* a role at the branch called so, or at all where *branch* is empty.

    Whoever is new, and whoever shall, gets a password. An empty *role* gives none.
    Raises Trouble: UNKNOWN_STAFF, UNKNOWN_BRANCH, CENTRAL_NOT_READY.
    """
    ready()
    from django.db import transaction

    from kiosk.central.tenants import actions
    from kiosk.central.tenants.models import Role, Staff, Tenant

    with database(places.central_home()), transaction.atomic():
        place = branch_called(branch) if branch else None
        tenant = place.tenant if place else Tenant.objects.earliest("key")
        staff, password = Staff.objects.filter(username=user).first(), ""
        if staff is None and not role:
            raise _nobody(user)
        if staff is None or new_password:
            password = actions.new_password()
            staff = actions.employ(user, password, first_name=first_name)
        if role:
            actions.give_role(staff, tenant, Role(role), place)
        return Employed(user, password, _roles(staff))


def dismiss(user: str, role: str, branch: str) -> Employed:
    """Take a role from *user*, or with an empty one let her in no more.

    Raises Trouble: UNKNOWN_STAFF, UNKNOWN_BRANCH, CENTRAL_NOT_READY.
    """
    ready()
    from kiosk.central.tenants import actions
    from kiosk.central.tenants.models import Role, Staff

    with database(places.central_home()):
        staff = Staff.objects.filter(username=user).first()
        if staff is None:
            raise _nobody(user)
        if role:
            actions.take_role(staff, Role(role), branch_called(branch) if branch else None)
        else:
            actions.dismiss(staff)
        return Employed(user, "", () if not role else _roles(staff))


def _roles(staff: "Staff") -> tuple[str, ...]:
    held = staff.memberships.select_related("branch", "tenant").order_by("pk")
    return tuple(f"{each.role} ({each.branch or each.tenant})" for each in held)


def _nobody(user: str) -> Trouble:
    from kiosk.central.tenants.models import Staff

    names = Staff.objects.filter(is_active=True).order_by("username")
    known = ", ".join(names.values_list("username", flat=True))
    return Trouble(UNKNOWN_STAFF, name=user, known=known)
