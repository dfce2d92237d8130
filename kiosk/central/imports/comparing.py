"""Comparing: a list held against the programme; nothing is written."""

from collections.abc import Iterable, Mapping
from datetime import timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from kiosk.central.imports.comparison import ComparedRow, Comparison, GoneEntry
from kiosk.central.imports.lists.choices import Choices
from kiosk.central.imports.lists.row import Row
from kiosk.central.imports.lists.sheet import Sheet
from kiosk.central.imports.matching import Pool
from kiosk.central.programme.models import Workshop
from kiosk.central.programme.wall import instant
from kiosk.central.seats.models import Registration
from kiosk.central.tenants import hours
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.receipt import State
from kiosk.domain.text import name_key

_AROUND = timedelta(days=400)
"""How long before the first day of a list entries are looked for in the programme."""


def compare(
    tenant: Tenant, sheet: Sheet, moved_days: int = 0, choices: Choices | None = None
) -> Comparison:
    """Hold *sheet*, every date moved by *moved_days*, against what the library has."""
    here = {name_key(each.name): each for each in tenant.branches.all()}
    zone = (choices or Choices()).zone or own_zone(here.values())
    found = Comparison(
        [ComparedRow(row) for row in sheet.rows],
        new_branches=[name for name in sheet.branch_names if name_key(name) not in here],
        zone=zone,
    )
    pool = Pool(_imported(tenant, sheet, moved_days), tenant, moved_days)
    pool.match(found.lines)
    families = pool.families(found.lines)
    pool.pair([line for line in found.lines if line.workshop is None], families)
    people = sign_ups(each.pk for each in pool.every)
    for line in found.lines:
        branch = here.get(name_key(line.row.branch))
        clock = hours.clock(branch.timezone if branch else zone)
        line.as_new = _values(line.row, None, branch, clock, moved_days)
        line.values = _values(line.row, line.workshop, branch, clock, moved_days)
        if line.workshop:
            line.people = people.get(line.workshop.pk, 0)
            line.changes = _changes(line, branch)
    found.gone = [
        GoneEntry(each, people.get(each.pk, 0)) for each in pool.gone(found.lines, families)
    ]
    found.edition_of = families[0] if families else None
    return found


def own_zone(branches: Iterable[Branch]) -> str:
    """Return the time zone of most branches, of equals the first one's."""
    zones = [each.timezone for each in branches if hours.is_zone(each.timezone)]
    default = str(Branch._meta.get_field("timezone").default)
    return max(zones, key=zones.count, default=default)


def sign_ups(workshops: Iterable[UUID]) -> dict[UUID, int]:
    """Count the sign-ups of each workshop that nobody has taken back."""
    standing = Registration.objects.filter(workshop__in=list(workshops)).exclude(
        submission__state=State.WITHDRAWN
    )
    counted = standing.order_by().values("workshop").annotate(many=Count("pk"))
    return {each["workshop"]: each["many"] for each in counted}


def _imported(tenant: Tenant, sheet: Sheet, moved_days: int) -> list[Workshop]:
    first = min(sheet.first_day or timezone.localdate(), timezone.localdate())
    since = first + timedelta(days=min(0, moved_days)) - _AROUND
    found = tenant.workshops.exclude(batch=None).filter(starts__date__gte=since)
    return list(found.select_related("branch", "batch"))


_LEFT_ALONE = ("about", "place", "audience", "spoken", "capacity", "source")
"""What stays as it is here where the list has no column for it."""


def _values(
    row: Row, old: Workshop | None, branch: Branch | None, clock: tzinfo, moved_days: int
) -> dict[str, Any]:
    """Return what the table would hold, but for the branch where that is yet to be made."""
    later = timedelta(days=moved_days)
    ends = instant(row.ends + later, clock) if row.ends else None
    values: dict[str, Any] = {
        "title": _texts(old.title if old else {}, row.titles or {row.language: row.title}),
        "about": _texts(old.about if old else {}, row.about),
        "starts": instant(row.starts + later, clock),
        "ends": ends,
        "all_day": row.all_day,
        "place": row.place,
        "audience": row.audience,
        "spoken": list(row.spoken),
        "sign_up": row.sign_up,
        "capacity": row.capacity,
        "listed_capacity": row.capacity,
        "source": row.source,
        "cancelled": _cancelled(row, old),
        "listed": {
            "uid": row.uid,
            "starts": row.starts.isoformat(),
            "cancelled": bool(row.cancelled),
        },
    }
    if branch:
        values["branch"] = branch
    return values if old is None else {**values, **_kept(row, old, values)}


def _kept(row: Row, old: Workshop, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stays as staff have it, where the list is silent or says the same."""
    kept = {name: getattr(old, name) for name in _LEFT_ALONE if name not in row.said}
    if not {"sign_up", "drop_in"} & row.said:
        kept["sign_up"] = old.sign_up
    if "capacity" not in row.said:
        kept["listed_capacity"] = old.listed_capacity
    elif old.listed_capacity in {None, row.capacity}:
        kept["capacity"] = old.capacity
    if row.ends is None and not {"ends", "ends_time"} & row.said and old.ends:
        kept["ends"] = old.ends + (values["starts"] - old.starts)
    return kept


def _texts(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Put the texts of the list in place; other languages stay, but not the same words in them."""
    told = set(new.values())
    return {code: text for code, text in old.items() if text not in told} | dict(new)


def _cancelled(row: Row, old: Workshop | None) -> bool:
    """Return whether it is called off: what staff set stays until the list says a new thing."""
    if old is None:
        return bool(row.cancelled)
    if row.cancelled:
        return old.cancelled or not old.listed.get("cancelled")
    if old.listed.get("gone"):
        return False
    told = row.cancelled is False or "status" in row.said or "cancelled" in row.said
    return old.cancelled and not (told and bool(old.listed.get("cancelled")))


QUIET = ("listed", "listed_capacity")
"""What is written down beside an entry and nobody sees."""


def _changes(line: ComparedRow, branch: Branch | None) -> list[str]:
    old = line.workshop
    changed = [
        name
        for name, value in line.values.items()
        if name not in QUIET and getattr(old, name) != value
    ]
    return changed if branch else [*changed, "branch"]
