"""Identities: ids that follow from what a thing is, so that it is never there twice."""

from uuid import UUID, uuid5

from kiosk.central.tenants.models import Tenant

_NAMES = UUID("5c9d1c52-7f0e-5b44-9d4e-0b1b9b3f6a10")


def identity(tenant: Tenant, *what: str) -> UUID:
    """Return the id of the thing that *what* names within a library; always the same."""
    return uuid5(_NAMES, "\x1f".join((tenant.key, *what)))
