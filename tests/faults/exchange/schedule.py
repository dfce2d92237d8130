"""A schedule: what happens to a few branches and their central, drawn from one seed."""

import random
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kiosk import seal
from kiosk.domain.receipt import State
from tests.drivers.fault_proxy import FaultProxy
from tests.drivers.weather import ANY, Fault, Weather
from tests.faults.exchange.at_central import AtCentral
from tests.faults.exchange.at_kiosk import AtKiosk
from tests.faults.exchange.central import Central
from tests.faults.exchange.kiosk import Kiosk
from tests.faults.exchange.orders import POISON, Program
from tests.faults.exchange.promises import Deed, Judgement, Ledgers, Promise, Sure

_ROUNDS = 8
"""More than enough when nothing goes wrong any more."""


@dataclass
class Tally:
    """What a campaign has played."""

    schedules: int = 0
    events: int = 0
    faults: int = 0
    kills: int = 0
    died_unread: int = 0
    """Processes that died between taking in and understanding."""
    restores: int = 0
    refused: int = 0
    """Restores that would have lost something."""
    tails: int = 0
    """Times the database went on without its last seconds."""
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another one in."""
        for name, many in other.told().items():
            setattr(self, name, getattr(self, name) + many)
        self.wrong += other.wrong

    def told(self) -> dict[str, int]:
        """Return the counts."""
        return {name: many for name, many in asdict(self).items() if name != "wrong"}


@dataclass(frozen=True)
class Emphasis:
    """What happens more often than otherwise."""

    rate: float = 0.0
    """Share of requests that meet a fault; 0 leaves it to the seed."""
    faults: Sequence[Fault] = ANY
    more: Mapping[str, float] = field(default_factory=dict)
    """Weights of actions in place of the usual ones."""
    chokes: bool | None = None
    """Whether central chokes on some events; None leaves it to the seed."""
    begins: Sequence[str] = ()
    """Actions at the first kiosk before chance has its way, and faults of its next request."""


NO_EMPHASIS = Emphasis()


class Schedule(AtCentral, AtKiosk):
    """Plays one schedule, and tells what is wrong in the end."""

    def __init__(
        self,
        seed: int,
        central: Central,
        stand_in: Program,
        folder: Path,
        emphasis: Emphasis = NO_EMPHASIS,
        without: str = "",
    ) -> None:
        """Open new branches at *central*; *stand_in* is a kiosk that dies."""
        self.seed = seed
        self.chance = random.Random(seed)
        self.central = central
        self.stand_in = stand_in
        self.folder = folder
        self.emphasis = emphasis
        self.without = without
        self.ledgers = Ledgers()
        self.proxy = FaultProxy(central.port, Weather(seed), silent_s=0.01)
        self.images: dict[int, tuple[Path, list[Deed]]] = {}
        self.tally = Tally(schedules=1)
        self.branches = [
            f"s{seed}-{uuid.uuid4().hex[:8]}-{n}" for n in range(self.chance.choice((1, 2, 2)))
        ]
        for branch in self.branches:
            central.program("open_branch", key=branch)
        self.kiosks = [self._new(each) for each in self.branches * self.chance.choice((1, 1, 2))]
        self.rate = emphasis.rate or self.chance.choice((0.1, 0.35, 0.7))

    def play(self, actions: int) -> Tally:
        """Play it to its end and judge it."""
        try:
            for kiosk in self.kiosks:
                kiosk.enrol(self.central.program)
                kiosk.exchange()
            chokes = self.chance.random() < 0.3
            self.central.choke(on=chokes if self.emphasis.chokes is None else self.emphasis.chokes)
            self.proxy.weather = Weather(self.seed, self.rate, self.emphasis.faults)
            self._begin()
            weights = dict(_ACTIONS) | dict(self.emphasis.more)
            for name in self.chance.choices(list(weights), list(weights.values()), k=actions):
                getattr(self, f"_{name}")(self.chance.choice(self.kiosks))
            self._heal()
        finally:
            for kiosk in self.kiosks:
                kiosk.close()
            self.proxy.close()
            self.central.choke(on=False)
            self.central.ahead(days=0)
            self.central.program("close_branches", branch_keys=self.branches)
        self.tally.events = sum(len(each) for each in self.ledgers.deeds.values())
        self.tally.faults = sum(self.proxy.happened.values()) - self.proxy.happened[Fault.NONE]
        return self.tally

    def _begin(self) -> None:
        for name in self.emphasis.begins:
            if isinstance(name, Fault):
                self.proxy.weather.tell([name])
            else:
                getattr(self, f"_{name}")(self.kiosks[0])

    def _new(self, branch: str) -> Kiosk:
        number = uuid.uuid4().int >> 88  # other receipts than any schedule before
        home = self.folder / f"{branch}-{number:x}"
        home.mkdir(parents=True)
        return Kiosk(home, branch, self.proxy.url, number, self.without)

    def _hand_in(self, kiosk: Kiosk) -> None:
        poison = self.central.choking and self.chance.random() < 0.2
        sign_up = self.chance.random() < 0.2
        self._handed_in(kiosk, sign_up=sign_up, ending=POISON if poison else "")

    def _handed_in(self, kiosk: Kiosk, *, sign_up: bool = False, ending: str = "") -> None:
        words = f"{self.seed}.{len(self.ledgers.promises)}"
        receipt = kiosk.hand_in(words, sign_up=sign_up, ending=ending)
        promise = Promise(receipt.id, receipt.code, kiosk.branch, words)
        self.ledgers.note(kiosk, "handed_in", promise)

    def _sign_up(self, kiosk: Kiosk) -> None:
        self._handed_in(kiosk, sign_up=True)

    def _poisoned(self, kiosk: Kiosk) -> None:
        """Hand in what a choking central cannot take."""
        self._handed_in(kiosk, ending=POISON)

    def _sound(self, kiosk: Kiosk) -> None:
        """Hand in what any central can take."""
        self._handed_in(kiosk)

    def _many(self, kiosk: Kiosk) -> None:
        for _ in range(self.chance.randint(2, 6)):
            self._hand_in(kiosk)

    def _sync(self, kiosk: Kiosk) -> None:
        if kiosk.refused(kiosk.exchange()) and self.chance.random() < 0.5:
            kiosk.enrol(self.central.program)

    def _withdraw(self, kiosk: Kiosk) -> None:
        self._take_back(kiosk, "withdrawn", {State.WITHDRAWN, State.ERASED})

    def _erase(self, kiosk: Kiosk) -> None:
        self._take_back(kiosk, "erased", {State.ERASED})

    def _take_back(self, kiosk: Kiosk, what: str, too_late: set[State]) -> None:
        mine = [each for each in self.ledgers.promises if each.branch == kiosk.branch]
        for promise in self.chance.sample(mine, min(3, len(mine))):
            keys = seal.receipt_keys(promise.code, kiosk.desk.device.salt)
            note = kiosk.desk.ledger.note(keys.locator)
            if note and note.state not in too_late:
                kiosk.withdraw(promise.code, erase=what == "erased")
                self.ledgers.note(kiosk, what, promise)
                return

    def _die_exchanging(self, kiosk: Kiosk) -> None:
        kiosk.close()
        self.tally.kills += 1
        self.stand_in("exchange", dies_at=self.chance.randint(1, 14), **kiosk.told())
        kiosk.world.reboot()

    def _die_saving(self, kiosk: Kiosk) -> None:
        kiosk.close()
        self.tally.kills += 1
        words = f"{self.seed}.{len(self.ledgers.promises)}"
        dies_at = self.chance.randint(1, 6)
        told = self.stand_in("hand_in", words=words, dies_at=dies_at, **kiosk.told())
        if "begun" in told:
            sure = Sure.YES if "confirmed" in told else Sure.PERHAPS
            promise = Promise(told["begun"], told["code"], kiosk.branch, words)
            self.ledgers.note(kiosk, "handed_in", promise, sure)
        kiosk.world.reboot()

    def _together(self, kiosk: Kiosk) -> None:
        """Let all kiosks exchange in the same moment, copies of one card too."""
        if self.without:
            self._heartbeats(kiosk)
            return
        everybody = [threading.Thread(target=each.exchange) for each in self.kiosks]
        for each in everybody:
            each.start()
        for each in everybody:
            each.join()

    def _image(self, kiosk: Kiosk) -> None:
        to = self.folder / f"image-{len(self.images)}-{self.chance.getrandbits(32):x}"
        kiosk.image(to)
        self.images[kiosk.seed] = (to, self.ledgers.so_far(kiosk))

    def _put_back(self, kiosk: Kiosk) -> None:
        if kiosk.seed in self.images:
            image, deeds = self.images[kiosk.seed]
            kiosk.put_back(image)
            kiosk.world.reboot()
            self.ledgers.disk_lost(kiosk, deeds)

    def _clone(self, kiosk: Kiosk) -> None:
        """Let a copy of the card run in a second machine at the same time."""
        if kiosk.seed in self.images and len(self.kiosks) < 5:
            image, deeds = self.images[kiosk.seed]
            clone = self._new(kiosk.branch)
            clone.put_back(image)
            self.ledgers.deeds[clone.seed] = list(deeds)
            self.kiosks.append(clone)

    def _revoke(self, kiosk: Kiosk) -> None:
        self.central.program("revoke", device=kiosk.desk.device.device)

    def _heartbeats(self, _kiosk: Kiosk) -> None:
        for each in self.kiosks:
            self._sync(each)

    def _heal(self) -> None:
        """Mend the network, then central; let every kiosk come to rest; judge."""
        self.proxy.calm()
        self.proxy.deliver_late()
        self._bring_all()
        for kiosk in self.kiosks:
            honest = [each for each in kiosk.pending() if not each.endswith(POISON)]
            if honest:
                self._complain([f"stuck: {len(honest)} behind others at {kiosk.branch}"])
        if self.central.choking:
            self.central.choke(on=False)
            self._bring_all()
        wrong = self._told()
        if wrong and self.tally.tails and not self.without:
            for kiosk in self.kiosks:
                kiosk.a_day_later()
        self._complain(wrong and self._told())

    def _bring_all(self) -> None:
        """Exchange until nothing waits at any kiosk."""
        for _ in range(_ROUNDS):
            outcomes = [kiosk.exchange() for kiosk in self.kiosks]
            for kiosk, outcome in zip(self.kiosks, outcomes, strict=True):
                if kiosk.refused(outcome):
                    kiosk.enrol(self.central.program)
            if not any(each.error or each.pending for each in outcomes):
                return

    def _told(self) -> list[str]:
        """Let central understand, and each kiosk hear of it; list what is wrong then.

        What is told by the answer to an answer needs a second time; what a database told before it
        lost it, and told otherwise since, may need a day.
        """
        if self.without != "erased elsewhere, not noted here":
            self.central.program("look_elsewhere")
        self.central.understand()
        for kiosk in self.kiosks:
            kiosk.exchange()
        told = self.central.look(self.branches)
        return Judgement(told, self.kiosks, self.ledgers).wrong()

    def _complain(self, wrong: list[str]) -> None:
        self.tally.wrong += [f"seed {self.seed}: {each}" for each in wrong]


_ACTIONS: Mapping[str, float] = {
    "hand_in": 20,
    "many": 6,
    "sync": 26,
    "withdraw": 6,
    "erase": 4,
    "die_exchanging": 2,
    "die_saving": 2,
    "kill_central": 1,
    "kill_worker": 1,
    "die_understanding": 1,
    "back_up": 3,
    "restore": 2.5,
    "image": 2,
    "put_back": 1.5,
    "clone": 1,
    "clock_jumps": 4,
    "revoke": 1,
    "staff_read": 4,
    "staff_answer": 4,
    "staff_erase": 3,
    "erase_elsewhere": 1,
    "restore_older": 1,
    "restore_serving": 0.5,
    "remember": 2.5,
    "forget": 1.5,
    "forget_all": 1.5,
    "clock_ahead": 1.5,
    "damage_identity": 1.5,
    "damage_sealing_key": 0.5,
    "spare_unreadable": 1,
    "disk_read_only": 1,
    "replay_heartbeat": 1,
    "old_content": 0.5,
    "empty_journal": 1,
    "join_while_running": 1,
    "join_elsewhere": 1,
    "heartbeats": 4,
    "together": 4,
}
"""What can happen, and how often."""
