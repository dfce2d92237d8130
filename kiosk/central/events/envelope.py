"""The envelope of an inbox: unpacked within limits, its events left in their own bytes."""

import re
import uuid
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.devices.signing import RequestRefused
from kiosk.wire import gzipped

_MOST_NUMBER = 2**63 - 1
_LONGEST_NAME = 80
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KNOWN_VERSION = 1


class _Identity(msgspec.Struct):
    id: str


class Arrival(NamedTuple):
    """One event as it arrived."""

    told_id: str
    """Its id as the kiosk wrote it, for the verdict."""
    body: bytes
    """The frozen bytes."""
    digest: str
    """Of `body`."""
    id: str
    """Its id in the one true spelling, or empty when it has none: then it cannot be kept."""
    event: wire.Event | None = None
    """What it says, or None when that cannot be read."""
    fault: str = ""
    """Why it cannot be kept, or not be understood."""


def unpack(body: bytes, device: Device) -> wire.Inbox:
    """Read an inbox. Raises Refused: too_large, unreadable, unknown_protocol, bad_batch."""
    clear = inflate(body) if body.startswith(gzipped.MAGIC) else body
    try:
        inbox = wire.decode(clear, wire.Inbox)
    except wire.Unreadable as error:
        raise RequestRefused(400, "unreadable", str(error)) from error
    if inbox.protocol != wire.PROTOCOL:
        raise RequestRefused(400, "unknown_protocol", f"this central speaks {wire.PROTOCOL}")
    if inbox.device != str(device.pk) or not _is_name(inbox.batch):
        raise RequestRefused(400, "bad_batch", "not this device's, or without a fitting name")
    if max(len(inbox.items), len(inbox.dropping)) > wire.MAX_BATCH_ITEMS:
        raise RequestRefused(413, "too_large", f"at most {wire.MAX_BATCH_ITEMS} events")
    return inbox


def inflate(body: bytes) -> bytes:
    """Decompress one gzip member; stops as soon as it grows past the limit. Raises Refused."""
    try:
        return gzipped.inflated(body, wire.MAX_INFLATED_BYTES)
    except gzipped.BreaksOff as error:
        raise RequestRefused(
            400, "unreadable", "the compressed body broke off, or is none"
        ) from error
    except gzipped.TooLarge as error:
        raise RequestRefused(
            413, "too_large", f"at most {wire.MAX_INFLATED_BYTES} bytes inside"
        ) from error


def arrivals(items: Sequence[msgspec.Raw]) -> list[Arrival]:
    """Read the events of a batch, in their order.

    Read as one list they cost half of what each costs alone; a single one that is none of ours
    and each is read by itself.
    """
    bodies = [bytes(raw) for raw in items]
    try:
        events = wire.decode(b"[" + b",".join(bodies) + b"]", list[wire.Event])
    except wire.Unreadable:
        return [arrival(body) for body in bodies]
    return [_read(body, event) for body, event in zip(bodies, events, strict=True)]


def arrival(body: bytes) -> Arrival:
    """Read one event; what cannot be understood keeps its id, so that it can be held."""
    try:
        return _read(body, wire.decode(body, wire.Event))
    except wire.Unreadable:
        return _odd(body, wire.digest(body))


def _read(body: bytes, event: wire.Event) -> Arrival:
    told, digest = event.id, wire.digest(body)
    if not is_uuid(told):
        return Arrival(told, body, digest, "", fault="bad_id")
    if len(body) > wire.MAX_EVENT_BYTES:
        return Arrival(told, body, digest, "", fault="too_large")
    if not _fits(event):
        return Arrival(told, body, digest, told, fault="unreadable")
    return Arrival(told, body, digest, told, event, _fault(event))


def _odd(body: bytes, digest: str) -> Arrival:
    """Keep what is no event of ours, if it has an identity."""
    try:
        told = wire.decode(body, _Identity).id
    except wire.Unreadable:
        return Arrival("", body, digest, "", fault="no_id")
    if not is_uuid(told):
        return Arrival(told, body, digest, "", fault="bad_id")
    if len(body) > wire.MAX_EVENT_BYTES:
        return Arrival(told, body, digest, "", fault="too_large")
    return Arrival(told, body, digest, told, fault="unreadable")


def _fits(event: wire.Event) -> bool:
    """Tell whether the table can take what an event says of itself."""
    return (
        0 <= event.seq <= _MOST_NUMBER
        and 0 <= event.v <= _MOST_NUMBER
        and 0 <= event.mono_ms <= _MOST_NUMBER
        and _is_name(event.type)
    )


def _fault(event: wire.Event) -> str:
    """Return what is wrong at first sight; "" when it is worth opening."""
    if event.v != _KNOWN_VERSION:
        return "unknown_version"
    known = event.type.endswith(wire.SUBMITTED) or event.type in wire.KNOWN_TYPES
    return "" if known else "unknown_type"


def _is_name(told: str) -> bool:
    return 0 < len(told) <= _LONGEST_NAME and told.isprintable()


def is_uuid(told: str) -> bool:
    """Tell whether it is an identity in its one true spelling."""
    return _UUID.fullmatch(told) is not None


def as_uuid(told: str) -> uuid.UUID | None:
    """Read an identity in its one true spelling, or return None."""
    return uuid.UUID(told) if is_uuid(told) else None
