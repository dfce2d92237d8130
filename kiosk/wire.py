"""Everything that crosses between branch and central, protocol 1; both ends import this.

Events are append-only facts with an id made by the kiosk. Their bytes are frozen when they are
captured: the same id with other bytes is a conflict, never an update.
"""

import hashlib
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from kiosk.domain.content import Content

T = TypeVar("T")

PROTOCOL = 1
ROOT = "/sync/1"
MAX_BATCH_ITEMS = 500
MAX_BATCH_BYTES = 1_000_000
"""Of a compressed inbox body."""
MAX_INFLATED_BYTES = 8_000_000
MAX_EVENT_BYTES = 256_000
"""Of one event; the longest errand stays far below."""

DEVICE_HEADER = "Kiosk-Device"
SIGNATURE_HEADER = "Kiosk-Signature"
"""Base64 of an Ed25519 signature: the kiosk's over `signed_text`, central's over its answer."""

SUBMITTED = ".submitted"
"""Ending of the type of an event that hands in an errand: `feedback.submitted`."""
WITHDRAWN = "submission.withdrawn"
ERASED = "submission.erased"


class Unreadable(ValueError):
    """Bytes that are not what this protocol says; the message tells where."""


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


class Contents(msgspec.Struct, frozen=True):
    """What is inside the seal."""

    answers: dict[str, Any]
    key: bytes
    """The receipt's key: central locks each answer under it."""
    language: str = ""
    """In which she used the kiosk; at a small branch that alone may tell who she is."""


class Changed(msgspec.Struct, frozen=True):
    """Payload of an event about a submission, made with its receipt in hand."""

    locator: str
    proof: bytes = b""
    """`kiosk.seal.prove` of `changed_text` with the receipt's key, which no kiosk keeps: whoever
    takes a kiosk away finds locators in its ledger, and can still take nothing back."""


class Health(msgspec.Struct, frozen=True):
    """How a kiosk is doing, with every exchange."""

    version: str
    pending: int
    oldest_pending_s: int = 0
    disk_free_mb: int = 0
    faults: tuple[str, ...] = ()


class DeadLetter(msgspec.Struct, frozen=True):
    """An event that central refused for good; reported until central has noted it."""

    id: str
    reason: str


class Inbox(msgspec.Struct, frozen=True):
    """What a kiosk brings: gzip-compressed JSON, signed. Without items it is a heartbeat."""

    protocol: int
    batch: str
    device: str
    now: str
    mono_ms: int
    boot: str
    health: Health
    items: list[msgspec.Raw]
    """Events, each in exactly the bytes that were captured."""
    states_after: int = 0
    """The last change of state the kiosk has applied; central tells the later ones."""
    dead: list[DeadLetter] = []


class Verdict(StrEnum):
    """What central did with one event, and so what the kiosk may do."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    HELD = "held"
    """Saved raw, not understood yet."""
    CONFLICT = "conflict"
    """Same id, other bytes; both are kept."""
    ERASED = "erased"
    """Its id is in the erasure log: delete now."""
    REFUSED = "refused"
    """Not saved, and never will be."""
    MISSING = "missing"
    """Nothing known of it: still pending."""
    RETRY = "retry"
    """Nothing done this time: still pending."""


SAVED_AT_CENTRAL = frozenset({Verdict.STORED, Verdict.DUPLICATE, Verdict.HELD, Verdict.CONFLICT})
"""Verdicts after which the kiosk waits for `safe` and then purges its sealed copy."""


class Judged(msgspec.Struct, frozen=True, array_like=True):
    """The verdict on one event."""

    id: str
    verdict: Verdict
    reason: str = ""


class ReceiptState(msgspec.Struct, frozen=True):
    """How far one submission has come at central."""

    locator: str
    state: str
    """One of `kiosk.domain.receipt.State`."""
    at: str
    """When that was, ISO 8601."""
    change: int
    """Number of this change; the next exchange asks for later ones."""
    id: str = ""
    """Of the submission, for a kiosk of the branch that did not take it itself."""
    errand: str = ""
    """Name of its errand, likewise."""
    answers: tuple[bytes, ...] = ()
    """Every answer so far: `kiosk.domain.submission.Answer` as JSON, under the receipt's key."""


