"""Rereading: what is held is read again, after an upgrade of central or when somebody asks."""

import hashlib
from functools import lru_cache, partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kiosk import places
from kiosk.central.events.models import Event, Reread
from kiosk.central.exchange.processing import MOST_AT_ONCE, Processed, settle
from kiosk.central.platform import tenancy
from kiosk.central.platform.failures import tried_again
from kiosk.central.platform.write_lock import TURNS
from kiosk.central.tenants.models import Tenant

_PATIENCE_S = 0.5
_MOST_NAME = 40
"""Signs of a program's name that its table takes."""


def libraries() -> list[str]:
    """List the keys of all libraries."""
    with tenancy.everywhere():
        return list(Tenant.objects.order_by("pk").values_list("pk", flat=True))


@lru_cache(maxsize=1)
def program() -> str:
    """Return what this program is known by: a digest of all it is written in.

    Any change of it may let it understand more, whatever number it goes by. Costs 10 ms at start.
    """
    whole = hashlib.sha256()
    for path in sorted(places.PROGRAM.rglob("*.py")):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:_MOST_NAME]


def reread(tenant_key: str) -> Processed:
    """Read everything of a library again that is held; what is understood now is acted on once."""
    counted, after = Processed(), UUID(int=0)
    while True:
        TURNS.wait_until_quiet(_PATIENCE_S)
        last, some = tried_again(partial(_reread, tenant_key, after))
        counted += some
        if last is None:
            return counted
        after = last


def reread_after_upgrade(tenant_key: str) -> Processed:
    """Read again what is held, once for each program that serves."""
    present = program()
    with tenancy.inside(tenant_key):
        if Reread.objects.filter(tenant=tenant_key, version=present).exists():
            return Processed()
    counted = reread(tenant_key)
    with TURNS.writing(), tenancy.inside(tenant_key):
        Reread.objects.update_or_create(
            tenant_id=tenant_key, defaults={"version": present, "at": timezone.now()}
        )
    return counted


def _reread(tenant_key: str, after: UUID) -> tuple[UUID | None, Processed]:
    with TURNS.writing(), tenancy.inside(tenant_key), transaction.atomic():
        tenant = Tenant.objects.select_for_update(no_key=True).get(pk=tenant_key)
        held = Event.objects.filter(tenant=tenant, id__gt=after, body__isnull=False)
        found = list(held.exclude(held_reason="").order_by("id")[:MOST_AT_ONCE])
        return (found[-1].id if found else None), settle(tenant, found)
