"""Bringing: all that waits goes to central, batch after batch, each settled under the next one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from kiosk import wire
from kiosk.domain.clock import Told, heard, true_time
from kiosk.domain.world import World
from kiosk.store.device import Device
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.published import Published
from kiosk.store.settling import heard_until, is_another_life
from kiosk.sync import report
from kiosk.sync.beside import Beside
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.line import BrokenOff, Sent, WrongDates, nobody_waits
from kiosk.sync.outcome import Outcome
from kiosk.sync.pace import Pace

ASKS_TO_WAIT = {429, 503}
"""Statuses with which central asks to be left alone for a while."""
MOST_STUCK = 3
"""Events tried alone, or batches brought, in vain after which an exchange ends: perhaps central
itself is out of order."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A batch that central has answered."""

    batch: Sequence[Waiting]
    answer: wire.InboxAnswer
    told: Told
    """The time it tells, and when it was heard."""


@dataclass(frozen=True, slots=True)
class _Following:
    """What most likely is the next batch, chosen while central is busy."""

    batch: Sequence[Waiting]
    forgotten: int
    """How many events had been forgotten when it was chosen."""
    message: wire.Inbox
    """It, as it is to be told while nothing has been heard that is not heard by then."""

    def is_next(self, pace: Pace, ledger: Ledger) -> bool:
        """Tell whether it would be chosen now too: a whole batch, of which nothing was taken."""
        return len(self.batch) == pace.batch_items and self.forgotten == ledger.forgotten


@dataclass(slots=True)
class Bringing:
    """Brings the outbox of one kiosk; made anew for every exchange."""

    published: Published
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
    outcome: Outcome
    """What it did."""
    stuck: dict[str, str] = field(default_factory=dict)
    """What central cannot take even alone, by id, with its word for it; left for the next time."""
    _again: set[str] = field(default_factory=set)
    """What central asks to have again; left for the next time too."""
    _heard_more: bool = False
    """Whether central told news the last time, so that there may be more."""
    _last: _Answered | None = None
    """What is answered, but not settled yet."""
    _following: _Following | None = None
    """Chosen beside the last request; good for the one after it, and for no later one."""
    _written: wire.Inbox | None = None
    """The message that brings the batch chosen last, where that was written ahead."""

    def all(self) -> wire.InboxAnswer:
        """Send batches until nothing waits, and let go of what may go; return the last answer.

        A batch goes out even when nothing waits, as a heartbeat, and asks which copies may go. It
        ends when central tells no news any more: it tells them by the page.
        Raises Trouble or TurnedBack.
        """
        answer, in_vain = None, 0
        self.ledger.drops.begin(self.ledger.last_exchange)
        while True:
            batch = self._next_batch()
            if self._last and not (batch and self._may_wait(self._last)):
                in_vain += not self._settle(self._last)
                self._last = None
                batch = self._next_batch()
            nothing_left = not batch and not (answer and self._asks_more())
            if answer is not None and (nothing_left or in_vain >= MOST_STUCK):
                return answer
            before, self._last = self._last, None
            try:
                answer = self._bring(batch, before)
            except TurnedBack as refused:
                if refused.status in ASKS_TO_WAIT or not batch:
                    raise
                self.pace.turned_back(batch)
                if len(batch) == 1:
                    self.stuck[batch[0].id] = refused.refusal.error
                continue
            self.pace.succeeded(batch)
            self._last = _Answered(batch, answer, heard(moment(answer), self.world))

    def _may_wait(self, last: _Answered) -> bool:
        """Tell whether the next batch may be on its way before this answer is settled.

        It may when settling changes nothing that the next message says, other than what waits and
        how much news has been heard: an answer in the same life of central's database, that has
        saved everything and erased nothing.
        """
        answer = last.answer
        saved = {each.id for each in answer.verdicts if each.verdict in wire.SAVED_AT_CENTRAL}
        whole = len(saved) == len(answer.verdicts) and saved.issuperset(
            each.id for each in last.batch
        )
        return whole and not answer.erase and not is_another_life(self.ledger.books, answer)

    def _settle(self, last: _Answered) -> bool:
        """Apply an answer; tell whether it was any progress. Raises Trouble (CANNOT_WRITE)."""
        settled = self.ledger.settle(last.answer, last.told)
        self.outcome.add(settled)
        self._again |= {each.id for each in self.ledger.waiting(each.id for each in last.batch)}
        self._heard_more = settled.heard
        return settled.progress

    def _asks_more(self) -> bool:
        """Tell whether another request makes sense although nothing waits to be brought."""
        return self._heard_more or bool(self.ledger.drops.due(1))

    def _next_batch(self) -> Sequence[Waiting]:
        following, self._following = self._following, None
        if len(self.stuck) >= MOST_STUCK:
            return []
        if self._last and following and following.is_next(self.pace, self.ledger):
            self._written = following.message
            return following.batch
        self._written = None
        return self._besides(self._last.batch if self._last else ())

    def _besides(self, *under_way: Sequence[Waiting]) -> list[Waiting]:
        but = self._again.union(self.stuck, *([each.id for each in some] for some in under_way))
        return self.pace.next_batch(self.ledger, but)

    def _bring(self, batch: Sequence[Waiting], before: _Answered | None) -> wire.InboxAnswer:
        """Bring a batch; while it is on its way, settle the answer to the one *before*."""
        message = self._message(batch, before)
        try:
            if not before and self.ledger.pending <= len(batch):
                answer = self._carry(message)
            else:
                answer = self._carry_beside(message, batch, before)
        except BrokenOff:
            self.pace.broke_off(batch)
            raise
        self.pace.ratio = self.carrier.ratio
        if message.dead:
            self.ledger.bury(message.dead)
        return answer

    def _message(self, batch: Sequence[Waiting], before: _Answered | None) -> wire.Inbox:
        """Return the message that brings a batch; as it was written ahead, if it is still true."""
        written, heard_by_now = self._written, heard_until(before.answer) if before else 0
        if before and written and heard_by_now <= written.states_after and not written.dead:
            return written
        return self._report(batch, before.batch if before else (), heard_by_now)

    def _report(
        self, batch: Sequence[Waiting], unsettled: Sequence[Waiting], heard_by_now: int
    ) -> wire.Inbox:
        who = (self.published, self.device, self.ledger, self.world)
        return report.inbox(*who, batch, unsettled, heard_by_now)

    def _carry_beside(
        self, message: wire.Inbox, batch: Sequence[Waiting], before: _Answered | None
    ) -> wire.InboxAnswer:
        """Settle the answer before, and prepare the next batch, while *message* is on its way."""
        with Beside(partial(self._settle_and_prepare, batch, before), "settling") as settling:
            return self._carry(message, settling.begin)

    def _settle_and_prepare(self, batch: Sequence[Waiting], before: _Answered | None) -> None:
        if before:
            self._settle(before)
        following, forgotten = self._besides(batch), self.ledger.forgotten
        if following:
            message = self._report(following, batch, 0)
            self._following = _Following(following, forgotten, message)
            self.carrier.prepare(message)

    def _carry(self, message: wire.Inbox, sent: Sent = nobody_waits) -> wire.InboxAnswer:
        try:
            return self.carrier.inbox(message, sent)
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
