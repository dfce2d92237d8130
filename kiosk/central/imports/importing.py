"""Importing: writes a list into the programme, as its comparison has shown it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kiosk.central.imports.comparing import QUIET, compare
from kiosk.central.imports.comparison import ComparedRow, Comparison
from kiosk.central.imports.fate import EVERY_GONE, Fate
from kiosk.central.imports.lists.choices import Choices
from kiosk.central.imports.lists.sheet import Sheet
from kiosk.central.imports.matching import listed_identity
from kiosk.central.platform.ids import new_id
from kiosk.central.programme.models import ImportBatch, Workshop
from kiosk.central.seats import actions as seats
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.text import name_key


class Unanswered(Exception):
    """Staff have not said what becomes of an entry that only they can know of."""


@dataclass(slots=True)
class Imported:
    """What an import did."""

    batch: ImportBatch
    """Its record."""
    added: list[Workshop] = field(default_factory=list)
    """New in the programme."""
    changed: list[Workshop] = field(default_factory=list)
    """Here before, now with other particulars."""
    called_off: list[Workshop] = field(default_factory=list)
    """Here before, no longer in the list, and called off for that."""
    unchanged: int = 0
    """Here before, just the same."""
    branches: list[Branch] = field(default_factory=list)
    """Made for this import."""

    @property
    def written(self) -> int:
        """Count the entries that are different now."""
        return len(self.added) + len(self.changed) + len(self.called_off)


@transaction.atomic
def import_programme(
    staff: Staff | None,
    tenant: Tenant,
    sheet: Sheet,
    moved_days: int = 0,
    *,
    choices: Choices | None = None,
    answers: Mapping[str, str] | None = None,
    name: str = "",
) -> Imported:
    """Put the rows of *sheet* into the programme, every date moved by *moved_days*.

    The same list again changes nothing; with other dates it moves what is here. Branches that are
    not here yet are made. Rows with mistakes are left out; the page has shown them before.
    *answers* tells the `Fate` of what staff were asked about, by id. Raises Unanswered.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
    found, said = compare(tenant, sheet, moved_days, choices), answers or {}
    if found.unanswered(said):
        raise Unanswered
    batch = ImportBatch(
        tenant=tenant, at=timezone.now(), by=staff, name=name[:120], moved_days=moved_days
    )
    batch.digest, batch.edition_of = sheet.digest, found.edition_of or batch.pk
    batch.save()
    imported = Imported(batch)
    branches = _branches(tenant, found, imported)
    for line in found.lines:
        _put_line(line, branches[name_key(line.row.branch)], said, imported)
    for gone in found.gone:
        if said.get(str(gone.workshop.pk), said.get(EVERY_GONE)) == Fate.CANCEL:
            _call_off(gone.workshop, imported)
    _leave_line(staff, imported)
    seats.reconsider_all(each.pk for each in (*imported.changed, *imported.called_off))
    return imported


def _leave_line(staff: Staff | None, imported: Imported) -> None:
    """Record it, and tell kiosks where something is different now."""
    batch = imported.batch
    batch.added, batch.changed = len(imported.added), len(imported.changed)
    batch.save(update_fields=["added", "changed"])
    called_off = [str(each.pk) for each in imported.called_off]
    counts = {"added": batch.added, "changed": batch.changed, "called_off": called_off}
    record(staff, "programme imported", batch, **counts)
    if imported.written or imported.branches:
        next_change(batch.tenant)


def _branches(tenant: Tenant, found: Comparison, imported: Imported) -> dict[str, Branch]:
    known = {name_key(branch.name): branch for branch in tenant.branches.all()}
    for name in found.new_branches:
        branch = _new_branch(tenant, name, found.zone, len(known))
        imported.branches.append(branch)
        known[name_key(name)] = branch
    return known


def _new_branch(tenant: Tenant, name: str, zone: str, position: int) -> Branch:
    taken = set(tenant.branches.values_list("key", flat=True))
    wanted = slugify(name.split(maxsplit=1)[0] if name.split() else "")[:30] or "branch"
    spellings = [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))]
    key = next(each for each in spellings if each not in taken)
    return Branch.objects.create(
        tenant=tenant, key=key, name=name, timezone=zone, position=position
    )


def _put_line(
    line: ComparedRow, branch: Branch, said: Mapping[str, str], imported: Imported
) -> None:
    """Write one row: into the entry that it is, or as a new one."""
    old = line.workshop
    fate = said[str(old.pk)] if old and line.asked else Fate.MOVED
    if old and fate == Fate.MOVED:
        _change(old, line, branch, imported)
        return
    if old and fate == Fate.CANCEL:
        _call_off(old, imported)
    key = listed_identity(branch.tenant, line.row)
    free = not Workshop.objects.filter(pk=key).exists()
    values = {**line.as_new, "branch": branch, "tenant": branch.tenant, "batch": imported.batch}
    imported.added.append(Workshop.objects.create(pk=key if free else new_id(), **values))


def _change(old: Workshop, line: ComparedRow, branch: Branch, imported: Imported) -> None:
    if line.changes:
        values = {**line.values, "branch": branch, "batch": imported.batch}
        Workshop.objects.filter(pk=old.pk).update(**values)
        old.refresh_from_db()
        imported.changed.append(old)
        return
    imported.unchanged += 1
    quiet = {name: line.values[name] for name in QUIET if getattr(old, name) != line.values[name]}
    if quiet:
        Workshop.objects.filter(pk=old.pk).update(**quiet)


def _call_off(workshop: Workshop, imported: Imported) -> None:
    """Call off what the list has no longer; it comes back when the list has it again."""
    workshop.cancelled, workshop.listed = True, {**workshop.listed, "gone": True}
    workshop.save(update_fields=["cancelled", "listed"])
    imported.called_off.append(workshop)
