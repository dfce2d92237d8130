"""A fleet of simulated kiosks: real state folders, real seals, the real exchange."""

import heapq
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from kiosk import places, seal, wire
from kiosk.desk import Desk
from kiosk.desk.errand_begun import Begun
from kiosk.domain.errand import Answers, Errand
from kiosk.domain.world import RealWorld, new_id
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.offer import offered
from kiosk.errands.sign_up import SIGN_UP
from kiosk.problems import UNREACHABLE, Trouble
from kiosk.store.device import Device, save_device
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.enrolment import join
from kiosk.sync.exchange import Exchange
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace
from kiosk.sync.upload import ASKS_TO_WAIT

AT_ONCE = 128
"""Exchanges under way at the same time."""
JOURNAL_BYTES = 64 * 1024
"""Small: thousands of ledgers lie on one disk."""
WORDS = "Simulated by kiosk central simulate"
_OPINION: Answers = {"about": "other", "words": WORDS}

_LOCATOR_BYTES = 16
_T = TypeVar("_T")


@dataclass
class Timings:
    """How long requests took, and how many did not get through."""

    seconds: list[float] = field(default_factory=list)
    """Of each request that was answered."""
    failed: int = 0
    """Requests that were not."""
    put_off: int = 0
    """Requests that central asked to make later."""

    def quantile_ms(self, share: float) -> float:
        """Return the time within which *share* of the requests were answered, milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class _Watched(Carrier):
    """The real carrier with a watch, on a network that may lose and double."""

    def __init__(self, device: Device, home: Path, timings: Timings, chance: random.Random | None):
        """Time every request; with *chance*, a fifth of them meet a fault."""
        super().__init__(device, keep=partial(save_device, home))
        self._timings = timings
        self._chance = chance

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a batch."""
        return self._through(lambda: super(_Watched, self).inbox(message))

    def content(self, version: str) -> bytes | None:
        """Fetch the content."""
        return self._through(lambda: super(_Watched, self).content(version))

    def seats(self, version: str) -> bytes | None:
        """Fetch the seats."""
        return self._through(lambda: super(_Watched, self).seats(version))

    def _through(self, ask: Callable[[], _T]) -> _T:
        fault = self._chance.random() if self._chance else 1.0
        if fault < 0.07:
            raise self._lost()
        if fault < 0.11:
            self._timed(ask)  # delivered twice
        answer = self._timed(ask)
        if 0.11 <= fault < 0.2:
            raise self._lost()
        return answer

    def _timed(self, ask: Callable[[], _T]) -> _T:
        began = time.monotonic()
        try:
            answer = ask()
        except TurnedBack as refused:
            if refused.status in ASKS_TO_WAIT:
                self._timings.put_off += 1
            else:
                self._timings.failed += 1
            raise
        except Exception:
            self._timings.failed += 1
            raise
        self._timings.seconds.append(time.monotonic() - began)
        return answer

    def _lost(self) -> Trouble:
        return Trouble(UNREACHABLE, url=self.device.central, why="lost by the simulation")


class Kiosk:
    """One kiosk of the fleet."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        """Give it a place on the disk; *chance* decides when it comes back."""
        self.home = places.private_folder(home)
        self.chance = chance
        self.pace = Pace()
        self.locators: list[str] = []
        """Where each of its visitors' receipts leads."""
        self.outcome: ExchangeOutcome | None = None
        """Of its latest exchange."""
        self._desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        """The open desk."""
        if self._desk is None:
            self._desk = Desk(self.home, RealWorld(), JOURNAL_BYTES)
        return self._desk

    def hand_in(self, *, sign_up: bool = False) -> None:
        """Hand an errand in as a visitor does; only nobody is shown the code on the receipt.

        With *sign_up* for a seat in some workshop, where there is one to come.
        """
        keys: Future[seal.ReceiptKeys] = Future()
        world = self.desk.world
        locator = f"{world.random_bits(8 * _LOCATOR_BYTES):0{2 * _LOCATOR_BYTES}x}"
        keys.set_result(seal.ReceiptKeys(locator, world.random_bits(256).to_bytes(32, "big")))
        errand, answers = (sign_up and self._a_seat()) or (FEEDBACK, _OPINION)
        self.desk.hand_in(Begun(new_id(world), errand, "", keys), answers, "sv")
        self.locators.append(locator)

    def _a_seat(self) -> tuple[Errand, Answers] | None:
        there = offered(SIGN_UP, self.desk.content, self.desk.now())["workshop"]
        if not there:
            return None
        chosen = self.chance.choice(sorted(there))
        seats = {"adults": 1, "children": 0}
        return SIGN_UP, {"workshop": chosen, "seats": seats, "name": WORDS, "consent": True}

    def exchange(self, timings: Timings, *, faulty: bool) -> ExchangeOutcome:
        """Do one exchange."""
        desk = self.desk
        carrier = _Watched(desk.device, self.home, timings, self.chance if faulty else None)
        self.outcome = Exchange(
            device=desk.device,
            ledger=desk.ledger,
            published=desk.published,
            carrier=carrier,
            world=desk.world,
            pace=self.pace,
        ).run()
        return self.outcome

    def close(self) -> None:
        """Let go of its ledger."""
        if self._desk:
            self._desk.close()
        self._desk = None


