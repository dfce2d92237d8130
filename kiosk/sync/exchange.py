"""One exchange: everything unsent goes out, verdicts and content come back."""

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from kiosk import wire
from kiosk.domain.clock import Told, heard, true_time
from kiosk.domain.world import World
from kiosk.problems import STUCK, UNREADABLE_CONTENT, Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import SHUT_OUT, Ledger, Waiting
from kiosk.store.published import Published
from kiosk.store.settling import Settled, heard_until
from kiosk.sync import figures, report, rotation
from kiosk.sync.beside import Beside
from kiosk.sync.carrier import Carrier, ShutOut, TurnedBack
from kiosk.sync.line import BrokenOff, Sent, WrongDates, nobody_waits
from kiosk.sync.pace import Pace
from kiosk.wire.tally import Tally

_log = logging.getLogger(__name__)

ASKS_TO_WAIT = {429, 503}
"""Statuses with which central asks to be left alone for a while."""
MOST_STUCK = 3
"""Events tried alone, or batches brought, in vain after which an exchange ends: perhaps central
itself is out of order."""


@dataclass(slots=True)
class Outcome(Tally):
    """What one exchange did; the keys of `kiosk sync --json`."""

    retry_after_s: float | None = None
    """How long central asked us to wait."""

    @property
    def reached(self) -> bool:
        """Whether central answered to the end, even if it could not take everything."""
        return self.error in {"", STUCK.code}

    def told(self) -> dict[str, Any]:
        """Return it as the JSON object of the contract."""
        return asdict(self)

    def add(self, settled: Settled) -> None:
        """Count what one batch's answer did."""
        self.count(settled.verdicts)
        self.purged += settled.purged


