"""Reads about what is to be sent out."""

from django.db.models import QuerySet

from kiosk.central.notifications.models import Parcel
from kiosk.central.tenants.models import Tenant


def undelivered(tenant: Tenant) -> QuerySet[Parcel]:
    """Select what was given up and nobody has looked at, the latest first."""
    dead = Parcel.objects.filter(tenant=tenant, state=Parcel.State.DEAD)
    return dead.select_related("webhook").order_by("-done_at", "-id")


def waiting(tenant: Tenant) -> QuerySet[Parcel]:
    """Select what is still to be sent, the next one first."""
    return Parcel.objects.filter(tenant=tenant, state=Parcel.State.WAITING).order_by("due_at")
