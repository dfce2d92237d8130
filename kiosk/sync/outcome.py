"""The outcome of one exchange: what `kiosk sync --json` tells."""

from dataclasses import asdict, dataclass
from typing import Any

from kiosk.problems import STUCK
from kiosk.store.settling import Settled
from kiosk.wire.tally import BroughtTally


@dataclass(slots=True)
class ExchangeOutcome(BroughtTally):
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
