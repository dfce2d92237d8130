"""The exchange on a stick: a bundle goes out, and an answer comes back whenever it does."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import msgspec

from kiosk import seal, wire
from kiosk.domain.world import World
from kiosk.problems import BUNDLE_DAMAGED, BUNDLE_FOREIGN, BUNDLE_OLDER, UNREADABLE_CONTENT, Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.published import PublishedContent
from kiosk.store.settling import hear_anew
from kiosk.sync import figures, report
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.wire.bundle import (
    MAX_PARTS,
    NO_SEATS,
    Bundle,
    BundleAnswer,
    BundleKind,
    Head,
    SignedBundle,
    expect,
    packed,
    parcel,
)

MOST_REMEMBERED = 50
"""Bundles whose answers are still taken, and answers known to have been read."""

_NUMBER, _WRITTEN, _READ = "bundle_number", "bundles_written", "bundles_read"
_KNOWN = "bundles_known"
"""The fact when central had been heard last as each bundle was written, by its digest."""


@dataclass(frozen=True, slots=True)
class WrittenBundle:
    """A bundle, to be put on a stick."""

    number: int
    """Counts up on this kiosk."""
    file: bytes
    """Every byte of it."""
    outcome: ExchangeOutcome
    """How many events it brings, as `sent`, and how many wait."""


@dataclass(frozen=True, slots=True)
class Stick:
    """Everything an exchange on a stick needs."""

    device: Device
    """Who we are."""
    ledger: Ledger
    """What we bring."""
    published: PublishedContent
    """What we show."""
    world: World
    """Clock and boot."""

    def write(self) -> WrittenBundle:
        """Make a bundle of all that waits; it goes on waiting until an answer has been read.

        Raises Trouble (CANNOT_WRITE).
        """
        self.ledger.belong_to(self.device)
        hear_anew(self.ledger.books, self.ledger.last_exchange)
        figures.bring(self.ledger, self.device, self.world)
        number = int(self.ledger.fact(_NUMBER, 0)) + 1
        waiting = self.ledger.unsent()
        batches = parts(waiting) or [[]]
        who = (self.published, self.device, self.ledger, self.world)
        inboxes = [report.inbox(*who, batch) for batch in batches]
        if sum(map(len, batches)) == len(waiting):  # all parts together tell everything
            until = report.complete_until(self.ledger, self.world, waiting)
            inboxes[-1] = msgspec.structs.replace(inboxes[-1], complete_until=until)
        self.ledger.drops.begin(self.ledger.last_exchange)
        inboxes[-1] = msgspec.structs.replace(
            inboxes[-1], dropping=self.ledger.drops.due(ahead=True)
        )
        head = partial(
            Head,
            wire.PROTOCOL,
            BundleKind.BUNDLE,
            self.device.tenant,
            self.device.device,
            number,
            self.world.now().isoformat(timespec="milliseconds"),
            epoch=str(self.ledger.fact("epoch")),
        )
        body = Bundle([msgspec.Raw(wire.encode(each)) for each in inboxes])
        close = partial(seal.seal, self.device.sealing_key)
        file = packed(head, body, close, self.device.secret_key)
        with self.ledger.atomic():
            self.ledger.set_fact(_NUMBER, number)
            self._remember_written(parcel(file).digest)
        events = sum(len(batch) for batch in batches)
        return WrittenBundle(
            number, file, ExchangeOutcome(sent=events, pending=self.ledger.pending)
        )

    def read(self, file: bytes) -> tuple[bool, ExchangeOutcome]:
        """Apply central's answer: all of its verdicts and states in one durable step, or nothing.

        Returns whether it had been read before, and so changed nothing. Raises Trouble:
        NOT_A_BUNDLE, BUNDLE_DAMAGED, BUNDLE_FOREIGN, BUNDLE_WRONG_WAY, BUNDLE_OLDER, BUNDLE_NEWER,
        CANNOT_WRITE.
        """
        found = parcel(file)
        expect(found, BundleKind.ANSWER)
        self._check_ours(found)
        outcome = ExchangeOutcome()
        again = found.digest in self.ledger.fact(_READ, [])
        if not again:
            self._apply(found, outcome)
        outcome.pending = self.ledger.pending
        return again, outcome

    def _check_ours(self, found: SignedBundle) -> None:
        """Raise Trouble unless central made it for this kiosk, and for a bundle of this ledger."""
        if found.head.tenant != self.device.tenant:
            raise Trouble(BUNDLE_FOREIGN, why=f"it is of the library {found.head.tenant!r}")
        if found.head.device != self.device.device:
            raise Trouble(BUNDLE_FOREIGN, why=f"it is for the kiosk {found.head.device!r}")
        found.check(self.device.verify_key)
        if found.head.answers not in self.ledger.fact(_WRITTEN, []):
            why = f"it answers a bundle (number {found.head.number}) that is not of this ledger"
            raise Trouble(BUNDLE_FOREIGN, why=why)

    def _apply(self, found: SignedBundle, outcome: ExchangeOutcome) -> None:
        answer = found.opened(self._unsealed, BundleAnswer)
        is_news = self._is_news(found.head.answers)
        self._check_newer(answer, is_news=is_news)
        trouble = self._show(bytes(answer.content), outcome, is_news=is_news)
        for settled in self.ledger.settle_in_turn(answer.parts):
            outcome.add(settled)
        noted = set(answer.noted)
        with self.ledger.atomic():
            self.ledger.bury([each for each in self.ledger.dead_letters() if each.id in noted])
            self._remember(_READ, found.digest)
        trouble = self._hear_seats(bytes(answer.seats), is_news=is_news) or trouble
        if trouble:
            outcome.error, outcome.remedy = trouble.problem.code, trouble.remedy

    def _unsealed(self, sealed: bytes) -> bytes:
        """Open with our key, or one of those around it: it may change while a stick travels."""
        device = self.device
        for key in filter(None, (device.former_key, device.next_key)):
            with contextlib.suppress(seal.NotGenuine):
                return seal.unseal_as_signer(key, sealed)
        return seal.unseal_as_signer(device.secret_key, sealed)

    def _is_news(self, bundle: str) -> bool:
        """Tell whether nothing was heard of central since a bundle was written.

        Then its answer is later than all that is known, whatever central's clock says.
        """
        known = self.ledger.fact(_KNOWN, {})
        return bool(known.get(bundle, None) == self.ledger.last_exchange)

    def _check_newer(self, answer: BundleAnswer, *, is_news: bool) -> None:
        """Raise Trouble unless central said this after everything that it has told us so far.

        Whatever an older answer tells is told again by a later one, while its word on what is
        safe may have been taken back by a restore since.
        """
        try:
            times = [datetime.fromisoformat(each.server_time) for each in answer.parts]
            for state in (state for each in answer.parts for state in each.states):
                datetime.fromisoformat(state.at)
        except ValueError as error:
            raise Trouble(BUNDLE_DAMAGED, why=error) from error
        if len({each.epoch for each in answer.parts}) != 1:
            raise Trouble(BUNDLE_DAMAGED, why="central was restored while it answered")
        known = str(self.ledger.fact("last_exchange"))
        if known and not is_news and max(times) <= datetime.fromisoformat(known):
            raise Trouble(BUNDLE_OLDER)

    def _show(self, content: bytes, outcome: ExchangeOutcome, *, is_news: bool) -> Trouble | None:
        """Show content made later than what is shown; what is wrong with it stops nothing else."""
        shown = self.published.current
        try:
            offered = wire.decode_content(content)
            is_later = is_news or offered.published > shown.published
            if is_later and offered.version != shown.version:
                self.published.replace(content)
                outcome.content = offered.version
        except wire.Unreadable as error:
            return Trouble(UNREADABLE_CONTENT, why=error)
        except Trouble as trouble:
            return trouble
        return None

    def _hear_seats(self, seats: bytes, *, is_news: bool) -> Trouble | None:
        """Hear how the workshops stand, after what was given here is settled."""
        try:
            if seats != NO_SEATS:
                self.ledger.seats.replace(seats, is_news=is_news)
        except wire.Unreadable as error:
            return Trouble(UNREADABLE_CONTENT, why=error)
        except Trouble as trouble:
            return trouble
        return None

    def _remember_written(self, digest: str) -> None:
        """Remember a bundle, and what is known when it is written: an answer is later than that."""
        self._remember(_WRITTEN, digest)
        known = self.ledger.fact(_KNOWN, {}) | {digest: self.ledger.last_exchange}
        written = self.ledger.fact(_WRITTEN, [])
        self.ledger.set_fact(_KNOWN, {each: known[each] for each in written if each in known})
        self.ledger.set_fact("last_exchange", self.ledger.last_exchange)

    def _remember(self, fact: str, digest: str) -> None:
        self.ledger.set_fact(fact, [*self.ledger.fact(fact, []), digest][-MOST_REMEMBERED:])


def parts(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """Cut what waits into inboxes within the limits of one; the rest of a flood stays waiting."""
    cut: list[list[Waiting]] = []
    room = 0
    for each in waiting:
        room -= len(each.body)
        if not cut or room < 0 or len(cut[-1]) == wire.MAX_BATCH_ITEMS:
            if len(cut) == MAX_PARTS:
                break
            cut.append([])
            room = wire.MAX_BATCH_BYTES - len(each.body)
        cut[-1].append(each)
    return cut
