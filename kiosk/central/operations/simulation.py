"""The simulation at central's end: a branch of its own, codes for its kiosks, and what arrived."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import places
from kiosk.central.operations.ready import database, ready

if TYPE_CHECKING:
    from django.db.models import Model

BRANCH = "simulation"
"""Key of the branch at which simulated visitors hand in, so that staff can tell them apart."""
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
    from kiosk.central.intake.models import Event

    with database(places.central_home()):
        return Event.objects.exclude(device__branch__key=BRANCH).count()


def open_simulation(many: int) -> list[str]:
    """Make the branch of the simulation, and enrolment codes for *many* kiosks."""
    ready()
    from django.db import transaction

    from kiosk.central.branches import actions
    from kiosk.central.branches.models import Branch, Tenant

    with database(places.central_home()):
        tenant = Tenant.objects.first()
        assert tenant  # noqa: S101 - `ready` has looked
        with transaction.atomic():
            branch, _made = Branch.objects.get_or_create(
                tenant=tenant, key=BRANCH, defaults={"name": "Simulation", "position": 9_999}
            )
            return [actions.new_code(branch)[0] for _ in range(many)]


def arrived(locators: Collection[str]) -> Arrived:
    """Count which of these submissions central has, and which more than once."""
    from django.db.models import Count

    from kiosk.central.inbox.models import Submission

    once = doubled = 0
    asked = list(locators)
    with database(places.central_home()):
        for first in range(0, len(asked), _AT_ONCE):
            found = Submission.objects.filter(
                branch__key=BRANCH, locator__in=asked[first : first + _AT_ONCE]
            )
            times = found.order_by().values("locator").annotate(times=Count("pk"))
            counted = [row["times"] for row in times]
            once += len(counted)
            doubled += sum(counted) - len(counted)
    return Arrived(once, doubled)


def close_simulation() -> None:
    """Take the branch of the simulation away, with everything that belongs to it."""
    from django.db import transaction

    from kiosk.central.branches.models import Branch

    with database(places.central_home()), transaction.atomic():
        for branch in Branch.objects.filter(key=BRANCH):
            _sweep(Branch, [branch.pk])


def _sweep(model: "type[Model]", keys: list[object]) -> None:
    """Delete rows after everything that points at them, whichever tables there are."""
    for relation in model._meta.related_objects:
        pointing = relation.related_model
        if isinstance(pointing, str) or not keys:
            continue
        name = relation.field.name
        found = pointing._default_manager.filter(**{f"{name}__in": keys})
        if pointing._meta.related_objects:
            _sweep(pointing, list(found.values_list("pk", flat=True)))
        found.delete()
    model._default_manager.filter(pk__in=keys).delete()
