"""What happens to a kiosk in a schedule: its disk fails, it is enrolled anew, its clock jumps."""

import random
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path

from kiosk.problems import CANNOT_WRITE, NO_ROOM, Trouble
from tests.faults.exchange import client_rules, disks
from tests.faults.exchange.central import Central
from tests.faults.exchange.kiosk import Kiosk
from tests.faults.exchange.on_the_way import OnTheWay
from tests.faults.exchange.promises import Ledgers


class AtKiosk(OnTheWay):
    """Actions at a kiosk, for the schedule that has these."""

    chance: random.Random
    central: Central
    folder: Path
    without: str
    ledgers: Ledgers

    @abstractmethod
    def _complain(self, wrong: list[str]) -> None: ...

    @abstractmethod
    def _handed_in(self, kiosk: Kiosk) -> None: ...

    @abstractmethod
    def _withdraw(self, kiosk: Kiosk) -> None: ...

    def _damage_identity(self, kiosk: Kiosk) -> None:
        """Flip a bit of one of the two copies of its identity."""
        kiosk.damage_identity(self.chance)

    def _damage_sealing_key(self, kiosk: Kiosk) -> None:
        """Flip a bit of the key to which all is sealed from then on."""
        kiosk.damage_sealing_key(self.chance)

    def _spare_unreadable(self, kiosk: Kiosk) -> None:
        """Start it with a file that it can do without and cannot read, and hand something in."""
        wrong = [*kiosk.with_unreadable_spare(self.chance)]
        self._complain(wrong)
        if not wrong:
            self._handed_in(kiosk)

    def _disk_read_only(self, kiosk: Kiosk) -> None:
        """Let its disk take nothing; nobody is thanked, and all can be seen, then and later."""
        before = kiosk.seen()
        with disks.read_only(), client_rules.saving(self.without):
            kiosk.exchange()
            _refused(lambda: self._handed_in(kiosk))
            _refused(lambda: self._withdraw(kiosk))
            shown = kiosk.looked_at()
            kiosk.close()
            _refused(lambda: kiosk.desk)
            kiosk.close()
        kiosk.world.reboot()
        if not before == shown == kiosk.seen():
            self._complain([f"untold: {kiosk.branch} shows other things on a read-only disk"])

    def _empty_journal(self, kiosk: Kiosk) -> None:
        """Empty a journal; what was only in it is lost with it, and that is said."""
        before = kiosk.seen()
        lost, told = kiosk.empty_journal(self.folder / f"emptied-{self.chance.getrandbits(32):x}")
        if kiosk.seen() != before:
            if not (lost and told):
                self._complain([f"untold: saves are gone, {kiosk.branch} says {told or 'nothing'}"])
            self.ledgers.disk_lost(kiosk, [])

    def _join_while_running(self, kiosk: Kiosk) -> None:
        """Enrol beside the running app; it is refused, and the code is still good afterwards."""
        self._complain([*kiosk.join_while_running(self.central.program)])

    def _join_elsewhere(self, kiosk: Kiosk) -> None:
        """Enrol at another library with what waits here, and come back; nothing goes there."""
        with self._calm():
            if kiosk.enrol(self.central.program, elsewhere=True):
                kiosk.exchange()
                kiosk.enrol(self.central.program)
        mine = [each.id for each in self.ledgers.promises]
        if strayed := self.central.program("strayed", submissions=mine):
            self._complain([f"lost: {strayed} went to a library that cannot open them"])

    def _clock_jumps(self, kiosk: Kiosk) -> None:
        days = self.chance.choice((-20_000, -400, -1, -0.04, 0, 0.04, 1, 400, 4_000))
        kiosk.world.jump(days=days)


def _refused(do: Callable[[], object]) -> None:
    """Do what a disk that takes nothing refuses."""
    try:
        do()
    except Trouble as trouble:
        if trouble.problem not in (CANNOT_WRITE, NO_ROOM):
            raise
