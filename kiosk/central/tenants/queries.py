"""Reads: who may do what where."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant

ENOUGH: Mapping[Role, tuple[Role, ...]] = {
    Role.READER: (Role.READER, Role.LIBRARIAN, Role.CHIEF),
    Role.LIBRARIAN: (Role.LIBRARIAN, Role.CHIEF),
    Role.CHIEF: (Role.CHIEF,),
    Role.TECHNICIAN: (Role.TECHNICIAN,),
}
"""Which roles may do what one of them may; a technician reads no visitor's words."""


def may(staff: Staff | AnonymousUser, role: Role, branch: Branch | None = None) -> bool:
    """Tell whether *staff* may act as *role* at *branch*, or anywhere when none is named."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return False
    held = _held(staff, role)
    if branch is not None:
        held = held.filter(Q(branch=branch) | Q(branch=None, tenant=branch.tenant))
    return held.exists()


def may_everywhere(staff: Staff, role: Role) -> bool:
    """Tell whether *staff* may act as *role* at every branch, also at those that come later."""
    return _held(staff, role).filter(branch=None).exists()


def branches(staff: Staff, *roles: Role) -> QuerySet[Branch]:
    """Select the branches where *staff* may act as one of *roles*, in the library's own order."""
    held = _held(staff, *roles)
    everywhere = held.filter(branch=None).values("tenant")
    return Branch.objects.filter(
        Q(tenant__in=everywhere) | Q(pk__in=held.exclude(branch=None).values("branch"))
    ).order_by("position", "name")


def of_hers(staff: Staff, role: Role) -> Q:
    """Return what selects the rows with `tenant` and `branch` that she may see as *role*.

    That is what stands for her branches and, in rows without a branch, what is for all of them: for
    readers wherever they read, for others only where they have the role at every branch.
    """
    mine = branches(staff, role)
    where = Q(branch__in=mine)
    if role is Role.READER or may_everywhere(staff, role):
        where |= Q(branch=None)
    return where & Q(tenant__in=mine.values("tenant"))


def places(staff: Staff, role: Role = Role.LIBRARIAN) -> dict[str, Branch | None]:
    """Return where she may put something as *role*, by key of the branch; "" is everywhere."""
    hers: dict[str, Branch | None] = {each.key: each for each in branches(staff, role)}
    return {"": None, **hers} if may_everywhere(staff, role) else hers


def library(staff: Staff) -> Tenant | None:
    """Return the library she works for, or None when she has no role."""
    return Tenant.objects.filter(pk__in=staff.memberships.values("tenant")).order_by("key").first()


def _held(staff: Staff, *roles: Role) -> QuerySet[Membership]:
    return staff.memberships.filter(role__in=[each for role in roles for each in ENOUGH[role]])


def recorded_since(verb: str, subject: Model, since: datetime) -> bool:
    """Tell whether the record has a line that this was done to *subject* after *since*."""
    lines = Record.objects.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk)
    return lines.filter(verb=verb, at__gt=since).exists()
