"""Upload: all that waits goes to central, batch after batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk import wire
from kiosk.domain.clock import heard, true_time
from kiosk.domain.world import World
from kiosk.store.device import Device
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.published import PublishedContent
from kiosk.sync import report
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.line import BrokenOff, WrongDates
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace

ASKS_TO_WAIT = {429, 503}
"""Statuses with which central asks to be left alone for a while."""
MOST_STUCK = 3
"""Events tried alone, or batches brought, in vain after which an exchange ends: perhaps central
itself is out of order."""


@dataclass(slots=True)
class Upload:
    """Brings the outbox of one kiosk; made anew for every exchange."""

    published: PublishedContent
    """What we show."""
    device: Device
    """Who we are."""
    ledger: Ledger
    """What we bring."""
    carrier: Carrier
    """How we get there."""
    world: World
    """Clock and boot."""
    pace: Pace
    """What earlier ones have learned."""
    outcome: ExchangeOutcome
    """What it did."""
    stuck: dict[str, str] = field(default_factory=dict)
    """What central cannot take even alone, by id, with its word for it; left for the next time."""
    _again: set[str] = field(default_factory=set)
    """What central asks to have again; left for the next time too."""
    _heard_more: bool = False
    """Whether central told news the last time, so that there may be more."""

    def run(self) -> wire.InboxAnswer:
        """Send batches until nothing waits, and let go of what may go; return the last answer.

        A batch goes out even when nothing waits, as a heartbeat, and asks which copies may go. It
        ends when central tells no news any more: it tells them by the page. Raises Trouble or
        TurnedBack.
        """
        answer, in_vain = None, 0
        self.ledger.drops.begin(self.ledger.last_exchange)
        while True:
            batch = self._next_batch()
            nothing_left = not batch and not self._asks_more()
            if answer is not None and (nothing_left or in_vain >= MOST_STUCK):
                return answer
            try:
                answer = self._bring(batch)
            except TurnedBack as refused:
                if refused.status in ASKS_TO_WAIT or not batch:
                    raise
                self.pace.turned_back(batch)
                if len(batch) == 1:
                    self.stuck[batch[0].id] = refused.refusal.error
                continue
            self.pace.succeeded(batch)
            in_vain += not self._settle(batch, answer)

    def _settle(self, batch: Sequence[Waiting], answer: wire.InboxAnswer) -> bool:
        """Apply an answer; tell whether it was any progress. Raises Trouble (CANNOT_WRITE)."""
        settled = self.ledger.settle(answer, heard(moment(answer), self.world))
        self.outcome.add(settled)
        self._again |= {each.id for each in self.ledger.waiting(each.id for each in batch)}
        self._heard_more = settled.heard
        return settled.progress

    def _asks_more(self) -> bool:
        """Tell whether another request makes sense although nothing waits to be brought."""
        return self._heard_more or bool(self.ledger.drops.due(1))

    def _next_batch(self) -> Sequence[Waiting]:
        if len(self.stuck) >= MOST_STUCK:
            return []
        return self.pace.next_batch(self.ledger, self._again.union(self.stuck))

    def _bring(self, batch: Sequence[Waiting]) -> wire.InboxAnswer:
        who = (self.published, self.device, self.ledger, self.world)
        message = report.inbox(*who, batch)
        try:
            answer = self._carry(message)
        except BrokenOff:
            self.pace.broke_off(batch)
            raise
        self.pace.ratio = self.carrier.ratio
        if message.dead:
            self.ledger.bury(message.dead)
        return answer

    def _carry(self, message: wire.Inbox) -> wire.InboxAnswer:
        try:
            return self.carrier.inbox(message)
        except WrongDates:
            # perhaps it is our clock: let central tell the time, then look at the dates again
            self.ledger.hear_time(heard(self.carrier.time(), self.world))
            self.carrier.read_dates_by(self._true_time)
            return self.carrier.inbox(message)

    def _true_time(self) -> datetime:
        return true_time(self.ledger.told, self.world) or self.world.now()


def moment(answer: wire.InboxAnswer) -> datetime:
    """Return the time that central told in *answer*; the carrier has read it before."""
    return datetime.fromisoformat(answer.server_time)
