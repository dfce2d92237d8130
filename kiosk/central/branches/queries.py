"""Reads about libraries, branches and devices."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from kiosk import wire
from kiosk.central import by_hand, tenancy
from kiosk.central.branches import hours, rotation
from kiosk.central.branches.models import Branch, Device, Tenant
from kiosk.domain import content
from kiosk.domain.text import name_key

_USUAL_PORTS = (80, 443)
_LIBRARY = ("epoch", "last_change", "content_change")
"""What every request needs to know of a library."""
_DEVICE_AND_LIBRARY = f"""
SELECT branches_device.*, {", ".join(f"library.{each} AS library_{each}" for each in _LIBRARY)}
FROM branches_device JOIN branches_tenant library ON library.key = branches_device.tenant_id
WHERE branches_device.id = %s
"""  # noqa: S608 - made of our own column names


def device(identity: UUID, *, lock: bool = False) -> Device | None:
    """Return a kiosk, or None; with *lock* nobody else changes it in this transaction.

    What every request needs to know of its library is read with it, the rest when it is asked for.
    """
    known = by_hand.found(Device, _DEVICE_AND_LIBRARY, identity, lock=lock)
    if known is not None:
        told = [known.tenant_id, *(getattr(known, f"library_{each}") for each in _LIBRARY)]
        known.tenant = Tenant.from_db(known._state.db, ("key", *_LIBRARY), told)
    return known


def locked(identity: UUID) -> Device:
    """Return the same of a kiosk that is known, locked."""
    held = device(identity, lock=True)
    if held is None:
        raise Device.DoesNotExist
    return held


def enrolled(device: Device, public_key: bytes) -> wire.Enrolled:
    """Tell the kiosk with *public_key* who it is now, and the keys of its library."""
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
        public_key=public_key,
    )


def hints(device: Device, now: datetime) -> dict[str, Any]:
    """Tell a kiosk what it should do soon, beside what others hint at."""
    return {"rotate": True} if rotation.is_due(device, now) else {}


def library_at(host: str) -> Tenant | None:
    """Return the only library, or that of several whose receipts lead to *host*, or None."""
    with tenancy.everywhere():
        some = list(Tenant.objects.order_by("key")[:2])
        if len(some) > 1:
            pages = Tenant.objects.exclude(public_url="").values_list("pk", "public_url")
            here = [key for key, page in pages if leads_to(page, host)]
            some = list(Tenant.objects.filter(pk__in=here)[:2])
    return some[0] if len(some) == 1 else None


def leads_to(page: str, host: str) -> bool:
    """Tell whether an address leads to *host*, in whichever way people write the one and other."""
    found = _host(page)
    return found[0] != "" and found == _host(f"//{host}")


def _host(address: str) -> tuple[str, int]:
    """Return name and port, a name with other letters as browsers send it; 0 is the usual port."""
    try:
        parts = urlsplit(address)
        port, name = parts.port or 0, (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return "", 0
    return name, 0 if port in _USUAL_PORTS else port


def all_branches() -> list[Branch]:
    """List every branch in the library's own order."""
    return list(Branch.objects.select_related("tenant").order_by("tenant", "position", "name"))


def find_branch(named: str) -> Branch | None:
    """Return the branch with this key, name (whatever the case) or number, or None."""
    branches = all_branches()
    for branch in branches:
        if name_key(named) in {name_key(branch.key), name_key(branch.name)}:
            return branch
    numbers = {str(number): branch for number, branch in enumerate(branches, start=1)}
    return numbers.get(named)


def as_domain(branch: Branch, library: str) -> content.Branch:
    """Return *branch* as the rules know it; an unknown time zone is told as none."""
    return content.Branch(
        key=branch.key,
        name=branch.name,
        calendar=hours.calendar(branch.calendar),
        timezone=branch.timezone if hours.is_zone(branch.timezone) else "",
        phone=branch.phone,
        library=library,
    )
