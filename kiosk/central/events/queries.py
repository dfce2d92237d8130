"""Reads about what kiosks brought."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from kiosk.central.events.models import Erasure, Event
from kiosk.central.tenants.models import Branch, Tenant


def erased(tenant: Tenant, identities: Iterable[UUID]) -> set[UUID]:
    """Return those of *identities* that are in the erasure log."""
    found = Erasure.objects.filter(tenant=tenant, id__in=list(identities))
    return set(found.values_list("id", flat=True))


def library_of(identity: UUID) -> Tenant | None:
    """Return the library that something with this id was ever handed in to, or None."""
    for tenant in Tenant.objects.order_by("key"):
        brought = Event.objects.filter(tenant=tenant, id=identity).exists()
        if brought or erased(tenant, [identity]):
            return tenant
    return None


def held(branches: Iterable[Branch]) -> QuerySet[Event]:
    """Select the events of *branches* that somebody needs to look at, newest first.

    What only waits for its submission to arrive is not among them.
    """
    return (
        Event.objects.filter(device__branch__in=branches)
        .exclude(Q(held_reason="") | Q(held_reason="not_here_yet"))
        .select_related("device__branch")
        .order_by("-received_at", "-id")
    )
