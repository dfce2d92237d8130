"""Reads about devices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kiosk import wire
from kiosk.central.devices import rotation
from kiosk.central.devices.models import Device
from kiosk.central.platform import raw_sql
from kiosk.central.tenants.models import Tenant

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
    known = raw_sql.found(Device, _DEVICE_AND_LIBRARY, identity, lock=lock)
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
