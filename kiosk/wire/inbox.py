"""The inbox: what a kiosk brings, and central's answer after its commit."""

from enum import StrEnum
from typing import Any

import msgspec

from kiosk.wire.seats import Seat

DISK_LOW_MB = 500
"""With less room on its disk a kiosk needs somebody, at either end."""


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
    complete_until: str = ""
    """Everything captured before this moment, by the kiosk's clock, is in this batch or was
    acknowledged before; empty when that cannot be said."""
    leases: tuple[str, ...] = ()
    """Ids of the seat leases the kiosk may use after `complete_until`."""
    leases_as_of: str = ""
    """When central said so: `Seats.as_of`; an inbox delivered twice tells nothing of later ones."""
    epoch: str = ""
    """Central's, as the kiosk heard it last."""
    receipt: int = 0
    """The highest number that central has told this kiosk in that epoch: a central that knows of
    fewer batches has forgotten some, and gives none of these numbers again."""
    dropping: tuple[str, ...] = ()
    """Ids of sealed copies that the kiosk would delete now, at most `MAX_BATCH_ITEMS`."""


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


ID_TAKEN = "id_taken"
"""Reason of a `retry`: another event is, or was, under this id, so the kiosk brings its own under a
new one."""

SAVED_AT_CENTRAL = frozenset({Verdict.STORED, Verdict.DUPLICATE, Verdict.HELD, Verdict.CONFLICT})
"""Verdicts after which the kiosk waits for `safe` and then purges its sealed copy."""


class EventVerdict(msgspec.Struct, frozen=True, array_like=True):
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
    seat: Seat | None = None
    """What has become of a sign-up; None for other errands, or before it is understood."""
    mark: bytes = b""
    """`kiosk.wire.receipt_mark`: whose receipt it is; empty from a central without the field."""


class InboxAnswer(msgspec.Struct, frozen=True):
    """Central's answer to an inbox, after its commit."""

    batch: str
    """Echo; an answer without it comes from something else on the way."""
    epoch: str
    """Changes when central was restored from a backup, or has forgotten batches of this kiosk:
    everything unpurged is pending again."""
    receipt: int
    """Number of this batch within the epoch and device. One that is lower than the kiosk was told
    before, or the same although it answers for events, comes from a central that has forgotten."""
    safe: int
    """Batches up to this one are covered by a verified backup."""
    server_time: str
    verdicts: list[EventVerdict] = []
    erase: list[str] = []
    """Ids that must be deleted here too."""
    states: list[ReceiptState] = []
    told_until: int = 0
    """Number of the last change of all that is told here, erasures too; the next inbox names it in
    `states_after`. 0 when nothing is told, and from a central that is older than the field."""
    seen_gaps: list[int] = []
    """Sequence numbers central never saw."""
    hints: dict[str, Any] = {}
    """For the kiosk's next move, such as `{"content": etag}`; unknown ones are ignored."""
    dropping: list[EventVerdict] | None = None
    """What is true of each id in `Inbox.dropping`: `stored` when it is here and its seal opens, and
    only then may the copy be deleted; `held` when it is here but cannot be opened, `retry` when
    nobody has tried yet, `missing`, or `erased`. None from a central that is older than the field:
    what is `safe` may be deleted then."""
