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
from kiosk.wire.devices import Enrol, Enrolled
from kiosk.wire.events import (
    ERASED,
    SUBMITTED,
    WITHDRAWN,
    Changed,
    Contents,
    Event,
    Handed,
    changed_text,
)
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
    Refusal,
    answer_text,
    signed_text,
)

__all__ = [
    "DEVICE_HEADER",
    "ERASED",
    "MAX_BATCH_BYTES",
    "MAX_BATCH_ITEMS",
    "MAX_EVENT_BYTES",
    "MAX_INFLATED_BYTES",
    "PROTOCOL",
    "ROOT",
    "SAVED_AT_CENTRAL",
    "SIGNATURE_HEADER",
    "SUBMITTED",
    "WITHDRAWN",
    "Changed",
    "Contents",
    "DeadLetter",
    "Enrol",
    "Enrolled",
    "Event",
    "Handed",
    "Health",
    "Inbox",
    "InboxAnswer",
    "Judged",
    "ReceiptState",
    "Refusal",
    "T",
    "Unreadable",
    "Verdict",
    "answer_text",
    "changed_text",
    "content_version",
    "decode",
    "decode_content",
    "digest",
    "encode",
    "encode_content",
    "signed_text",
]
