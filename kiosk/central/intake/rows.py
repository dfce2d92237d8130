"""Rows of the table of events, put in and read back in hand-written SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from kiosk.central.branches.models import Device
from kiosk.central.intake.envelope import Arrival, is_uuid

_OWN = ("id", "digest", "seq", "type", "v", "about", "body", "held_reason", "waiting")
"""Columns that differ from event to event."""
_SHARED = ("tenant_id", "device_id", "batch", "receipt", "received_at")
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What the table says of one event."""

    digest: str
    """Of the bytes that came first."""
    device: str
    """Id of the kiosk that brought it first."""
    receipt: int
    """Number of the batch that did."""
    held_reason: str
    """Why it is not understood; empty when it is, or nobody has tried."""


def put(batch: Batch, arrivals: Sequence[Arrival]) -> None:
    """Insert events, which come in order of id; those that are here already stay as they are."""
    if not arrivals:
        return
    at = str(connection.ops.adapt_datetimefield_value(batch.at))
    shared = (batch.device.tenant_id, _key(str(batch.device.pk)), batch.name, batch.receipt, at)
    if connection.vendor == "postgresql":
        _copy(arrivals, shared)
        return
    rows = [(*_own(each), *shared) for each in arrivals]
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.connection.executemany(_PUT_ONE, rows)


def _copy(arrivals: Sequence[Arrival], shared: tuple[str | int, ...]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.execute(_ARRIVING)
        cursor.execute("DELETE FROM arriving")
        with cursor.copy(f"COPY arriving ({', '.join(_OWN)}) FROM STDIN") as copy:
            for each in arrivals:
                copy.write_row(_own(each))
        cursor.execute(_PUT, shared)


def _own(arrived: Arrival) -> tuple[object, ...]:
    event, key = arrived.event, _key(arrived.told_id)
    if event is None:
        return (key, arrived.digest, 0, "", 0, None, arrived.body, arrived.fault, False)
    about = _key(event.about) if is_uuid(event.about) else None
    waiting = not arrived.fault
    told = (event.seq, event.type, event.v, about)
    return (key, arrived.digest, *told, arrived.body, arrived.fault, waiting)


def read_back(tenant_id: str, told: Sequence[str]) -> dict[str, Kept]:
    """Return what the table says, by the ids as they were told."""
    if not told:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            within = "= ANY(%s::uuid[]) AND id BETWEEN %s AND %s"
            cursor.execute(_KEPT + within, [tenant_id, list(told), min(told), max(told)])
        else:
            within = f"IN ({', '.join(['%s'] * len(told))})"
            cursor.execute(_KEPT + within, [tenant_id, *map(_key, told)])
        return {_told(row[0]): Kept(row[1], _told(row[2]), *row[3:]) for row in cursor}


def _key(told: str) -> str:
    """Return an identity as the database takes it: SQLite has 32 digits without hyphens."""
    return told if connection.vendor == "postgresql" else told.replace("-", "")


def _told(key: UUID | str) -> str:
    """Return an identity from the database in its one true spelling."""
    if not isinstance(key, str):
        return str(key)
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
