"""What happens at central in a schedule: it dies, is put back, and its clock goes wrong."""

import random
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tests.drivers.fault_proxy import FaultProxy
from tests.drivers.weather import Fault
from tests.faults.exchange.central import Central
from tests.faults.exchange.kiosk import Kiosk
from tests.faults.exchange.promises import Ledgers, Sure

if TYPE_CHECKING:
    from tests.faults.exchange.schedule import Tally


class AtCentral(ABC):
    """Actions at central, for the schedule that has these."""

    chance: random.Random
    central: Central
    proxy: FaultProxy
    tally: "Tally"
    ledgers: Ledgers
    backups = 0
    """Made in this schedule."""
    backups_then: int | None = None
    """How many there were when a state of the database was remembered; None while none is."""

    @abstractmethod
    def _complain(self, wrong: list[str]) -> None: ...

    def _restarted(self) -> None:
        self.central.start()
        self.proxy.port = self.central.port

    def _kill_central(self, kiosk: Kiosk) -> None:
        """Kill central while it works on a request of *kiosk*."""
        self.tally.kills += 1
        working_s = self.chance.choice((0.0, 0.001, 0.003, 0.006, 0.02))

        def crash() -> None:
            threading.Event().wait(working_s)
            self.central.kill()

        self.proxy.crash = crash
        self.proxy.weather.tell([Fault.CRASH])
        kiosk.exchange()
        self.proxy.weather.told.clear()
        self.central.kill()
        self._restarted()

    def _kill_worker(self, kiosk: Kiosk) -> None:
        """Kill one of the serving processes while a request of *kiosk* is there."""
        self.tally.kills += 1
        number, working_s = self.chance.randrange(8), self.chance.choice((0.0, 0.002, 0.006))

        def crash() -> None:
            threading.Event().wait(working_s)
            self.central.kill_worker(number)

        self.proxy.crash = crash
        self.proxy.weather.tell([Fault.CRASH])
        kiosk.exchange()
        self.proxy.weather.told.clear()

    def _die_understanding(self, kiosk: Kiosk) -> None:
        """Let what *kiosk* brings be taken in by a process that dies before it understands it."""
        self.tally.kills += 1
        self.central.die_understanding(on=True)
        stored = kiosk.exchange().stored
        self.tally.died_unread += self.central.has_died(patient=stored > 0)
        self.central.die_understanding(on=False)

    def _back_up(self, _kiosk: Kiosk) -> None:
        self.backups += 1
        self.central.program("back_up")

    def _restore(self, _kiosk: Kiosk) -> None:
        if self.backups:
            self.tally.restores += 1
            self.central.restore()
            self._restarted()

    def _restore_older(self, _kiosk: Kiosk) -> None:
        """Reach for the older of two backups; what only the newer holds, kiosks have deleted."""
        if self.backups > 1:
            self.tally.refused += not self.central.restore_older()
            self._restarted()

    def _restore_serving(self, _kiosk: Kiosk) -> None:
        """Reach for a backup while central serves."""
        if self.backups:
            self.tally.refused += 1
            if self.central.restore_serving():
                self._complain(["lost: a central that serves was replaced"])
                self.central.kill()
                self._restarted()

    def _remember(self, _kiosk: Kiosk) -> None:
        """Let a standby, or a snapshot of the machine, have heard all up to now."""
        self.backups_then = self.backups
        self.central.remember()
        self.proxy.port = self.central.port

    def _forget(self, kiosk: Kiosk) -> None:
        """Go on with it, the seconds since lost."""
        self._go_on_with_it(kiosk, mark_too=False)

    def _forget_all(self, kiosk: Kiosk) -> None:
        """Do the same, and let the mark come back too unless a backup was made since."""
        self._go_on_with_it(kiosk, mark_too=True)

    def _go_on_with_it(self, kiosk: Kiosk, *, mark_too: bool) -> None:
        if self.backups_then is None:
            return
        self.tally.tails += 1
        covered = self.backups == self.backups_then
        self.central.forget(mark_too=mark_too and covered)
        self._restarted()
        self.backups_then = None
        if not covered:
            if not self.central.program("lacks"):
                self._complain(["untold: the database lacks what a backup holds"])
            self._restore(kiosk)

    def _clock_ahead(self, kiosk: Kiosk) -> None:
        """Let central's clock be wrong for an exchange or two, over a restart of the kiosk too."""
        self.central.ahead(days=self.chance.choice((1, 30, 400)))
        kiosk.exchange()
        kiosk.close()
        kiosk.world.reboot()
        self._sign_up(kiosk)
        kiosk.exchange()
        self.central.ahead(days=0)

    @abstractmethod
    def _sign_up(self, kiosk: Kiosk) -> None: ...

    def _understand(self, _kiosk: Kiosk) -> None:
        """Wait until staff see all that has come."""
        self.central.understand()

    def _staff_read(self, _kiosk: Kiosk) -> None:
        if self.ledgers.promises:
            self.central.program("read", submission=self.chance.choice(self.ledgers.promises).id)

    def _staff_answer(self, _kiosk: Kiosk) -> None:
        if self.ledgers.promises:
            promise, text = (
                self.chance.choice(self.ledgers.promises),
                f"Svar {self.chance.random()}",
            )
            self.central.program("answer", submission=promise.id, text=text)

    def _staff_erase(self, _kiosk: Kiosk) -> None:
        self._erase_at("erase")

    def _erase_elsewhere(self, _kiosk: Kiosk) -> None:
        """Let staff erase at another machine of the same central, with a log of its own."""
        self._erase_at("erase_elsewhere")

    def _erase_at(self, order: str) -> None:
        if self.ledgers.promises:
            promise = self.chance.choice(self.ledgers.promises)
            if self.central.program(order, submission=promise.id):
                promise.erased = Sure.YES
