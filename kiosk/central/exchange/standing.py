"""Standing: what is true here of events whose sealed copies a kiosk would delete."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from kiosk import seal, wire
from kiosk.central.events import queries
from kiosk.central.events.envelope import as_uuid
from kiosk.central.events.models import Event
from kiosk.central.tenants import keys
from kiosk.central.tenants.models import Tenant
from kiosk.wire import EventVerdict, Verdict


class _Sealed(msgspec.Struct):
    sealed: bytes = b""


def standing(tenant: Tenant, told: Iterable[str]) -> list[EventVerdict]:
    """Tell of each id whether what it names is here and can be read; see `InboxAnswer.dropping`.

    Raises Trouble (CENTRAL_NOT_READY) when the keys of the library are not there.
    """
    ids = {each: as_uuid(each) for each in told}
    known = [identity for identity in ids.values() if identity]
    gone = queries.erased(tenant, known)
    events = Event.objects.filter(tenant=tenant, id__in=known)
    found = {each.id: _judge(tenant, each) for each in events}
    found |= dict.fromkeys(gone, Verdict.ERASED)
    return [EventVerdict(each, _of(found, identity)) for each, identity in ids.items()]


def _of(found: dict[UUID, Verdict], identity: UUID | None) -> Verdict:
    return found.get(identity, Verdict.MISSING) if identity else Verdict.MISSING


def _judge(tenant: Tenant, event: Event) -> Verdict:
    """Judge one; what is held for any reason is tried with the key itself."""
    if event.waiting:
        return Verdict.RETRY
    if event.held_reason and event.body is not None and not _opens(tenant, bytes(event.body)):
        return Verdict.HELD
    return Verdict.STORED


def _opens(tenant: Tenant, body: bytes) -> bool:
    try:
        payload = bytes(wire.decode(body, wire.Event).payload)
        sealed = wire.decode(payload, _Sealed).sealed
        if sealed:
            seal.unseal(keys.secrets_of(tenant.key).sealing_secret, sealed)
    except (wire.Unreadable, seal.NotGenuine):
        return False
    return True
