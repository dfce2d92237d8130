"""Rows of the table of events, put in and read back in hand-written SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from kiosk.central.branches.models import Device
from kiosk.central.intake.envelope import Arrival, is_uuid

_OWN = ("id", "digest", "seq", "type", "v", "about", "body", "held_reason", "waiting")
"""Columns that differ from event to event."""
_SHARED = ("tenant_id", "batch", "receipt", "received_at", "device_id")
"""Columns that are the same for a whole batch."""

_ARRIVING = """
CREATE TEMPORARY TABLE IF NOT EXISTS arriving (
    id uuid, digest text, seq bigint, type text, v bigint, about uuid, body bytea,
    held_reason text, waiting boolean
) ON COMMIT DELETE ROWS
"""
_PUT = f"""
INSERT INTO intake_event ({", ".join(_OWN + _SHARED)})
SELECT {", ".join(_OWN)}, %s, %s, %s, %s, %s FROM arriving ORDER BY id
ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of our own column names
_PUT_ONE = f"""
INSERT INTO intake_event ({", ".join(_OWN + _SHARED)})
VALUES ({", ".join("?" * len(_OWN + _SHARED))}) ON CONFLICT DO NOTHING
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


class Kept(NamedTuple):
    """What the table says of one event."""

    digest: str
    """Of the bytes that came first."""
    device: str
    """Id of the kiosk that brought it first."""
    receipt: int
    """Number of the batch that did."""
    held_reason: str
    """Why it is not understood; empty when it is, or nobody has tried."""


def put(batch: Batch, arrivals: Sequence[Arrival]) -> dict[str, Kept]:
    """Insert events, which come in order of id; those that are here already stay as they are.

    Return what the table then says of all of them, by their ids. Where as many rows came as there
    are events, it says what was just put in.
    """
    if not arrivals:
        return {}
    at = str(connection.ops.adapt_datetimefield_value(batch.at))
    shared = (batch.device.tenant_id, batch.name, batch.receipt, at)
    by = str(batch.device.pk)
    if connection.vendor == "postgresql":
        new = _copy(arrivals, (*shared, by))
    else:
        new = _insert([(*_short(_own(each)), *shared, batch.device.pk.hex) for each in arrivals])
    if new == len(arrivals):
        return {each.id: Kept(each.digest, by, batch.receipt, each.fault) for each in arrivals}
    return read_back(batch.device.tenant_id, [each.id for each in arrivals])


def _insert(rows: Sequence[tuple[Any, ...]]) -> int:
    """Put rows into SQLite's table; return how many were new."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        return int(cursor.connection.executemany(_PUT_ONE, rows).rowcount)


def _copy(arrivals: Sequence[Arrival], shared: tuple[str | int, ...]) -> int:
    """Put rows into PostgreSQL's table; return how many were new."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.execute(_ARRIVING)
        cursor.execute("DELETE FROM arriving")
        with cursor.copy(f"COPY arriving ({', '.join(_OWN)}) FROM STDIN") as copy:
            for each in arrivals:
                copy.write_row(_own(each))
        cursor.execute(_PUT, shared)
        return int(cursor.rowcount)


def _own(arrived: Arrival) -> tuple[Any, ...]:
    """Return the columns of one event, its ids with hyphens."""
    event, digest, fault = arrived.event, arrived.digest, arrived.fault
    if event is None:
        return (arrived.id, digest, 0, "", 0, None, arrived.body, fault, False)
    about = event.about if event.about and is_uuid(event.about) else None
    told = (event.seq, event.type, event.v, about)
    return (arrived.id, digest, *told, arrived.body, fault, not fault)


def _short(own: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the same columns with ids as SQLite has them: 32 digits without hyphens."""
    key, digest, seq, kind, version, about, *rest = own
    short = about.replace("-", "") if about else None
    return (key.replace("-", ""), digest, seq, kind, version, short, *rest)


def read_back(tenant_id: str, told: Sequence[str]) -> dict[str, Kept]:
    """Return what the table says, by the ids as they were told."""
    if not told:
        return {}
    found = _found(_KEPT, tenant_id, told)
    if connection.vendor == "postgresql":
        return {str(key): Kept(digest, str(by), *rest) for key, digest, by, *rest in found}
    known = {key.replace("-", ""): key for key in told}
    devices = {by: str(UUID(by)) for by in {row[2] for row in found}}
    return {known[key]: Kept(digest, devices[by], *rest) for key, digest, by, *rest in found}


def erased(tenant_id: str, told: Sequence[str]) -> set[str]:
    """Return those of the ids that are in the erasure log."""
    if not told:
        return set()
    return {str(UUID(str(key))) for (key,) in _found(_ERASED, tenant_id, told)}


def _found(select: str, tenant_id: str, told: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(select + _WITHIN, [tenant_id, list(told), min(told), max(told)])
        else:
            short = ",".join(told).replace("-", "").replace(",", '","')
            cursor.execute(select + _AMONG, [tenant_id, f'["{short}"]'])
        return list(cursor)
