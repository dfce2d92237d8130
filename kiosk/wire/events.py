"""Events: what happened at a kiosk, as append-only facts with an id made there.

Their bytes are frozen when they are captured: the same id with other bytes is a conflict, never an
update.
"""

import hashlib
from typing import Any

import msgspec

from kiosk import seal
from kiosk.wire.protocol import PROTOCOL

_MARK_BYTES = 16

SUBMITTED = ".submitted"
"""Ending of the type of an event that hands in an errand: `feedback.submitted`."""
UNLIMITED = "unlimited"
"""Stands for a lease where a workshop has no limit: everybody has a place."""
WITHDRAWN = "submission.withdrawn"
ERASED = "submission.erased"
ADDED = "submission.added"
"""Its visitor writes more: a question back, or what she forgot."""
CORRECTED = "submission.corrected"
"""She answers some of its questions anew."""
CHECKED_IN = "submission.checked_in"
"""She is here on the day of what she signed up for."""
SUPPORTED = "idea.supported"
"""Somebody said "me too" of the idea that the event is about."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened at a kiosk."""

    id: str
    """UUID version 7, the only identity."""
    seq: int
    """Counts up per device, for gaps; never unique on its own."""
    type: str
    """`<errand>.submitted`, `submission.withdrawn`, `submission.erased`, …"""
    v: int
    """Version of the payload's shape."""
    captured_at: str
    """Local time with offset, ISO 8601, by the kiosk's own clock, to the minute."""
    boot: str
    """Which start of the machine `mono_ms` counts from."""
    mono_ms: int
    """Monotonic clock at capture, milliseconds."""
    payload: msgspec.Raw
    """JSON object, shaped by `type` and `v`."""
    about: str = ""
    """Id of the event this one changes."""


class Handed(msgspec.Struct, frozen=True):
    """Payload of a `.submitted` event: in clear only what a kiosk must know offline."""

    errand: str
    branch: str
    locator: str
    """Where the receipt's code leads; see `kiosk.seal.receipt_keys`."""
    sealed: bytes
    """`Contents` as JSON, sealed to the library's public key (base64 on the wire)."""
    workshop: str = ""
    """Id of the workshop a sign-up is for."""
    seats: int = 0
    """Seats asked for."""
    lease: str = ""
    """Id of the lease under which she was promised the seats; `UNLIMITED` where there is no limit;
    empty when she was not."""


class Contents(msgspec.Struct, frozen=True):
    """What is inside the seal."""

    answers: dict[str, Any]
    key: bytes
    """The receipt's key: central locks each answer under it."""
    language: str = ""
    """In which she used the kiosk; at a small branch that alone may tell who she is."""
    anew: tuple[str, ...] = ()
    """Of a correction: names of the questions answered anew; see `kiosk.domain.correction`."""
    beside: bytes = b""
    """`beside_seal` of what stands in clear, so that nobody puts this into an envelope of another
    branch, workshop or party; empty where nothing does, and from older kiosks."""


class Changed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Payload of an event about a submission, made with its receipt in hand."""

    locator: str
    proof: bytes = b""
    """`kiosk.seal.prove` of `changed_text` with the receipt's key, which no kiosk keeps: whoever
    takes a kiosk away finds locators in its ledger, and can still take nothing back."""
    sealed: bytes = b""
    """Of what is added or corrected: `Contents` as JSON, sealed to the library's public key."""


class IdeaSupported(msgspec.Struct, frozen=True):
    """Payload of an event about an idea on the board: one visitor's "me too", nothing of her."""

    branch: str
    tally: str
    """Name of what this kiosk counts by; see `kiosk.domain.posting.so_far_with`."""


def beside_seal(handed: Handed) -> bytes:
    """Return the fingerprint of what a visitor says in clear: all but the seal and the promise."""
    told = (handed.errand, handed.branch, handed.locator, handed.workshop, str(handed.seats))
    return hashlib.sha256("\n".join(told).encode()).digest()[:_MARK_BYTES]


def receipt_mark(locator: str, key: bytes) -> bytes:
    """Return by what an errand is known as that of a receipt, which a locator alone does not tell.

    Whoever has a copy of a kiosk knows locators and can hand in under them, but never with the
    receipt's key.
    """
    return seal.prove(key, f"kiosk-{PROTOCOL}\nreceipt\n{locator}".encode())[:_MARK_BYTES]


def changed_text(kind: str, about: str, sealed: bytes = b"") -> bytes:
    """Return what the receipt's key proves: which change, of which submission, with what in it."""
    digest = f"\n{hashlib.sha256(sealed).hexdigest()}" if sealed else ""
    return f"kiosk-{PROTOCOL}\n{kind}\n{about}{digest}".encode()
