"""Erasing: what a visitor handed in goes, an id and a date stay."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kiosk.central.branches.actions import next_change
from kiosk.central.branches.models import Tenant
from kiosk.central.inbox import actions as inbox
from kiosk.central.intake.models import Conflict, Erasure, Event


def erase(tenant: Tenant, submission_id: UUID, at: datetime) -> None:
    """Erase a submission everywhere, and whatever arrives of it later.

    Call inside a transaction.
    """
    Erasure.objects.create(tenant=tenant, id=submission_id, at=at, change=next_change(tenant))
    inbox.erase(tenant, submission_id)
    forget_bodies(tenant, submission_id)
    transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    """Let SQLite's write-ahead log forget what it still repeats of the past."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_bodies(tenant: Tenant, submission_id: UUID) -> None:
    """Delete the bytes of every event of and about an erased submission."""
    events = Event.objects.filter(tenant=tenant)
    for touched in (events.filter(id=submission_id), events.filter(about=submission_id)):
        touched.update(body=None, held_reason="")
    Conflict.objects.filter(tenant=tenant, event=submission_id).delete()
