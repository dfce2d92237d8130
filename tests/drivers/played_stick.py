"""Central's end of a stick as a test plays it: opens bundles, and answers them with real keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from kiosk import seal, wire
from kiosk.domain.content import Content
from kiosk.wire import EventVerdict, Verdict
from kiosk.wire.bundle import NO_SEATS, Bundle, BundleAnswer, BundleKind, Head, packed, parcel
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT


@dataclass
class PlayedStick:
    """A library that gets bundles of one branch."""

    branch: Branch
    clock: datetime = datetime(2026, 11, 27, 8, tzinfo=UTC)
    """When it answers next; a second later each time."""
    epoch: str = "e1"
    receipt: int = 0
    content: Content = CONTENT
    seats: bytes = NO_SEATS
    stored: dict[str, bytes] = field(default_factory=dict)
    """Raw events by id, as they first came."""

    def opened(self, file: bytes) -> list[wire.Inbox]:
        """Read a bundle as the library does."""
        found = parcel(file)
        found.check(self.branch.kiosk_keys.public)
        unseal = partial(seal.unseal, self.branch.sealing.secret)
        bundle = found.opened(unseal, Bundle)
        return [wire.decode(bytes(each), wire.Inbox) for each in bundle.parts]

    def answers(self, file: bytes, **told: Any) -> list[wire.InboxAnswer]:
        """Store what a bundle brings; *told* is added to each answer."""
        answers = []
        for inbox in self.opened(file):
            self.receipt += 1
            self.clock += timedelta(seconds=1)
            plain: dict[str, Any] = {
                "batch": inbox.batch,
                "epoch": self.epoch,
                "receipt": self.receipt,
                "safe": 0,
                "server_time": self.clock.isoformat(timespec="milliseconds"),
                "verdicts": [self._judged(bytes(raw)) for raw in inbox.items],
            }
            answers.append(wire.InboxAnswer(**(plain | told)))
        return answers

    def answer(self, file: bytes, **told: Any) -> bytes:
        """Answer a bundle."""
        return self.packed(file, self.answers(file, **told))

    def packed(
        self, file: bytes, parts: Sequence[wire.InboxAnswer], content: bytes = b"", **head: Any
    ) -> bytes:
        """Make the file of an answer; *head* replaces what stands on its outside."""
        noted = [letter.id for inbox in self.opened(file) for letter in inbox.dead]
        shown = msgspec.Raw(content or wire.encode_content(self.content))
        found = parcel(file)
        plain: dict[str, Any] = {
            "tenant": self.branch.device.tenant,
            "device": self.branch.device.device,
            "number": found.head.number,
            "made_at": self.clock.isoformat(),
            "epoch": self.epoch,
            "answers": found.digest,
        }
        return packed(
            lambda size, digest: Head(
                protocol=wire.PROTOCOL,
                kind=BundleKind.ANSWER,
                body_bytes=size,
                body_digest=digest,
                **(plain | head),
            ),
            BundleAnswer(list(parts), shown, msgspec.Raw(self.seats), noted),
            partial(seal.seal_to_signer, self.branch.kiosk_keys.public),
            self.branch.signing.secret,
        )

    def _judged(self, raw: bytes) -> EventVerdict:
        identity = wire.decode(raw, wire.Event).id
        known = self.stored.setdefault(identity, raw)
        return EventVerdict(identity, Verdict.STORED if known is raw else Verdict.DUPLICATE)
