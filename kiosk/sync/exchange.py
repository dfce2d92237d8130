"""One exchange: everything unsent goes out, verdicts and content come back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk import wire
from kiosk.domain.world import World
from kiosk.problems import STUCK, UNREADABLE_CONTENT, Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.published import Published
from kiosk.store.settling import Settled
from kiosk.sync import report
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.pace import Pace

_ASKS_TO_WAIT = {429, 503}
MOST_STUCK = 3
"""Events tried alone in vain after which an exchange ends with a heartbeat: perhaps central itself
is out of order."""


@dataclass(slots=True)
class Outcome:
    """What one exchange did; the keys of `kiosk sync --json`."""

    sent: int = 0
    """Events that central has answered for."""
    stored: int = 0
    duplicate: int = 0
    held: int = 0
    conflict: int = 0
    refused: int = 0
    pending: int = 0
    """Events still waiting afterwards."""
    purged: int = 0
    """Sealed copies deleted here."""
    content: str = "unchanged"
    """`unchanged`, or the version now shown."""
    error: str = ""
    """Code of the problem that ended it, or central's word; empty when all went well."""
    remedy: str = ""
    """What a technician does about it."""
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
        for verdict, many in settled.verdicts.items():
            self.sent += many
            if hasattr(self, verdict):
                setattr(self, verdict, getattr(self, verdict) + many)
        self.purged += settled.purged


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything an exchange needs; one is made when the kiosk starts."""

    home: Path
    """State folder, for its free space."""
    device: Device
    """Who we are."""
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
            offered = self._bring_all(outcome, stuck)
            if offered != self.published.current.version:
                self._fetch_content(outcome)
            if stuck:
                raise Trouble(STUCK, many=len(stuck), why=", ".join(sorted(set(stuck.values()))))
        except Trouble as trouble:
            outcome.error, outcome.remedy = trouble.problem.code, trouble.remedy
        except TurnedBack as refused:
            outcome.error, outcome.remedy = refused.refusal.error, refused.refusal.detail
            outcome.retry_after_s = refused.retry_after_s
        outcome.pending = self.ledger.pending
        return outcome

    def _bring_all(self, outcome: Outcome, stuck: dict[str, str]) -> str:
        """Send batches until nothing waits; return the version of the content central offers.

        A batch goes out even when nothing waits, as a heartbeat. Events that central cannot take
        even alone are noted in *stuck*, with its word for it, and left for the next time.
        """
        offered = None
        while True:
            batch = self._next_batch(stuck)
            if not batch and offered is not None:
                return offered
            try:
                answer = self._bring(batch)
            except TurnedBack as refused:
                if refused.status in _ASKS_TO_WAIT or not batch:
                    raise
                self.pace.turned_back(batch)
                if len(batch) == 1:
                    stuck[batch[0].id] = refused.refusal.error
                continue
            self.pace.succeeded()
            settled = self.ledger.settle(answer)
            outcome.add(settled)
            offered = str(answer.hints.get("content", ""))
            if batch and not settled.progress:
                return offered

    def _next_batch(self, stuck: Mapping[str, str]) -> list[Waiting]:
        if len(stuck) >= MOST_STUCK:
            return []
        return self.pace.next_batch([w for w in self.ledger.unsent() if w.id not in stuck])

    def _bring(self, batch: Sequence[Waiting]) -> wire.InboxAnswer:
        message = report.inbox(self.home, self.device, self.ledger, self.world, batch)
        answer = self.carrier.inbox(message)
        if message.dead:
            self.ledger.bury(message.dead)
        return answer

    def _fetch_content(self, outcome: Outcome) -> None:
        body = self.carrier.content(self.published.current.version)
        if body is None:
            return
        try:
            self.published.replace(body)
        except wire.Unreadable as error:
            raise Trouble(UNREADABLE_CONTENT, why=error) from error
        outcome.content = self.published.current.version
