"""Writes: the contacts that a branch adds to the guide."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kiosk.central.guide.forms import ContactForm
from kiosk.central.guide.models import LocalContact
from kiosk.central.platform import typed
from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Staff


@transaction.atomic
def save(
    branch: Branch,
    contact: LocalContact | None,
    written: ContactForm,
    language: str,
    staff: Staff,
    seen: str = "",
    *,
    identity: UUID | None = None,
) -> LocalContact:
    """Add a contact, or change it; saving says that all of it was checked today.

    She has *seen* it at that version. Raises Overtaken.
    """
    verb = "added"
    saved = LocalContact(id=identity or new_id(), tenant=branch.tenant, branch=branch)
    if contact:
        verb, saved = "changed", LocalContact.objects.select_for_update().get(pk=contact.pk)
        typed.must_have_seen(seen, saved.version)
    for name, value in asdict(written).items():
        setattr(saved, name, list(value) if name == "needs" else value)
    saved.language, saved.checked_on = language, timezone.localdate()
    saved.version += bool(contact)
    saved.save()
    record(staff, verb, saved, name=saved.name)
    next_change(branch.tenant)
    return saved


@transaction.atomic
def remove(contact: LocalContact, staff: Staff) -> None:
    """Take a contact out of the guide."""
    record(staff, "removed", contact, name=contact.name)
    next_change(contact.tenant)
    contact.delete()
