"""Writes about the programme, the volunteer tasks and the notices."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kiosk.central.accounts.actions import record
from kiosk.central.accounts.models import Staff
from kiosk.central.branches import hours
from kiosk.central.branches.actions import next_change
from kiosk.central.branches.models import Branch, Tenant
from kiosk.central.programme.imports import Row, Sheet
from kiosk.central.programme.models import ImportBatch, Notice, Task, Workshop
from kiosk.central.seats import actions as seats

_IDENTITIES = UUID("5c9d1c52-7f0e-5b44-9d4e-0b1b9b3f6a10")
"""Namespace for ids that follow from what a thing is, so that it is never there twice."""


@dataclass(slots=True)
class Imported:
    """What an import did."""

    batch: ImportBatch
    """Its record."""
    added: list[Workshop] = field(default_factory=list)
    """New in the programme."""
    changed: list[Workshop] = field(default_factory=list)
    """Here before, now with other particulars."""
    unchanged: int = 0
    """Here before, just the same."""
    branches: list[Branch] = field(default_factory=list)
    """Made for this import."""


def identity(tenant: Tenant, *what: str) -> UUID:
    """Return the id of the thing that *what* names within a library; always the same."""
    return uuid5(_IDENTITIES, "\x1f".join((tenant.key, *what)))


@transaction.atomic
def import_programme(
    staff: Staff | None, tenant: Tenant, sheet: Sheet, moved_days: int = 0
) -> Imported:
    """Put the rows of *sheet* into the programme, every date moved by *moved_days*.

    The same list again changes nothing; with other dates it moves what is here. Branches that are
    not here yet are made. Rows with mistakes are left out; the page has shown them before.
    """
    now = timezone.now()
    batch = ImportBatch.objects.create(
        tenant=tenant, at=now, by=staff, digest=sheet.digest, moved_days=moved_days
    )
    imported = Imported(batch)
    branches = _branches(tenant, sheet, imported)
    for row in sheet.rows:
        _import_row(row, branches[row.branch.casefold()], moved_days, imported)
    batch.added, batch.changed = len(imported.added), len(imported.changed)
    batch.save(update_fields=["added", "changed"])
    next_change(tenant)
    record(staff, "programme imported", batch, added=batch.added, changed=batch.changed)
    seats.reconsider_all(each.pk for each in imported.changed)
    return imported


def _branches(tenant: Tenant, sheet: Sheet, imported: Imported) -> dict[str, Branch]:
    known = {branch.name.casefold(): branch for branch in tenant.branches.all()}
    for name in sheet.branch_names:
        if name.casefold() not in known:
            branch = _new_branch(tenant, name, len(known))
            imported.branches.append(branch)
            known[name.casefold()] = branch
    return known


def _new_branch(tenant: Tenant, name: str, position: int) -> Branch:
    taken = set(tenant.branches.values_list("key", flat=True))
    wanted = slugify(name.split(maxsplit=1)[0] if name.split() else "")[:30] or "branch"
    spellings = [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))]
    key = next(each for each in spellings if each not in taken)
    return Branch.objects.create(tenant=tenant, key=key, name=name, position=position)


def _import_row(row: Row, branch: Branch, moved_days: int, imported: Imported) -> None:
    tenant = branch.tenant
    written = row.starts.isoformat()
    key = identity(tenant, "import", row.branch.casefold(), row.title.casefold(), written)
    values: dict[str, Any] = {
        "tenant": tenant,
        "branch": branch,
        "title": {row.language: row.title},
        "starts": on_the_clock(row.starts + timedelta(days=moved_days), branch),
        "ends": on_the_clock(row.ends + timedelta(days=moved_days), branch) if row.ends else None,
        "all_day": row.all_day,
        "place": row.place,
        "audience": row.audience,
        "sign_up": row.sign_up,
        "capacity": row.capacity,
        "listed_capacity": row.capacity,
        "source": row.source,
    }
    workshop = Workshop.objects.filter(pk=key).first()
    if workshop and workshop.listed_capacity in {None, row.capacity}:
        values["capacity"] = workshop.capacity  # the list says nothing new: what staff set stays
    if workshop is None:
        workshop = Workshop.objects.create(pk=key, batch=imported.batch, **values)
        imported.added.append(workshop)
    elif any(getattr(workshop, name) != value for name, value in values.items()):
        Workshop.objects.filter(pk=key).update(batch=imported.batch, **values)
        workshop.refresh_from_db()
        imported.changed.append(workshop)
    else:
        imported.unchanged += 1


def on_the_clock(wall: datetime, branch: Branch) -> datetime:
    """Return the moment at which the clock of *branch* shows *wall*."""
    return wall.replace(tzinfo=hours.clock(branch.timezone))


@transaction.atomic
def put(kind: type[Workshop | Task | Notice], tenant: Tenant, name: str, **values: Any) -> None:
    """Write the row of *kind* that *name* stands for, new or not, and let kiosks know."""
    kind._default_manager.update_or_create(
        pk=identity(tenant, kind.__name__.lower(), name), defaults={"tenant": tenant, **values}
    )
    next_change(tenant)


@transaction.atomic
def write_notice(staff: Staff, tenant: Tenant, notice: Notice | None, **values: Any) -> Notice:
    """Write a notice, new where *notice* is None, and let kiosks know."""
    changed = [name for name in values if notice and getattr(notice, name) != values[name]]
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
