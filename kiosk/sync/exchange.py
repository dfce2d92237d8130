"""One exchange: everything unsent goes out, verdicts and content come back."""

import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime

from kiosk import wire
from kiosk.domain.world import World
from kiosk.problems import STUCK, UNREADABLE_CONTENT, Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import SHUT_OUT, Ledger
from kiosk.store.published import PublishedContent
from kiosk.store.settling import hear_anew
from kiosk.sync import figures, rotation
from kiosk.sync.carrier import Carrier, ShutOut, TurnedBack
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace
from kiosk.sync.upload import Upload, moment

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything an exchange needs; one is made when the kiosk starts."""

    device: Device
    """Who we are; the carrier knows its keys of today."""
    ledger: Ledger
    """What we bring."""
    published: PublishedContent
    """What we show."""
    carrier: Carrier
    """How we get there."""
    world: World
    """Clock and boot."""
    pace: Pace
    """What we have learned."""

    def run(self) -> ExchangeOutcome:
        """Do one exchange. Never raises for what a network or central does; see `Outcome.error`."""
        outcome = ExchangeOutcome()
        try:
            self.ledger.belong_to(self.device)
            hear_anew(self.ledger.books, self.ledger.last_exchange)
            figures.bring(self.ledger, self.device, self.world)
            who_and_how = (self.device, self.ledger, self.carrier, self.world, self.pace)
            upload = Upload(self.published, *who_and_how, outcome)
            answer = upload.run()
            self._note_shut_out("")
            offered = str(answer.hints.get("content", ""))
            if offered != self.published.current.version:
                self._fetch_content(outcome, offered, moment(answer))
            self._fetch_seats(str(answer.hints.get("seats", "")), answer.server_time)
            self._mind_the_key(answer)
            if stuck := upload.stuck:
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

    def _fetch_seats(self, offered: str, at: str) -> None:
        """Hear of the seats, unless they are known or central, as of *at*, has none to tell of.

        Leases are named only after the batches before have gone: what was given under an older
        one is at central then.
        """
        seats = self.ledger.seats
        if not offered:
            return
        if offered == seats.version:
            seats.still_so(at)
            return
        body = self.carrier.seats(seats.version)
        if body is None:
            return
        try:
            told = wire.decode(body, wire.Seats)
            # what central has said once is signed for ever: only what it offers now is news
            if told.version == offered or told.as_of >= at:
                seats.replace(body, is_news=True)
        except wire.Unreadable as error:
            raise Trouble(UNREADABLE_CONTENT, why=error) from error

    def _fetch_content(self, outcome: ExchangeOutcome, offered: str, at: datetime) -> None:
        body = self.carrier.content(self.published.current.version)
        if body is None:
            return
        try:
            content = wire.decode_content(body)
            if content.version != offered and content.published < at:
                return  # signed once, and long replaced
            self.published.replace(body)
        except wire.Unreadable as error:
            raise Trouble(UNREADABLE_CONTENT, why=error) from error
        outcome.content = self.published.current.version

    def _mind_the_key(self, answer: wire.InboxAnswer) -> None:
        """Change the key when it is old or central asks; what fails is tried again next time."""
        try:
            rotation.note_age(self.carrier, answer.server_time)
            asked = answer.hints.get("rotate") is True
            if asked or rotation.is_due(self.carrier.device, moment(answer)):
                rotation.rotate(self.carrier, answer.server_time)
        except (Trouble, TurnedBack) as error:
            _log.warning("the key could not be changed: %s", error)

    def _note_shut_out(self, why: str) -> None:
        if self.ledger.fact(SHUT_OUT) != why:
            with contextlib.suppress(Trouble):  # a full disk is told by itself
                self.ledger.set_fact(SHUT_OUT, why)