class Fleet:
    """Many kiosks of one central."""

    def __init__(
        self, folder: Path, central: str, many: int, faults: int | None, *, keep_open: bool = True
    ) -> None:
        """Give *many* kiosks a place below *folder*; *faults* seeds a bad network.

        With *keep_open* all ledgers are held open at once.
        """
        self.central = central
        self.faulty = faults is not None
        self.keep_open = keep_open
        self.kiosks = [
            Kiosk(folder / f"kiosk-{number:05}", _chance(faults or 0, number))
            for number in range(many)
        ]
        self.joining, self.timings = Timings(), Timings()
        """Of the first day's requests, and of those of coming back."""
        self.took_s = 0.0
        """From the first request to the last."""
        self._due: list[tuple[float, int]] = []
        self._lock = threading.Lock()

    @property
    def locators(self) -> list[str]:
        """Where every visitor's receipt leads."""
        return [locator for kiosk in self.kiosks for locator in kiosk.locators]

    def enrol(self, codes: Sequence[str]) -> Iterator[None]:
        """Let every kiosk join and fetch what it shows, and the seats; yields after each."""
        pairs = zip(self.kiosks, codes, strict=True)

        def first_day(pair: tuple[Kiosk, str]) -> None:
            kiosk, code = pair
            join(kiosk.home, self.central, code)
            kiosk.exchange(self.joining, faulty=False)
            self._rest(kiosk)

        with ThreadPoolExecutor(8) as hands:
            for _ in hands.map(first_day, pairs):
                yield

    def hand_in(self, many: int, *, sign_ups: bool = False) -> Iterator[None]:
        """Let *many* visitors hand in, spread over the kiosks; yields after each.

        With *sign_ups* every other one signs up for a workshop.
        """
        each, more = divmod(many, len(self.kiosks))
        for number, kiosk in enumerate(self.kiosks):
            for visitor in range(each + (number < more)):
                kiosk.hand_in(sign_up=sign_ups and visitor % 2 == 0)
                yield
            self._rest(kiosk)

    def come_back(self, within_s: float, give_up_s: float) -> Iterator[None]:
        """Let all kiosks find their network again *within_s*; yields after each that is done.

        Those that fail try again after as long as a courier would wait.
        """
        began = time.monotonic()
        self._due = [
            (began + kiosk.chance.uniform(0.0, within_s), number)
            for number, kiosk in enumerate(self.kiosks)
        ]
        heapq.heapify(self._due)
        done = threading.Semaphore(0)
        until = began + within_s + give_up_s
        threads = [
            threading.Thread(target=self._work, args=(done, until))
            for _ in range(min(AT_ONCE, len(self.kiosks)))
        ]
        for thread in threads:
            thread.start()
        for _ in self.kiosks:
            done.acquire()
            yield
        for thread in threads:
            thread.join()
        self.took_s = time.monotonic() - began

    def _work(self, done: threading.Semaphore, until: float) -> None:
        """Take the kiosk whose turn is next, again and again, until none is left."""
        while True:
            with self._lock:
                if not self._due:
                    return
                at, number = heapq.heappop(self._due)
            time.sleep(max(0.0, at - time.monotonic()))
            kiosk = self.kiosks[number]
            try:
                outcome = kiosk.exchange(self.timings, faulty=self.faulty)
                self._rest(kiosk)
            except Trouble as trouble:  # its disk; told at the end as what is missing
                outcome = ExchangeOutcome(error=trouble.problem.code)
            again = time.monotonic() + kiosk.pace.wait_s(outcome.retry_after_s)
            if outcome.error and again < until:
                with self._lock:
                    heapq.heappush(self._due, (again, number))
            else:
                done.release()

    def _rest(self, kiosk: Kiosk) -> None:
        if not self.keep_open:
            kiosk.close()

    def pending(self) -> int:
        """Count what central has not acknowledged, as the kiosks know it."""
        return sum(kiosk.outcome.pending for kiosk in self.kiosks if kiosk.outcome)

    def close(self) -> None:
        """Let go of every ledger."""
        for kiosk in self.kiosks:
            kiosk.close()


def _chance(seed: int, number: int) -> random.Random:
    return random.Random(seed * 1_000_003 + number)  # noqa: S311 - repeatable, hides nothing