@dataclass(frozen=True, slots=True)
class _Answered:
    """A batch that central has answered."""

    batch: Sequence[Waiting]
    answer: wire.InboxAnswer
    told: Told
    """The time it tells, and when it was heard."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything an exchange needs; one is made when the kiosk starts."""

    home: Path
    """State folder, for its free space."""
    device: Device
    """Who we are; the carrier knows its keys of today."""
    ledger: Ledger
    """What we bring."""
    published: Published
    """What we show."""
    carrier: Carrier
    """How we get there."""
    world: World
    """Clock and boot."""
    pace: Pace
    """What we have learned."""

    def run(self) -> Outcome:
        """Do one exchange. Never raises for what a network or central does; see `Outcome.error`."""
        outcome = Outcome()
        stuck: dict[str, str] = {}
        try:
            self.ledger.belong_to(self.device.device)
            figures.bring(self.ledger, self.device, self.world)
            answer = self._bring_all(outcome, stuck)
            self._note_shut_out("")
            if str(answer.hints.get("content", "")) != self.published.current.version:
                self._fetch_content(outcome)
            self._fetch_seats(str(answer.hints.get("seats", "")), answer.server_time)
            self._mind_the_key(answer)
            if stuck:
                raise Trouble(STUCK, many=len(stuck), why=", ".join(sorted(set(stuck.values()))))
        except ShutOut as shut_out:
            outcome.error, outcome.remedy = shut_out.problem.code, shut_out.remedy
            self._note_shut_out(str(shut_out.particulars["why"]))
        except Trouble as trouble:
            outcome.error, outcome.remedy = trouble.problem.code, trouble.remedy
        except TurnedBack as refused:
            outcome.error, outcome.remedy = refused.refusal.error, refused.refusal.detail
            outcome.retry_after_s = refused.retry_after_s
        outcome.pending = self.ledger.pending
        return outcome

    def _bring_all(self, outcome: Outcome, stuck: dict[str, str]) -> wire.InboxAnswer:
        """Send batches until nothing waits; return the last answer.

        A batch goes out even when nothing waits, as a heartbeat. Events that central cannot take
        even alone are noted in *stuck*, with its word for it, and left for the next time, as is
        what it asks to have again.
        """
        answer, again, in_vain = None, set[str](), 0
        last: _Answered | None = None
        while True:
            batch = self._next_batch(stuck, again, last)
            if last and not (batch and self._may_wait(last)):
                in_vain += not self._settle(last, outcome, again)
                last, batch = None, self._next_batch(stuck, again, None)
            if answer is not None and (not batch or in_vain >= MOST_STUCK):
                return answer
            before, last = last, None
            try:
                answer = self._bring(batch, before, outcome, again)
            except TurnedBack as refused:
                if refused.status in ASKS_TO_WAIT or not batch:
                    raise
                self.pace.turned_back(batch)
                if len(batch) == 1:
                    stuck[batch[0].id] = refused.refusal.error
                continue
            self.pace.succeeded(batch)
            last = _Answered(batch, answer, heard(_moment(answer), self.world))

    def _may_wait(self, last: "_Answered") -> bool:
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
        return whole and not answer.erase and answer.epoch == self.ledger.fact("epoch")

    def _settle(self, last: "_Answered", outcome: Outcome, again: set[str]) -> bool:
        """Apply an answer; tell whether it was any progress. Raises Trouble (CANNOT_WRITE)."""
        settled = self.ledger.settle(last.answer, last.told)
        outcome.add(settled)
        again |= {each.id for each in self.ledger.waiting(each.id for each in last.batch)}
        return settled.progress

    def _next_batch(
        self, stuck: Mapping[str, str], again: set[str], last: "_Answered | None"
    ) -> list[Waiting]:
        if len(stuck) >= MOST_STUCK:
            return []
        unsettled = {each.id for each in last.batch} if last else set[str]()
        return self.pace.next_batch(self.ledger, again | stuck.keys() | unsettled)

    def _bring(
        self,
        batch: Sequence[Waiting],
        before: "_Answered | None",
        outcome: Outcome,
        again: set[str],
    ) -> wire.InboxAnswer:
        """Bring a batch; while it is on its way, settle the answer to the one *before*."""
        unsettled = (before.batch, heard_until(before.answer)) if before else ()
        message = report.inbox(self.home, self.device, self.ledger, self.world, batch, *unsettled)
        try:
            if not before and self.ledger.pending <= len(batch):
                answer = self._carry(message)
            else:
                answer = self._carry_beside(message, batch, before, outcome, again)
        except BrokenOff:
            self.pace.broke_off(batch)
            raise
        self.pace.ratio = self.carrier.ratio
        if message.dead:
            self.ledger.bury(message.dead)
        return answer

    def _carry_beside(
        self,
        message: wire.Inbox,
        batch: Sequence[Waiting],
        before: "_Answered | None",
        outcome: Outcome,
        again: set[str],
    ) -> wire.InboxAnswer:
        """Settle and compress while *message* is on its way; zlib leaves the others the GIL."""
        under_way = [*batch, *(before.batch if before else ())]
        following = self.pace.next_batch(self.ledger, again.union(each.id for each in under_way))
        ahead = partial(self.carrier.prepare, [each.body for each in following])
        carried = Beside(partial(self._carry, message), "carrier")
        prepared = Beside(ahead, "packing")
        try:
            if before:
                self._settle(before, outcome, again)
        finally:
            prepared.wait()
            carried.wait()
        return carried.result()

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

    def _fetch_seats(self, offered: str, moment: str) -> None:
        """Hear of the seats, unless they are known or central, at *moment*, has none to tell of.

        Leases are named only after the batches before have gone: what was given under an older
        one is at central then.
        """
        seats = self.ledger.seats
        if not offered:
            return
        if offered == seats.version:
            seats.still_so(moment)
            return
        body = self.carrier.seats(seats.version)
        if body is None:
            return
        try:
            seats.replace(body)
        except wire.Unreadable as error:
            raise Trouble(UNREADABLE_CONTENT, why=error) from error

    def _fetch_content(self, outcome: Outcome) -> None:
        body = self.carrier.content(self.published.current.version)
        if body is None:
            return
        try:
            self.published.replace(body)
        except wire.Unreadable as error:
            raise Trouble(UNREADABLE_CONTENT, why=error) from error
        outcome.content = self.published.current.version

    def _mind_the_key(self, answer: wire.InboxAnswer) -> None:
        """Change the key when it is old or central asks; what fails is tried again next time."""
        try:
            rotation.note_age(self.carrier, answer.server_time)
            asked = answer.hints.get("rotate") is True
            if asked or rotation.is_due(self.carrier.device, _moment(answer)):
                rotation.rotate(self.carrier, answer.server_time)
        except (Trouble, TurnedBack) as error:
            _log.warning("the key could not be changed: %s", error)

    def _note_shut_out(self, why: str) -> None:
        if self.ledger.fact(SHUT_OUT) != why:
            with contextlib.suppress(Trouble):  # a full disk is told by itself
                self.ledger.set_fact(SHUT_OUT, why)


def _moment(answer: wire.InboxAnswer) -> datetime:
    return datetime.fromisoformat(answer.server_time)
