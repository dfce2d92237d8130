"""One exchange: everything unsent goes out, verdicts and content come back."""

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk import wire
from kiosk.domain.clock import heard, true_time
from kiosk.domain.world import World
from kiosk.problems import STUCK, UNREADABLE_CONTENT, Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import SHUT_OUT, Ledger, Waiting
from kiosk.store.published import Published
from kiosk.store.settling import Settled
from kiosk.sync import figures, report, rotation
from kiosk.sync.carrier import Carrier, ShutOut, TurnedBack
from kiosk.sync.line import BrokenOff, WrongDates
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
        while True:
            batch = self._next_batch(stuck, again)
            if answer is not None and (not batch or in_vain >= MOST_STUCK):
                return answer
            try:
                answer = self._bring(batch)
            except TurnedBack as refused:
                if refused.status in ASKS_TO_WAIT or not batch:
                    raise
                self.pace.turned_back(batch)
                if len(batch) == 1:
                    stuck[batch[0].id] = refused.refusal.error
                continue
            self.pace.succeeded(batch)
            settled = self.ledger.settle(answer, heard(_moment(answer), self.world))
            outcome.add(settled)
            again |= {each.id for each in self.ledger.waiting(each.id for each in batch)}
            in_vain += not settled.progress

    def _next_batch(self, stuck: Mapping[str, str], again: set[str]) -> list[Waiting]:
        if len(stuck) >= MOST_STUCK:
            return []
        return self.pace.next_batch(self.ledger, again | stuck.keys())

    def _bring(self, batch: Sequence[Waiting]) -> wire.InboxAnswer:
        message = report.inbox(self.home, self.device, self.ledger, self.world, batch)
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
