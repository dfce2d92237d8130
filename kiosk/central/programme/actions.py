"""Writes about the programme, the volunteer tasks and the notices."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kiosk.central.platform import typed
from kiosk.central.programme.identities import identity
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.programme.wall import instant
from kiosk.central.tenants import hours
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Staff, Tenant


def on_the_clock(wall: datetime, branch: Branch) -> datetime:
    """Return the moment at which the clock of *branch* shows *wall*."""
    return instant(wall, hours.clock(branch.timezone))


@transaction.atomic
def put(kind: type[Workshop | Task | Notice], tenant: Tenant, name: str, **values: Any) -> None:
    """Write the row of *kind* that *name* stands for, new or not, and let kiosks know."""
    kind._default_manager.update_or_create(
        pk=identity(tenant, kind.__name__.lower(), name), defaults={"tenant": tenant, **values}
    )
    next_change(tenant)


def seen_of(notice: Notice) -> str:
    """Return the mark of how a notice stands."""
    return typed.mark(notice, "text", "branch_id", "audience", "readers", "since", "until")


@transaction.atomic
def write_notice(
    staff: Staff, tenant: Tenant, notice: Notice | None, seen: str = "", **values: Any
) -> Notice:
    """Write a notice, new where *notice* is None, and let kiosks know.

    She has *seen* it so. Raises Overtaken.
    """
    changed = []
    if notice:
        notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        typed.must_have_seen(seen, seen_of(notice))
        changed = [name for name in values if getattr(notice, name) != values[name]]
    notice = notice or Notice(tenant=tenant)
    for name, value in values.items():
        setattr(notice, name, value)
    notice.save()
    next_change(tenant)
    record(staff, "notice written", notice, changed=changed)
    return notice


@transaction.atomic
def end_notice(staff: Staff, notice: Notice) -> None:
    """Show a notice no longer; it stays in the list of those that are over."""
    notice.until = timezone.now()
    notice.save(update_fields=["until"])
    next_change(notice.tenant)
    record(staff, "notice ended", notice)
