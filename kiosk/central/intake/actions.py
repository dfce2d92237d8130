"""Writes: one batch of a kiosk, in one transaction, with a verdict on every event."""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from kiosk import wire
from kiosk.central.branches.models import Device
from kiosk.central.branches.queries import hints
from kiosk.central.inbox.queries import states_after
from kiosk.central.intake import queries
from kiosk.central.intake.envelope import Arrival, arrival, as_uuid
from kiosk.central.intake.interpretation import Brought, interpret
from kiosk.central.intake.models import Conflict, Event
from kiosk.central.programme import content
from kiosk.central.seats import leasing
from kiosk.central.seats import queries as seats

_ONE_BY_ONE = threading.Lock()
"""SQLite has one write lock and lets whoever polls luckily go first; this one is waited for."""
_MOST_FAULTS = 50
_MOST_DEAD = 500
_LONGEST_WORD = 120
_MOST_NUMBER = 2**53


def take_in(caller: Device, inbox: wire.Inbox) -> wire.InboxAnswer:
    """Save what a kiosk brought, then act on what is new; the answer tells what the tables say.

    Safe to repeat: the same batch again stores nothing twice.
    """
    arrivals = [arrival(raw) for raw in inbox.items]
    with _ONE_BY_ONE, transaction.atomic():
        return _take_in(caller, inbox, arrivals)


def _take_in(caller: Device, inbox: wire.Inbox, arrivals: list[Arrival]) -> wire.InboxAnswer:
    now = timezone.now()
    device = (
        Device.objects.select_for_update(of=("self",))
        .select_related("tenant", "branch")
        .get(pk=caller.pk)
    )
    if arrivals:
        device.last_receipt += 1
    kept = {each.id: each for each in reversed(arrivals) if each.id}
    kept = {identity: kept[identity] for identity in sorted(kept)}
    _save(device, inbox.batch, kept, now)
    _understand(device, kept, now)
    leasing.hear(device, inbox, now)
    verdicts = _verdicts(device, arrivals, now)
    _note_device(device, inbox, now)
    device.tenant.refresh_from_db(fields=["last_change"])
    return wire.InboxAnswer(
        batch=inbox.batch,
        epoch=device.tenant.epoch,
        receipt=device.last_receipt,
        safe=device.safe_receipt,
        server_time=now.isoformat(timespec="milliseconds"),
        verdicts=verdicts,
        erase=queries.erased_after(device.branch, inbox.states_after),
        states=states_after(device.branch, inbox.states_after),
        hints={
            "content": content.published(device.branch).version,
            "seats": seats.version(device, now),
            **hints(device, now),
        },
    )


def _save(device: Device, batch: str, kept: dict[UUID, Arrival], now: datetime) -> None:
    """Insert the raw events in order of id; those that are here already stay as they are."""
    erased = queries.erased(device.tenant, kept)
    Event.objects.bulk_create(
        [
            Event(
                tenant=device.tenant,
                id=identity,
                device=device,
                digest=each.digest,
                seq=each.event.seq if each.event else 0,
                type=each.event.type if each.event else "",
                v=each.event.v if each.event else 0,
                about=as_uuid(each.event.about) if each.event else None,
                body=each.body,
                batch=batch,
                receipt=device.last_receipt,
                received_at=now,
                held_reason=each.fault,
            )
            for identity, each in kept.items()
            if identity not in erased
        ],
        ignore_conflicts=True,
    )


def _understand(device: Device, kept: dict[UUID, Arrival], now: datetime) -> None:
    """Act on the events that this batch brought first."""
    new = Event.objects.filter(device=device, receipt=device.last_receipt, id__in=kept)
    for identity in new.order_by("id").values_list("id", flat=True):
        event = kept[identity].event
        if event is None:
            continue
        reason = interpret(Brought(event, identity, device, now))
        if reason:
            Event.objects.filter(tenant=device.tenant, id=identity).update(held_reason=reason)


def _verdicts(device: Device, arrivals: list[Arrival], now: datetime) -> list[wire.Judged]:
    identities = [each.id for each in arrivals if each.id]
    erased = queries.erased(device.tenant, identities)
    rows = {
        row.id: row
        for row in Event.objects.filter(tenant=device.tenant, id__in=identities).defer("body")
    }
    judged = []
    for each in arrivals:
        if each.id is None:
            judged.append(wire.Judged(each.told_id, wire.Verdict.REFUSED, each.fault))
        elif each.id in erased:
            judged.append(wire.Judged(each.told_id, wire.Verdict.ERASED))
        else:
            judged.append(_judge(device, each, rows[each.id], now))
    return judged


def _judge(device: Device, arrived: Arrival, row: Event, now: datetime) -> wire.Judged:
    if row.digest != arrived.digest:
        Conflict.objects.get_or_create(
            tenant=device.tenant,
            event=row.id,
            digest=arrived.digest,
            defaults={"device": device, "body": arrived.body, "received_at": now},
        )
        return wire.Judged(arrived.told_id, wire.Verdict.CONFLICT)
    if row.held_reason:
        return wire.Judged(arrived.told_id, wire.Verdict.HELD, row.held_reason)
    first = row.device_id == device.pk and row.receipt == device.last_receipt
    return wire.Judged(arrived.told_id, wire.Verdict.STORED if first else wire.Verdict.DUPLICATE)


def _note_device(device: Device, inbox: wire.Inbox, now: datetime) -> None:
    """Remember how the kiosk is doing; sizes are bounded, whatever it says of itself."""
    health = inbox.health
    device.last_seen_at = now
    device.clock_offset_s = _offset_s(inbox.now, now)
    device.health = {
        "version": _words([health.version])[0],
        "pending": _bounded(health.pending),
        "oldest_pending_s": _bounded(health.oldest_pending_s),
        "disk_free_mb": _bounded(health.disk_free_mb),
        "faults": _words(health.faults[:_MOST_FAULTS]),
    }
    if inbox.dead:
        device.dead = msgspec.to_builtins(
            [
                wire.DeadLetter(*_words((letter.id, letter.reason)))
                for letter in inbox.dead[:_MOST_DEAD]
            ]
        )
    device.save(update_fields=["last_receipt", "last_seen_at", "clock_offset_s", "health", "dead"])


def _words(told: Iterable[str]) -> list[str]:
    return [word.replace("\0", "")[:_LONGEST_WORD] for word in told]


def _bounded(told: int) -> int:
    return max(0, min(told, _MOST_NUMBER))


def _offset_s(told: str, now: datetime) -> float | None:
    """Return central's clock minus the kiosk's, in seconds; None when it tells no time."""
    try:
        offset = now - datetime.fromisoformat(told)
    except (ValueError, TypeError, OverflowError):
        return None
    return offset / timedelta(seconds=1)
