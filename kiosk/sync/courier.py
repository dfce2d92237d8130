"""The courier: a thread that exchanges by itself while the app runs, and never delays a key."""

import contextlib
import logging
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk import wire
from kiosk.problems import CRASHED, Trouble
from kiosk.sync.exchange import Exchange
from kiosk.sync.outcome import ExchangeOutcome

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """What is known about the way to central; for the visitor's status line."""

    connected: bool | None
    """Whether the last exchange went through; None until one has been tried."""
    pending: int
    """Events not yet sent."""
    last_exchange: datetime | None = None
    """When one last went through."""


class Courier:
    """Runs exchanges one after another: at once when asked, else at every heartbeat."""

    def __init__(self, exchange: Exchange, heartbeat_s: float) -> None:
        """Prepare; `start` sets it going."""
        self._exchange = exchange
        self._heartbeat_s = heartbeat_s
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._busy = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self.last: ExchangeOutcome | None = None
        """What the latest exchange did."""

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self, give_up_after_s: float = 2.0) -> None:
        """Ask it to stop; a request under way is left to the end of the process."""
        self._stopping.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(give_up_after_s)

    @property
    def is_busy(self) -> bool:
        """Whether its thread still runs."""
        return self._thread.is_alive()

    def wake(self) -> None:
        """Exchange soon, without waiting for it."""
        self._wanted.set()

    def link_up(self) -> None:
        """Forget how long nobody has answered: the network may be back."""
        self._exchange.pace.failures = 0
        self._wanted.set()

    def exchange_now(self) -> ExchangeOutcome:
        """Do one exchange in the calling thread, after one that may be under way.

        Never raises: what nobody planned for is logged, and told as X01.
        """
        with self._busy:
            try:
                self.last = self._exchange.run()
            except Exception as error:  # noqa: BLE001 - the border of one exchange
                _log.exception("an exchange failed unexpectedly")
                trouble = Trouble(CRASHED, why=type(error).__name__)
                self.last = ExchangeOutcome(error=trouble.problem.code, remedy=trouble.remedy)
            self._tidy()
            return self.last

    @contextlib.contextmanager
    def pausing(self) -> Iterator[None]:
        """Let no exchange run meanwhile; one under way ends first."""
        with self._busy:
            yield
            self._tidy()

    def receipt(self, locator: str, mark: bytes) -> wire.ReceiptState:
        """Ask central about one receipt while a visitor waits, beside any exchange under way.

        *mark* is its `kiosk.wire.receipt_mark`. Raises TurnedBack, or Trouble.
        """
        return self._exchange.carrier.receipt(locator, mark)

    def _tidy(self) -> None:
        """Use the quiet after an exchange for what must not be on a visitor's way."""
        try:
            self._exchange.ledger.tidy()
        except Trouble as trouble:
            _log.warning("the ledger cannot be tidied: %s", trouble.remedy)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wanted.clear()
            outcome = self.exchange_now()
            if outcome.retry_after_s is not None:
                # central asked for it: a hand-in does not knock any earlier
                self._stopping.wait(self._exchange.pace.wait_s(outcome.retry_after_s))
            elif outcome.reached:
                heartbeat_s = self._heartbeat_s * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load
                self._wanted.wait(heartbeat_s)
            else:
                self._wait_for_central()

    def _wait_for_central(self) -> None:
        began = time.monotonic()
        if self._wanted.wait(self._exchange.pace.wait_s()):
            # a hand-in while nobody answers must not turn into a storm of attempts
            self._stopping.wait(max(0.0, 1.0 - (time.monotonic() - began)))