class InboxAnswer(msgspec.Struct, frozen=True):
    """Central's answer to an inbox, after its commit."""

    batch: str
    """Echo; an answer without it comes from something else on the way."""
    epoch: str
    """Changes when central was restored from a backup: everything unpurged is pending again."""
    receipt: int
    """Number of this batch within the epoch and device."""
    safe: int
    """Batches up to this one are covered by a verified backup."""
    server_time: str
    verdicts: list[Judged] = []
    erase: list[str] = []
    """Ids that must be deleted here too."""
    states: list[ReceiptState] = []
    seen_gaps: list[int] = []
    """Sequence numbers central never saw."""
    hints: dict[str, Any] = {}
    """For the kiosk's next move, such as `{"content": etag}`; unknown ones are ignored."""


class Enrol(msgspec.Struct, frozen=True):
    """A kiosk asks to join a branch; signed with the key it offers, which proves it holds it."""

    code: str
    public_key: bytes
    name: str = ""
    """What technicians call the machine."""


class Enrolled(msgspec.Struct, frozen=True):
    """Central's answer: the identity of the device and the keys of the library."""

    device: str
    tenant: str
    branch: str
    branch_name: str
    sealing_key: bytes
    """Central's X25519 public key."""
    verify_key: bytes
    """Central's Ed25519 public key: every later answer is signed with it."""
    salt: bytes
    """The deployment's salt for receipt keys."""
    public_url: str
    """Address of the phone page for receipts."""


class Refusal(msgspec.Struct, frozen=True):
    """Body of every answer that is not a success."""

    error: str
    """Short fixed word: `revoked`, `unknown_device`, `bad_signature`, `bad_code`, `too_large`, …"""
    detail: str = ""


def encode(message: object) -> bytes:
    """Return *message* as JSON."""
    return msgspec.json.encode(message)


def decode(body: bytes, shape: type[T]) -> T:
    """Read JSON into *shape*. Raises Unreadable with the place of the first thing that is wrong."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def encode_content(content: Content) -> bytes:
    """Return *content* as JSON, the same bytes for the same content."""
    return msgspec.json.encode(content, order="sorted")


def decode_content(body: bytes) -> Content:
    """Read content. Raises Unreadable."""
    return decode(body, Content)


def content_version(content: Content) -> str:
    """Return a name for what *content* says: alike for equal content whenever it was published."""
    shown = msgspec.to_builtins(content)
    for passing in ("version", "published"):
        shown.pop(passing)
    return hashlib.sha256(msgspec.json.encode(shown, order="sorted")).hexdigest()[:20]


def signed_text(method: str, path: str, device: str, body: bytes) -> bytes:
    """Return what a kiosk signs: who asks what of whom, and the digest of the body as sent."""
    digest = hashlib.sha256(body).hexdigest()
    return f"kiosk-{PROTOCOL}\n{method}\n{path}\n{device}\n{digest}".encode()


def changed_text(kind: str, about: str) -> bytes:
    """Return what the receipt's key proves: which change, of which submission."""
    return f"kiosk-{PROTOCOL}\n{kind}\n{about}".encode()


def answer_text(body: bytes, about: str) -> bytes:
    """Return what central signs: its answer, and which question it answers (batch id or path)."""
    digest = hashlib.sha256(body).hexdigest()
    return f"central-{PROTOCOL}\n{about}\n{digest}".encode()


def digest(frozen: bytes) -> str:
    """Return the fingerprint of an event's frozen bytes: SHA-256 in hexadecimal."""
    return hashlib.sha256(frozen).hexdigest()
