"""Bringing figures: when an hour is over, what was counted in it becomes an event."""

import contextlib
from datetime import datetime, timedelta

import msgspec

from kiosk import seal, wire
from kiosk.domain.figures import hour_of
from kiosk.domain.world import World, new_id
from kiosk.problems import Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import AMPLE_ROOM, Ledger


def bring(ledger: Ledger, device: Device, world: World) -> None:
    """Put the figures of hours that are over in the outbox, together with taking them out.

    At most one event an hour, made as the hour begins and with no time finer than that. Where the
    disk has no room to spare they wait.
    """
    if not ledger.figures.are_due(hour_of(ledger.told, world)) or ledger.room() <= AMPLE_ROOM:
        return
    with contextlib.suppress(Trouble), ledger.atomic():
        hour = hour_of(ledger.told, world)
        tallies = wire.encode_padded(wire.Tallies(ledger.figures.take(hour)))
        payload = wire.FiguresCounted(device.branch, seal.seal(device.sealing_key, tallies))
        ledger.append(_event(payload, hour, ledger.next_seq(), world), quiet=True)


def _event(payload: wire.FiguresCounted, hour: str, seq: int, world: World) -> wire.Event:
    """Freeze it as if the hour had just begun."""
    began = world.now().replace(minute=0, second=0, microsecond=0)
    since_ms = (world.now() - began) // timedelta(milliseconds=1)
    return wire.Event(
        id=new_id(world, datetime.fromisoformat(hour)),
        seq=seq,
        type=wire.COUNTED,
        v=1,
        captured_at=began.isoformat(timespec="minutes"),
        boot=world.boot,
        mono_ms=max(0, world.monotonic_ms() - since_ms),
        payload=msgspec.Raw(wire.encode(payload)),
    )
