"""The simulation at central's end: branches of its own, codes for kiosks, and what arrived."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.run.operations.ready import database, ready

if TYPE_CHECKING:
    from django.db.models import Model

    from kiosk.central.tenants.models import Branch, Tenant

BRANCH = "simulation"
"""How the keys of branches begin at which simulated visitors hand in: staff can tell them apart."""
KIOSKS_A_BRANCH = 2
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """What central's own tables say of what simulated visitors handed in."""

    once: int = 0
    """Submissions that are there."""
    doubled: int = 0
    """Further copies of those."""


def visitors() -> int:
    """Count what kiosks of real branches have brought. Raises Trouble (CENTRAL_NOT_READY)."""
    ready()
    from kiosk.central.events.models import Event

    with database(places.central_home()):
        return Event.objects.exclude(device__branch__key__startswith=BRANCH).count()


def open_simulation(many: int) -> list[str]:
    """Make enrolment codes for *many* kiosks, two a branch, spread over all libraries there are."""
    ready()
    from django.db import transaction

    from kiosk.central.devices import actions
    from kiosk.central.tenants.models import Tenant

    with database(places.central_home()), transaction.atomic():
        libraries = list(Tenant.objects.order_by("key"))
        seats = [divmod(number, len(libraries)) for number in range(many)]
        return [
            actions.new_code(_branch(libraries[library], number // KIOSKS_A_BRANCH))[0]
            for number, library in seats
        ]


def _branch(library: "Tenant", number: int) -> "Branch":
    from kiosk.central.tenants.models import Branch

    key, name = BRANCH, "Simulation"
    if number:
        key, name = f"{BRANCH}-{number + 1}", f"Simulation {number + 1}"
    made: Branch = Branch.objects.get_or_create(
        tenant=library, key=key, defaults={"name": name, "position": 9_999}
    )[0]
    return made


def arrived(locators: Collection[str]) -> Arrived:
    """Count which of these submissions central has, and which more than once."""
    from django.db.models import Count

    from kiosk.central.submissions.models import Submission

    once = doubled = 0
    asked = list(locators)
    with database(places.central_home()):
        for first in range(0, len(asked), _AT_ONCE):
            found = Submission.objects.filter(
                branch__key__startswith=BRANCH, locator__in=asked[first : first + _AT_ONCE]
            )
            times = found.order_by().values("locator").annotate(times=Count("pk"))
            counted = [row["times"] for row in times]
            once += len(counted)
            doubled += sum(counted) - len(counted)
    return Arrived(once, doubled)


def close_simulation() -> None:
    """Take the branches of the simulation away, with everything that belongs to them."""
    from django.db import transaction

    from kiosk.central.tenants.models import Branch

    with database(places.central_home()), transaction.atomic():
        for branch in Branch.objects.filter(key__startswith=BRANCH):
            _sweep(Branch, [branch.pk])


def _sweep(model: "type[Model]", keys: list[object]) -> None:
    """Delete rows after everything that points at them, whichever tables there are."""
    for pointing, name in _pointing_at(model) if keys else ():
        found = pointing._default_manager.filter(**{f"{name}__in": keys})
        if _pointing_at(pointing):
            _sweep(pointing, list(found.values_list("pk", flat=True)))
        found.delete()
    model._default_manager.filter(pk__in=keys).delete()


def _pointing_at(model: "type[Model]") -> list[tuple["type[Model]", str]]:
    """List tables and their columns that point at *model*, those with no way back too."""
    from django.db.models import ManyToOneRel

    every = model._meta.get_fields(include_hidden=True)
    back = [each for each in every if isinstance(each, ManyToOneRel)]
    return [(each.related_model, each.field.name) for each in back]
