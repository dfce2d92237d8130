"""Reads about libraries, branches and devices."""

import msgspec

from kiosk import wire
from kiosk.central.branches.models import Branch, Device, Tenant
from kiosk.domain import content
from kiosk.domain.opening_hours import Calendar


def enrolled(device: Device) -> wire.Enrolled:
    """Tell a kiosk who it is now, and the keys of its library."""
    tenant: Tenant = device.tenant
    return wire.Enrolled(
        device=str(device.pk),
        tenant=tenant.key,
        branch=device.branch.key,
        branch_name=device.branch.name,
        sealing_key=bytes(tenant.sealing_public),
        verify_key=bytes(tenant.verify_public),
        salt=bytes(tenant.salt),
        public_url=tenant.public_url,
    )


def find_branch(name: str) -> Branch | None:
    """Return the branch with this key or name, whatever the case, or None."""
    for branch in Branch.objects.select_related("tenant"):
        if name.casefold() in {branch.key.casefold(), branch.name.casefold()}:
            return branch
    return None


def as_domain(branch: Branch, library: str) -> content.Branch:
    """Return *branch* as the rules know it."""
    return content.Branch(
        key=branch.key,
        name=branch.name,
        calendar=msgspec.convert(branch.calendar, Calendar),
        timezone=branch.timezone,
        phone=branch.phone,
        library=library,
    )
