"""Everything that crosses between branch and central, protocol 1; both ends import this.

Events are append-only facts with an id made by the kiosk. Their bytes are frozen when they are
captured: the same id with other bytes is a conflict, never an update.
"""

from kiosk.wire.coding import (
    T,
    Unreadable,
    content_version,
    decode,
    decode_content,
    digest,
    encode,
    encode_content,
)
from kiosk.wire.devices import Enrol, Enrolled, Rotate, Rotated, TimeTold
from kiosk.wire.events import (
    ADDED,
    CHECKED_IN,
    CORRECTED,
    ERASED,
    SUBMITTED,
    SUPPORTED,
    UNLIMITED,
    WITHDRAWN,
    Changed,
    Contents,
    Event,
    Handed,
    Supported,
    changed_text,
)
from kiosk.wire.figures import COUNTED, Counted, Tallies
from kiosk.wire.inbox import (
    SAVED_AT_CENTRAL,
    DeadLetter,
    Health,
    Inbox,
    InboxAnswer,
    Judged,
    ReceiptState,
    Verdict,
)
from kiosk.wire.protocol import (
    DEVICE_HEADER,
    MAX_BATCH_BYTES,
    MAX_BATCH_ITEMS,
    MAX_EVENT_BYTES,
    MAX_INFLATED_BYTES,
    PROTOCOL,
    ROOT,
    SIGNATURE_HEADER,
    UNKNOWN_RECEIPT,
    Refusal,
    answer_text,
    rotation_text,
    signed_text,
)
from kiosk.wire.seats import Lease, Seat, Seats, WorkshopSeats

KNOWN_TYPES = frozenset({ADDED, CHECKED_IN, CORRECTED, COUNTED, ERASED, SUPPORTED, WITHDRAWN})
"""Types of events besides `*.submitted` that mean something; `central.intake.interpretation` says
what."""

__all__ = [
    "ADDED",
    "CHECKED_IN",
    "CORRECTED",
    "COUNTED",
    "DEVICE_HEADER",
    "ERASED",
    "KNOWN_TYPES",
    "MAX_BATCH_BYTES",
    "MAX_BATCH_ITEMS",
    "MAX_EVENT_BYTES",
    "MAX_INFLATED_BYTES",
    "PROTOCOL",
    "ROOT",
    "SAVED_AT_CENTRAL",
    "SIGNATURE_HEADER",
    "SUBMITTED",
    "SUPPORTED",
    "UNKNOWN_RECEIPT",
    "UNLIMITED",
    "WITHDRAWN",
    "Changed",
    "Contents",
    "Counted",
    "DeadLetter",
    "Enrol",
    "Enrolled",
    "Event",
    "Handed",
    "Health",
    "Inbox",
    "InboxAnswer",
    "Judged",
    "Lease",
    "ReceiptState",
    "Refusal",
    "Rotate",
    "Rotated",
    "Seat",
    "Seats",
    "Supported",
    "T",
    "Tallies",
    "TimeTold",
    "Unreadable",
    "Verdict",
    "WorkshopSeats",
    "answer_text",
    "changed_text",
    "content_version",
    "decode",
    "decode_content",
    "digest",
    "encode",
    "encode_content",
    "rotation_text",
    "signed_text",
]
