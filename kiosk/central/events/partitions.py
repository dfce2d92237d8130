"""Partitions: on PostgreSQL the table of events lies in one part for each month of its ids.

An id begins with the moment it was made (UUID version 7), so a month's events lie together however
late they come. What fits no month, from a kiosk with a wild clock, lies in the rest: nothing is
ever refused for want of a partition.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, transaction

from kiosk.central.platform import policies, tenancy

TABLE = "intake_event"
REST = "intake_event_rest"
_BEFORE, _AHEAD = 3, 3
"""Months made in advance, before and after the present one: a kiosk may come after sixty days."""
_EARLIEST = (2020, 1)
"""No kiosk is older, whatever its clock says."""
_MOST_AT_ONCE = 24
"""Months taken out of the rest in one go."""
_NAME = re.compile(rf"{TABLE}_(\d{{4}})_(\d{{2}})")

Month = tuple[int, int]
"""Year, and month from 1."""


def prepare(now: datetime) -> list[Month]:
    """Make the partitions around *now*, and those of what lies in the rest; return the new ones.

    Others may read and write meanwhile. Does nothing but on PostgreSQL.
    """
    if connection.vendor != "postgresql":
        return []
    with tenancy.everywhere():
        return _prepare((now.year, now.month))


def _prepare(present: Month) -> list[Month]:
    made = [each for each in _around(present) if _make(each)]
    for _ in range(_MOST_AT_ONCE):
        month = _oldest_in_rest(_later(present, _AHEAD))
        if month is None or not _make(month):
            break
        made.append(month)
    return made


def first_id(month: Month) -> UUID:
    """Return the lowest id that can be made in a month."""
    began_ms = int(datetime(*month, 1, tzinfo=UTC).timestamp() * 1000)
    return UUID(int=began_ms << 80)


def month_of(identity: UUID) -> Month:
    """Return the month in which an id was made, by the clock that made it."""
    made = datetime.fromtimestamp((identity.int >> 80) / 1000, UTC)
    return made.year, made.month


def _around(present: Month) -> Iterator[Month]:
    for number in range(-_BEFORE, _AHEAD + 1):
        yield _later(present, number)


def _later(month: Month, months: int) -> Month:
    year, rest = divmod(month[0] * 12 + month[1] - 1 + months, 12)
    return year, rest + 1


def _oldest_in_rest(last: Month) -> Month | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {REST} WHERE id >= %s AND id < %s ORDER BY id LIMIT 1",  # noqa: S608 - our own name
            [first_id(_EARLIEST), first_id(_later(last, 1))],
        )
        found = cursor.fetchone()
    return month_of(found[0]) if found else None


@transaction.atomic
def _make(month: Month) -> bool:
    """Make one partition, with what lies in the rest of it; tell whether it was missing."""
    name = f"{TABLE}_{month[0]:04}_{month[1]:02}"
    low, high = first_id(month), first_id(_later(month, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0]:
            return False
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute(f"LOCK TABLE {TABLE} IN SHARE UPDATE EXCLUSIVE MODE")
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0]:  # made by another process while we waited
            return False
        cursor.execute(f"LOCK TABLE {REST} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {name} (LIKE {TABLE} INCLUDING DEFAULTS)")
        policies.protect(name)
        cursor.execute(
            f"WITH moved AS (DELETE FROM {REST} WHERE id >= %s AND id < %s RETURNING *)"  # noqa: S608 - our own names
            f" INSERT INTO {name} SELECT * FROM moved",
            [low, high],
        )
        cursor.execute(
            f"ALTER TABLE {TABLE} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)",
            [str(low), str(high)],
        )
    return True


def made() -> list[Month]:
    """List the months that have a partition, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = %s::regclass ORDER BY c.relname",
            [TABLE],
        )
        found = [_NAME.fullmatch(name) for (name,) in cursor]
    return [(int(each[1]), int(each[2])) for each in found if each]
