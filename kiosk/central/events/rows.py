"""Rows of the table of events, put in and read back in hand-written SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from kiosk.central.devices.models import Device
from kiosk.central.events.envelope import Arrival, is_uuid
from kiosk.central.platform import raw_sql

_OWN = {
    "id": "uuid",
    "digest": "text",
    "seq": "int8",
    "type": "text",
    "v": "int8",
    "about": "uuid",
    "body": "bytea",
    "held_reason": "text",
}
"""Columns that differ from event to event, with their types; it waits unless it is held."""
_SHARED = ("tenant_id", "batch", "receipt", "received_at", "device_id")
"""Columns that are the same for a whole batch."""
_ALL = (*_OWN, "waiting", *_SHARED)

_PUT = f"""
INSERT INTO intake_event ({", ".join(_ALL)})
SELECT {", ".join(_OWN)}, held_reason = '', $9::text, $10::text, $11::int8, $12::timestamptz, $13
FROM unnest({", ".join(f"${number}::{kind}[]" for number, kind in enumerate(_OWN.values(), 1))})
    AS arriving ({", ".join(_OWN)})
WHERE NOT EXISTS (
    SELECT 1 FROM intake_erasure gone
    WHERE gone.tenant_id = $9::text AND gone.id = arriving.id AND gone.id BETWEEN $14 AND $15
)
ORDER BY id ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of our own column names
_PUT_ONE = f"""
INSERT INTO intake_event ({", ".join(_ALL)})
SELECT {", ".join(f"?{number}" for number in range(1, len(_ALL) + 1))}
WHERE NOT EXISTS (
    SELECT 1 FROM intake_erasure WHERE tenant_id = ?{len(_OWN) + 2} AND id = ?1
)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of our own column names
_KEPT = """
SELECT id, digest, device_id, receipt, held_reason FROM intake_event
WHERE tenant_id = %s AND id
"""
_ERASED = "SELECT id FROM intake_erasure WHERE tenant_id = %s AND id "
_AMONG = "IN (SELECT value FROM json_each(%s))"
"""For SQLite: one statement for any number of ids, so that it is prepared once."""
_WITHIN = "= ANY(%s::uuid[]) AND id BETWEEN %s AND %s"
"""For PostgreSQL, which looks into no month before or after."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the events of one batch share."""

    device: Device
    """Who brings them."""
    name: str
    """The kiosk's own name for the batch."""
    receipt: int
    """Its number."""
    at: datetime
    """When it arrived."""


class KeptEvent(NamedTuple):
    """What the table says of one event."""

    digest: str
    """Of the bytes that came first."""
    device: str
    """Id of the kiosk that brought it first."""
    receipt: int
    """Number of the batch that did."""
    held_reason: str
    """Why it is not understood; empty when it is, or nobody has tried."""


def put(batch: Batch, arrivals: Sequence[Arrival]) -> tuple[dict[str, KeptEvent], set[str]]:
    """Insert events, which come in order of id; those that are here already stay as they are.

    Return what the table then says of them, by their ids; and which are in the erasure log.
    Where as many rows came as there are events, it says what was just put in, and none is.
    """
    if not arrivals:
        return {}, set()
    tenant = batch.device.tenant_id
    at = str(connection.ops.adapt_datetimefield_value(batch.at))
    shared = (tenant, batch.name, batch.receipt, at)
    by = str(batch.device.pk)
    if connection.vendor == "postgresql":
        between = (UUID(arrivals[0].id), UUID(arrivals[-1].id))
        new = _unnest(arrivals, *shared, batch.device.pk, *between)
    else:
        short = batch.device.pk.hex
        new = _insert([(*_own(each), not each.fault, *shared, short) for each in arrivals])
    if new == len(arrivals):
        made = {each.id: KeptEvent(each.digest, by, batch.receipt, each.fault) for each in arrivals}
        return made, set()
    told = [each.id for each in arrivals]
    return _read_back(tenant, told), _erased(tenant, told)


def _insert(rows: Sequence[tuple[Any, ...]]) -> int:
    """Put rows into SQLite's table; return how many were new."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        return int(cursor.connection.executemany(_PUT_ONE, rows).rowcount)


def _unnest(arrivals: Sequence[Arrival], *told: object) -> int:
    """Put rows into PostgreSQL's table; return how many were new."""
    columns = zip(*map(_own, arrivals), strict=True)
    postgresql: Any = connection
    with connection.wrap_database_errors:
        return int(postgresql.execute_packed(_PUT, zip(_OWN.values(), columns, strict=True), told))


def _own(arrived: Arrival) -> tuple[Any, ...]:
    """Return the columns of one event, its ids as 32 digits without hyphens."""
    event, digest, fault = arrived.event, arrived.digest, arrived.fault
    key = arrived.id.replace("-", "")
    if event is None:
        return (key, digest, 0, "", 0, None, arrived.body, fault)
    about = event.about.replace("-", "") if event.about and is_uuid(event.about) else None
    return (key, digest, event.seq, event.type, event.v, about, arrived.body, fault)


def _read_back(tenant_id: str, told: Sequence[str]) -> dict[str, KeptEvent]:
    """Return what the table says, by the ids as they were told."""
    found = _found(_KEPT, tenant_id, told)
    if connection.vendor == "postgresql":
        return {str(key): KeptEvent(digest, str(by), *rest) for key, digest, by, *rest in found}
    known = {key.replace("-", ""): key for key in told}
    devices = {by: str(UUID(by)) for by in {row[2] for row in found}}
    return {known[key]: KeptEvent(digest, devices[by], *rest) for key, digest, by, *rest in found}


def _erased(tenant_id: str, told: Sequence[str]) -> set[str]:
    """Return those of the ids that are in the erasure log."""
    return {str(raw_sql.as_uuid(key)) for (key,) in _found(_ERASED, tenant_id, told)}


def _found(select: str, tenant_id: str, told: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(select + _WITHIN, [tenant_id, list(told), min(told), max(told)])
        else:
            short = ",".join(told).replace("-", "").replace(",", '","')
            cursor.execute(select + _AMONG, [tenant_id, f'["{short}"]'])
        return list(cursor)
