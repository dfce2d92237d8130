"""What a kiosk brings in one inbox: events, and how it is doing."""

import uuid
from collections.abc import Sequence
from functools import cache

import msgspec

from kiosk import wire
from kiosk.domain.world import World
from kiosk.store.device import Device
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.published import PublishedContent
from kiosk.store.settling import EPOCH, told_receipt
from kiosk.sync.condition import Condition, condition_of


def inbox(
    published: PublishedContent,
    device: Device,
    ledger: Ledger,
    world: World,
    batch: Sequence[Waiting],
) -> wire.Inbox:
    """Make the message that brings *batch*, whichever way it goes."""
    leases, leases_as_of = ledger.seats.standpoint()
    return wire.Inbox(
        protocol=wire.PROTOCOL,
        batch=str(uuid.uuid4()),
        device=device.device,
        now=world.now().isoformat(timespec="milliseconds"),
        mono_ms=world.monotonic_ms(),
        boot=world.boot,
        health=_health(condition_of(ledger, published, world)),
        items=[msgspec.Raw(each.body) for each in batch],
        states_after=int(ledger.fact("states_after", 0)),
        dead=ledger.dead_letters(),
        complete_until=complete_until(ledger, world, batch),
        leases=leases,
        leases_as_of=leases_as_of,
        epoch=str(ledger.fact(EPOCH)),
        receipt=told_receipt(ledger.books),
        dropping=() if batch else ledger.drops.due(),
    )


def complete_until(ledger: Ledger, world: World, batch: Sequence[Waiting]) -> str:
    """Return the moment before which nothing was captured that *batch* does not bring.

    Nobody saves meanwhile: a visitor's errand gets its time while the ledger is locked too.
    """
    with ledger.books.lock:
        if ledger.pending > len(batch):
            return ""
        if {each.id for each in ledger.unsent()} - {each.id for each in batch}:
            return ""
        return world.now().isoformat(timespec="milliseconds")


@cache
def _version() -> str:
    """Return the program's version, read once: it costs as much as saving an errand does."""
    from importlib.metadata import version

    return version("meroppet-kiosk")


def _health(known: Condition) -> wire.Health:
    return wire.Health(
        version=_version(),
        pending=known.pending,
        oldest_pending_s=known.oldest_pending_s,
        disk_free_mb=known.free_mb,
        faults=tuple(dict.fromkeys(each.problem.code for each in known.troubles)),
    )
