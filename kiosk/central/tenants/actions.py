"""Writes: staff, their roles, their language; and the record that every write leaves."""

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction
from django.utils import timezone

from kiosk.central.platform import tenancy
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.receipt import ALPHABET

_PASSWORD_GROUPS = 4
_GROUP_LENGTH = 4

DEMO_STAFF = (
    (Role.LIBRARIAN, "linnea", "Linnea"),
    (Role.READER, "runa", "Runa"),
    (Role.TECHNICIAN, "teo", "Teo"),
)
"""Role, user name and first name of those who work in the demonstration's library."""


def record(actor: Staff | None, verb: str, subject: models.Model, **particulars: Any) -> Record:
    """Write one line of the record; call it inside the transaction of the write it tells of."""
    whose = subject.pk if isinstance(subject, Tenant) else getattr(subject, "tenant_id", None)
    return Record.objects.create(
        tenant_id=whose or tenancy.present(),
        at=timezone.now(),
        actor=actor,
        verb=verb,
        subject_kind=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        particulars=particulars,
    )


def new_password() -> str:
    """Make a password of 80 random bits, in groups that can be read aloud."""
    return "-".join(
        "".join(secrets.choice(ALPHABET.lower()) for _ in range(_GROUP_LENGTH))
        for _ in range(_PASSWORD_GROUPS)
    )


@transaction.atomic
def employ(
    username: str,
    password: str,
    *,
    first_name: str = "",
    by: Staff | None = None,
) -> Staff:
    """Make somebody a member of staff, or give her a new password if she is one already.

    Raises ValidationError when the password is too weak.
    """
    staff = Staff.objects.filter(username=username).first() or Staff(username=username)
    staff.first_name = first_name or staff.first_name
    staff.is_active = True
    validate_password(password, staff)
    staff.set_password(password)
    staff.save()
    record(by, "employed", staff)
    return staff


@transaction.atomic
def give_role(
    staff: Staff, tenant: Tenant, role: Role, branch: Branch | None = None, by: Staff | None = None
) -> Membership:
    """Let *staff* be *role* at one branch, or at all of them; once is enough."""
    membership, new = Membership.objects.get_or_create(
        tenant=tenant, staff=staff, branch=branch, role=role
    )
    if new:
        record(by, "role given", staff, role=role, branch=str(branch.pk) if branch else "")
    return membership


@transaction.atomic
def take_role(
    staff: Staff, role: Role, branch: Branch | None = None, by: Staff | None = None
) -> None:
    """Let *staff* be *role* no more at that branch, or at all of them where none is named."""
    if staff.memberships.filter(role=role, branch=branch).delete()[0]:
        record(by, "role taken", staff, role=role, branch=str(branch.pk) if branch else "")


@transaction.atomic
def dismiss(staff: Staff, by: Staff | None = None) -> None:
    """Let somebody in no more, from the next page on; what she did stays hers in the record."""
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    record(by, "dismissed", staff)


@transaction.atomic
def demo_staff(tenant: Tenant) -> list[tuple[str, str, str]]:
    """Employ one of each role for the demonstration; list role, user name and new password."""
    logins = []
    for role, username, first_name in DEMO_STAFF:
        password = new_password()
        staff = employ(username, password, first_name=first_name)
        give_role(staff, tenant, role)
        logins.append((role.value, username, password))
    return logins


def speak(staff: Staff, language: str) -> None:
    """Remember the language of her pages."""
    Staff.objects.filter(pk=staff.pk).update(language=language)
