"""Erasing: what a visitor handed in goes, an id and a date stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from kiosk import wire
from kiosk.central.boards import actions as boards
from kiosk.central.events import erasure_log
from kiosk.central.events.erasure_log import ErasureEntry
from kiosk.central.events.models import Conflict, Erasure, Event
from kiosk.central.events.queries import erased
from kiosk.central.seats import actions as seats
from kiosk.central.submissions import actions as inbox
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Tenant

_AT_ONCE = 500
"""Lines of the log compared with the table in one question."""


def erase(tenant: Tenant, submission_id: UUID, at: datetime) -> None:
    """Erase one submission; see `erase_all`."""
    erase_all(tenant, [submission_id], at)


def erase_all(tenant: Tenant, submissions: Sequence[UUID], at: datetime) -> int:
    """Erase submissions everywhere, and whatever arrives of them later; once is enough.

    What came of one again, under another id, goes with it.

    Call inside a transaction. The log outside the database has them before that transaction ends,
    so that no backup brings them back. Return how many were not erased before. Raises OSError when
    the log cannot be written.
    """
    Tenant.objects.select_for_update().get(pk=tenant.pk)  # whoever erases has it, one at a time
    again = Event.objects.filter(tenant=tenant, about__in=submissions)
    also = again.filter(type__endswith=wire.SUBMITTED).values_list("id", flat=True)
    named = [*submissions, *also]
    done = erased(tenant, named)
    new = [each for each in named if each not in done]
    erasure_log.note([ErasureEntry(tenant.key, each, at) for each in new])
    for each in new:
        _enact(tenant, each, at)
    transaction.on_commit(_empty_the_log)
    return len(new)


def replay(lines: Iterable[ErasureEntry] | None = None) -> int:
    """Erase again what the log outside the database tells of and the database has forgotten.

    Return how many there were. Safe to repeat.
    """
    waiting = iter(erasure_log.read() if lines is None else lines)
    again = 0
    while several := list(islice(waiting, _AT_ONCE)):
        again += _replay(several)
    return again


def note_what_is_known() -> int:
    """Write into this machine's log whom another one has erased; return how many."""
    written = {(line.tenant, line.id) for line in erasure_log.read()}
    rows = Erasure.objects.order_by("at").values_list("tenant_id", "id", "at")
    missing = [ErasureEntry(*row) for row in rows.iterator() if row[:2] not in written]
    if missing:
        erasure_log.note(missing)
    return len(missing)


def _replay(lines: list[ErasureEntry]) -> int:
    tenants = Tenant.objects.in_bulk({line.tenant for line in lines})
    known = Erasure.objects.filter(id__in=[line.id for line in lines])
    done = set(known.values_list("tenant_id", "id"))
    missing = {(line.tenant, line.id): line for line in lines if line.tenant in tenants}
    missing = {key: line for key, line in missing.items() if key not in done}
    for line in missing.values():
        with transaction.atomic():
            _enact(tenants[line.tenant], line.id, line.at)
            transaction.on_commit(_empty_the_log)
    return len(missing)


def _enact(tenant: Tenant, submission_id: UUID, at: datetime) -> None:
    change = next_change(tenant, content=False)
    Erasure.objects.create(tenant=tenant, id=submission_id, at=at, change=change)
    workshop = seats.before_erasing(tenant, submission_id)
    boards.take_down_erased(tenant, submission_id)
    inbox.erase(tenant, submission_id)
    if workshop:
        seats.reconsider(workshop)
    forget_bodies(tenant, submission_id)


def _empty_the_log() -> None:
    """Let SQLite's write-ahead log forget what it still repeats of the past."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_bodies(tenant: Tenant, submission_id: UUID) -> None:
    """Delete the bytes of every event of and about an erased submission."""
    events = Event.objects.filter(tenant=tenant)
    for touched in (events.filter(id=submission_id), events.filter(about=submission_id)):
        touched.update(body=None, held_reason="", waiting=False)
    Conflict.objects.filter(tenant=tenant, event=submission_id).delete()
