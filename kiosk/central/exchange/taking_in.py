"""Writes: one batch of a kiosk, in one transaction, with a verdict on every event."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from django.db import transaction
from django.utils import timezone

from kiosk import wire
from kiosk.central.content import publishing
from kiosk.central.devices import clocks, supervision
from kiosk.central.devices.models import Device
from kiosk.central.devices.queries import hints, locked
from kiosk.central.events import queries, rows
from kiosk.central.events.bell import BELL
from kiosk.central.events.clones import reuses_numbers
from kiosk.central.events.envelope import Arrival, arrivals
from kiosk.central.events.gaps import SequenceNumbers
from kiosk.central.events.models import Conflict, Event
from kiosk.central.exchange import allowance
from kiosk.central.exchange.changes import changes_after
from kiosk.central.exchange.parsing import LibraryKeys, is_anothers
from kiosk.central.exchange.standing import standing
from kiosk.central.platform import raw_sql
from kiosk.central.platform.failures import tried_again
from kiosk.central.platform.write_lock import TURNS
from kiosk.central.seats import queries as seats
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.queries import recorded_since

_COST_NOTHING = {
    *(wire.Verdict.DUPLICATE, wire.Verdict.ERASED, wire.Verdict.REFUSED, wire.Verdict.RETRY)
}
_log = logging.getLogger(__name__)

_FORGOTTEN = "batches forgotten"
_TOLD_AGAIN_AFTER = timedelta(days=1)
_MOST_FAULTS = 50
_MOST_DEAD = 500
_MOST_LEASES = 500
_LONGEST_WORD = 120
_MOST_NUMBER = 2**53
_TELL = """
INSERT INTO intake_news (tenant_id, device_id, complete_until, leases, leases_as_of, at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (tenant_id, device_id) DO UPDATE SET complete_until = excluded.complete_until,
    leases = excluded.leases, leases_as_of = excluded.leases_as_of, at = excluded.at
"""
_NOTE = """
UPDATE branches_device SET last_receipt = %s, forgotten = %s, last_seen_at = %s,
    clock_offset_s = %s, health = %s, dead = %s, highest_seq = %s, gaps = %s, cloned_at = %s,
    alarms = %s, allowance = %s
WHERE id = %s
"""


def take_in(
    caller: Device, inbox: wire.Inbox, told_at: datetime | None = None, /
) -> wire.InboxAnswer:
    """Save what a kiosk brought and answer what the tables then say; its meaning comes later.

    *told_at* is when the kiosk said so, by its own clock, where that was not just now. Safe to
    repeat: the same batch again stores nothing twice.
    """
    brought = arrivals(inbox.items)
    saved = tried_again(lambda: _take_in(caller, inbox, brought, told_at))
    BELL.ring(caller.tenant_id)
    return tried_again(lambda: _answer(saved, inbox))


@dataclass(frozen=True, slots=True)
class _Saved:
    """What became of a batch."""

    device: Device
    """Who brought it, as it was in that transaction."""
    now: datetime
    """When."""
    verdicts: list[wire.EventVerdict]
    """One for each event."""
    numbers: SequenceNumbers
    """Of all its events that are here."""


def _take_in(
    caller: Device, inbox: wire.Inbox, brought: list[Arrival], told_at: datetime | None
) -> _Saved:
    with TURNS.writing(), transaction.atomic():
        return _saved(caller, inbox, brought, told_at)


def _saved(
    caller: Device, inbox: wire.Inbox, brought: list[Arrival], told_at: datetime | None
) -> _Saved:
    now, changes = timezone.now(), raw_sql.Changes()
    device = locked(caller.pk)
    _notice_forgotten(device, inbox)
    if brought:
        device.last_receipt += 1
    brought, later = _parted(device, brought, now)
    verdicts = _save(rows.Batch(device, inbox.batch, device.last_receipt, now), brought)
    if brought or later:
        allowance.spend(device, _new(brought, verdicts), now, put_off=bool(later))
    if told_at is None:
        going = _note_clocks(device, inbox, now, changes)
        sent_at, news, until = going.sent_at, going.news, _by_our_clock(inbox, going.sent_at)
    else:
        sent_at, news, until = min(told_at, now), _is_news(device, told_at), inbox.complete_until
    if news and not later:  # what is put off is not told yet
        _note_news(device, inbox, now, until, changes)
        _note_health(device, inbox, sent_at)
    numbers = _note_numbers(device, brought, verdicts, now)
    _note_device(device, inbox, now, changes)
    changes.make()
    return _Saved(device, now, [*verdicts, *map(_put_off, later)], numbers)


def _answer(saved: _Saved, inbox: wire.Inbox) -> wire.InboxAnswer:
    """Tell what has changed for the kiosk; nobody else waits for a turn at writing meanwhile."""
    device = saved.device
    told = changes_after(device, inbox.states_after, device.tenant.last_change)
    return wire.InboxAnswer(
        batch=inbox.batch,
        epoch=device.epoch,
        receipt=device.last_receipt,
        safe=device.safe_receipt,
        server_time=saved.now.isoformat(timespec="milliseconds"),
        verdicts=saved.verdicts,
        erase=told.erase,
        states=told.states,
        told_until=told.until,
        seen_gaps=saved.numbers.missing(),
        hints={
            "content": publishing.version(device.branch_id, device.tenant),
            "seats": seats.version(device, saved.now),
            **hints(device, saved.now),
        },
        dropping=standing(device.tenant, inbox.dropping) if inbox.dropping else [],
    )


def _notice_forgotten(device: Device, inbox: wire.Inbox) -> None:
    """Begin another epoch for a kiosk that was told of a batch or news this database does not know.

    The number of a batch is not given again: a backup that covers the second batch under it would
    let the kiosk delete the first. It is told once a day, whatever a kiosk claims.
    """
    claimed = min(inbox.receipt, _MOST_NUMBER)
    known, news = device.last_receipt, inbox.states_after > device.tenant.last_change
    if inbox.epoch != device.epoch or (claimed <= known and not news):
        return
    if not recorded_since(_FORGOTTEN, device, timezone.now() - _TOLD_AGAIN_AFTER):
        _log.error("the database has forgotten batches of kiosk %s; it is asked again", device.pk)
        record(None, _FORGOTTEN, device, known=known, told=claimed)
    device.last_receipt, device.forgotten = max(known, claimed), str(uuid4())


def _save(batch: rows.Batch, brought: list[Arrival]) -> list[wire.EventVerdict]:
    """Insert the raw events in order of id, then judge all by what the tables say."""
    kept = {each.id: each for each in reversed(brought) if each.id}
    found, gone = rows.put(batch, [kept[identity] for identity in sorted(kept)])
    by = str(batch.device.pk)
    return [_judge(batch, by, each, found, gone) for each in brought]


def _parted(
    device: Device, brought: list[Arrival], now: datetime
) -> tuple[list[Arrival], list[Arrival]]:
    """Part what is brought into what is taken now, and what is put off; see `allowance`."""
    taken, later = allowance.part(device, brought, now)
    if not later:
        return taken, later
    told = [each.id for each in brought if each.id]
    here = Event.objects.filter(tenant=device.tenant, id__in=told).values_list("id", flat=True)
    return allowance.part(device, brought, now, {str(each) for each in here})


def _new(brought: list[Arrival], verdicts: list[wire.EventVerdict]) -> list[Arrival]:
    """Return what was not here before."""
    return [
        each
        for each, judged in zip(brought, verdicts, strict=True)
        if judged.verdict not in _COST_NOTHING
    ]


def _put_off(later: Arrival) -> wire.EventVerdict:
    return wire.EventVerdict(later.told_id, wire.Verdict.RETRY, allowance.LATER)


def _judge(
    batch: rows.Batch,
    by: str,
    arrived: Arrival,
    found: Mapping[str, rows.KeptEvent],
    gone: set[str],
) -> wire.EventVerdict:
    if not arrived.id:
        return wire.EventVerdict(arrived.told_id, wire.Verdict.REFUSED, arrived.fault)
    row = found.get(arrived.id)
    if row is None or (arrived.id in gone and row.digest == arrived.digest):
        return wire.EventVerdict(arrived.told_id, wire.Verdict.ERASED)
    if row.digest != arrived.digest:
        return _conflict(batch, arrived)
    if row.held_reason:
        return wire.EventVerdict(arrived.told_id, wire.Verdict.HELD, row.held_reason)
    first = row.receipt == batch.receipt and row.device == by
    return wire.EventVerdict(
        arrived.told_id, wire.Verdict.STORED if first else wire.Verdict.DUPLICATE
    )


def _conflict(batch: rows.Batch, arrived: Arrival) -> wire.EventVerdict:
    """Keep other bytes under an id that is here, unless it is being erased right now.

    A copy of a kiosk knows ids that its kiosk has not brought yet: whoever takes one first, and
    erases what lies there with a receipt of its own, has not erased another visitor's errand.
    """
    tenant = batch.device.tenant
    here = Event.objects.select_for_update().filter(tenant=tenant, id=arrived.id).first()
    if here and is_anothers(arrived, here.body, LibraryKeys(tenant)):
        return wire.EventVerdict(arrived.told_id, wire.Verdict.RETRY, wire.ID_TAKEN)
    if queries.erased(tenant, [UUID(arrived.id)]):
        return wire.EventVerdict(arrived.told_id, wire.Verdict.ERASED)
    Conflict.objects.get_or_create(
        tenant=tenant,
        event=arrived.id,
        digest=arrived.digest,
        defaults={"device": batch.device, "body": arrived.body, "received_at": batch.at},
    )
    return wire.EventVerdict(arrived.told_id, wire.Verdict.CONFLICT)


def _note_news(
    device: Device, inbox: wire.Inbox, now: datetime, until: str, changes: raw_sql.Changes
) -> None:
    """Keep what a kiosk says of how complete its news is, until all it brought is understood."""
    changes.add(
        _TELL,
        *(device.tenant_id, device.pk),
        *(_word(until), _words(inbox.leases[:_MOST_LEASES]), _word(inbox.leases_as_of), now),
    )


def _by_our_clock(inbox: wire.Inbox, sent_at: datetime) -> str:
    """Return up to when a kiosk's news is complete, by the clock that corrects its events too."""
    try:
        ago = datetime.fromisoformat(inbox.now) - datetime.fromisoformat(inbox.complete_until)
        return (sent_at - ago).isoformat(timespec="milliseconds")
    except (ValueError, TypeError, OverflowError):
        return inbox.complete_until


def _note_clocks(
    device: Device, inbox: wire.Inbox, now: datetime, changes: raw_sql.Changes
) -> clocks.Going:
    going = clocks.note(device, inbox, now, changes)
    if going.news:
        device.clock_offset_s = _offset_s(inbox.now, now)
    if going.cloned:
        device.cloned_at = device.cloned_at or now
    return going


def _note_numbers(
    device: Device, brought: list[Arrival], verdicts: list[wire.EventVerdict], now: datetime
) -> SequenceNumbers:
    """Remember which numbers have arrived, and whether some did twice."""
    known = SequenceNumbers(device.highest_seq, tuple((first, last) for first, last in device.gaps))
    if reuses_numbers(device, known, brought, verdicts):
        device.cloned_at = device.cloned_at or now
    numbers = known.with_seen(each.event.seq for each in brought if each.event)
    device.highest_seq, device.gaps = numbers.highest, list(numbers.gaps)
    return numbers


def _is_news(device: Device, told_at: datetime) -> bool:
    """Tell whether what a stick says of its kiosk was said after all that is known of it.

    A stick may have travelled for weeks, while its kiosk was heard over a network.
    """
    return device.last_seen_at is None or told_at >= device.last_seen_at


def _note_health(device: Device, inbox: wire.Inbox, at: datetime) -> None:
    """Remember how the kiosk is doing; sizes are bounded, whatever it says of itself."""
    health = inbox.health
    device.last_seen_at = at
    device.health = {
        "version": _word(health.version),
        "pending": _bounded(health.pending),
        "oldest_pending_s": _bounded(health.oldest_pending_s),
        "disk_free_mb": _bounded(health.disk_free_mb),
        "faults": _words(health.faults[:_MOST_FAULTS]),
    }


def _note_device(
    device: Device, inbox: wire.Inbox, now: datetime, changes: raw_sql.Changes
) -> None:
    """Save what is known of the kiosk, with its dead letters and what is wrong with it."""
    if inbox.dead:
        told = [wire.DeadLetter(*_words((each.id, each.reason))) for each in inbox.dead]
        known = {each["id"]: each for each in device.dead}
        known |= {each.id: msgspec.to_builtins(each) for each in told}
        device.dead = list(known.values())[-_MOST_DEAD:]
    supervision.note_alarms(device, now, supervision.tell_nobody)
    changes.add(
        _NOTE,
        *(
            device.last_receipt,
            device.forgotten,
            device.last_seen_at,
            device.clock_offset_s,
            device.health,
        ),
        *(device.dead, device.highest_seq, device.gaps, device.cloned_at, device.alarms),
        *(device.allowance, device.pk),
    )


def _words(told: Iterable[str]) -> list[str]:
    return [_word(word) for word in told]


def _word(told: str) -> str:
    """Cut a word of a kiosk to what any database takes."""
    return told[:_LONGEST_WORD].replace("\0", "")


def _bounded(told: int) -> int:
    return max(0, min(told, _MOST_NUMBER))


def _offset_s(told: str, now: datetime) -> float | None:
    """Return central's clock minus the kiosk's, in seconds; None when it tells no time."""
    try:
        offset = now - datetime.fromisoformat(told)
    except (ValueError, TypeError, OverflowError):
        return None
    return offset / timedelta(seconds=1)
