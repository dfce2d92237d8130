"""What somebody on the way does in a schedule: hands on once more what was said before."""

import contextlib
import random
from abc import ABC, abstractmethod
from collections.abc import Iterator

from kiosk import wire
from tests.drivers.fault_proxy import FaultProxy
from tests.drivers.weather import Weather
from tests.faults.exchange.central import Central
from tests.faults.exchange.kiosk import Kiosk

_INBOX = f"POST {wire.ROOT}/inbox".encode()
_PUBLISHED = (f"GET {wire.ROOT}/content".encode(), f"GET {wire.ROOT}/seats".encode())


class OnTheWay(ABC):
    """Actions between a kiosk and central, for the schedule that has these."""

    seed: int
    chance: random.Random
    central: Central
    proxy: FaultProxy

    @abstractmethod
    def _complain(self, wrong: list[str]) -> None: ...

    @contextlib.contextmanager
    def _calm(self) -> Iterator[None]:
        """Let nothing else go wrong on the way for a while."""
        weather, self.proxy.weather = self.proxy.weather, Weather(self.seed)
        yield
        self.proxy.weather = weather

    def _replay_heartbeat(self, kiosk: Kiosk) -> None:
        """Hand a heartbeat on once more, after a later one; it tells nothing new of its kiosk."""
        device = kiosk.desk.device.device
        with self._calm():
            if kiosk.exchange().error or kiosk.exchange().error:
                return
            before, later = [each for each in self.proxy.asked if each.address == _INBOX][-2:]
            told = self.central.program("seen", device=device)
            for each in (before, later):
                self.proxy.repeat(each)
            if self.central.program("seen", device=device) != told:
                self._complain([f"untold: {kiosk.branch} was heard of by an old heartbeat alone"])

    def _old_content(self, kiosk: Kiosk) -> None:
        """Answer with content and seats that central has signed, and replaced since."""
        with self._calm():
            first = self._published(kiosk)
            old = {each: self.proxy.answers_to(each)[-1:] for each in _PUBLISHED}
            second = self._published(kiosk)
            if first is None or second is None:
                return
            self._write_notice(kiosk)
            self.proxy.instead = {each: answer for each, (answer,) in old.items()}
            kiosk.exchange()
            self.proxy.instead = {}
            shown = _shown(kiosk)
            if any(now == then for now, then in zip(shown, first, strict=True)):
                self._complain([f"untold: {kiosk.branch} shows what was replaced long ago"])

    def _published(self, kiosk: Kiosk) -> tuple[str, str] | None:
        """Publish something and let *kiosk* hear of it; return what it shows, if it has."""
        before = _shown(kiosk)
        self._write_notice(kiosk)
        kiosk.exchange()
        shown = _shown(kiosk)
        return None if any(now == then for now, then in zip(shown, before, strict=True)) else shown

    def _write_notice(self, kiosk: Kiosk) -> None:
        words = f"Nytt {self.chance.random()}"
        self.central.program("write_notice", branch=kiosk.branch, words=words)


def _shown(kiosk: Kiosk) -> tuple[str, str]:
    """Return the versions of the content and of the seats that a kiosk shows."""
    return kiosk.desk.published.current.version, kiosk.desk.ledger.seats.version
