"""The log of letters that went out, outside the database: a restore does not send them again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from kiosk.central.events import erasure_log
from kiosk.central.events.models import Erasure
from kiosk.central.notifications.models import Parcel
from kiosk.central.platform import line_log
from kiosk.central.tenants.models import Tenant

_AT_ONCE = 500
"""Lines of the log compared with the table in one question."""


@dataclass(frozen=True, slots=True)
class SentEntry:
    """One letter that a mail server has taken: ids and a date, no address and no word of it."""

    tenant: str
    """Key of the library."""
    id: UUID
    """Of the parcel."""
    occasion: str
    about: UUID
    """Of the submission."""
    at: datetime
    """When it was taken."""
    once: str
    """What may happen only once."""


def log_file() -> Path:
    """Return where it lies: beside the erasure log, which several machines share too."""
    return erasure_log.log_file().with_name("letters.log")


def note(parcel: Parcel, at: datetime) -> None:
    """Note that a letter has gone out, durable when this returns. Raises OSError."""
    told = (parcel.tenant_id, parcel.id, parcel.occasion, parcel.about, at.isoformat(), parcel.once)
    line_log.append(log_file(), [" ".join(map(str, told))])


def read() -> Iterator[SentEntry]:
    """Yield every letter that can be read, oldest first."""
    for told in line_log.read(log_file()):
        line = _parsed(told) if told else None
        if line:
            yield line


def remember() -> int:
    """Put into the database what it has forgotten of the letters that went out; return how many.

    Call it after a restore, before anything is sent. Safe to repeat.
    """
    waiting, forgotten = read(), 0
    while several := list(islice(waiting, _AT_ONCE)):
        forgotten += _remember(several)
    return forgotten


def was_sent(parcel: Parcel) -> bool:
    """Tell whether the letter of a parcel went out before a restore; each counts for one letter."""
    same = Parcel.objects.filter(
        tenant=parcel.tenant_id,
        about=parcel.about,
        occasion=parcel.occasion,
        state=Parcel.State.REMEMBERED,
    )
    first = same.order_by("done_at").first()
    return first is not None and bool(same.filter(id=first.id).update(state=Parcel.State.SENT))


def _remember(lines: list[SentEntry]) -> int:
    ids = [line.id for line in lines]
    there = dict(Parcel.objects.filter(id__in=ids).values_list("id", "state"))
    for line in lines:  # the backup was made while it still waited
        if there.get(line.id) == Parcel.State.WAITING:
            Parcel.objects.filter(id=line.id).update(state=Parcel.State.SENT, done_at=line.at)
    new = [line for line in _lasting(lines) if line.id not in there]
    Parcel.objects.bulk_create(
        [
            Parcel(
                tenant_id=line.tenant,
                id=line.id,
                occasion=line.occasion,
                about=line.about,
                once=line.once,
                made_at=line.at,
                due_at=line.at,
                done_at=line.at,
                state=Parcel.State.REMEMBERED,
            )
            for line in new
        ],
        ignore_conflicts=True,
    )
    return len(new)


def _lasting(lines: Iterable[SentEntry]) -> list[SentEntry]:
    """Leave out libraries that are not here, and whoever has been erased."""
    found = list(lines)
    here = set(Tenant.objects.values_list("pk", flat=True))
    erasures = Erasure.objects.filter(id__in=[line.about for line in found])
    gone = set(erasures.values_list("tenant_id", "id"))
    return [line for line in found if line.tenant in here and (line.tenant, line.about) not in gone]


def _parsed(told: str) -> SentEntry | None:
    try:
        tenant, parcel, occasion, about, at, once = told.split(" ", maxsplit=5)
        return SentEntry(
            tenant, UUID(parcel), occasion, UUID(about), datetime.fromisoformat(at), once
        )
    except ValueError:
        return None
