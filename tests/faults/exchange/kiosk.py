"""A kiosk of the campaign: the real desk and exchange, with a clock that can be set wrong.

The only thing made cheaper than life is the work that slows guessing of receipt codes down.
"""

import contextlib
import dataclasses
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from kiosk import places, seal
from kiosk.desk import Desk
from kiosk.domain.submission import FollowUp, Receipt
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.offer import offered
from kiosk.errands.sign_up import SIGN_UP
from kiosk.problems import DEVICE_REFUSED, ENROLMENT_REFUSED, LEDGER_HELD, Trouble
from kiosk.store.device import load_device, mend_device
from kiosk.store.settling import ANEW
from kiosk.sync.enrolment import join
from kiosk.sync.exchange import Exchange
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace
from tests.drivers.answering import full_answers
from tests.faults.exchange import client_rules, disks
from tests.faults.exchange.orders import Program


class World:
    """A real clock that somebody has set wrong, and seeded chance."""

    def __init__(self, seed: int) -> None:
        """Begin at the right time."""
        self._chance = random.Random(seed)
        self._wrong = timedelta()
        self._started = datetime.now(UTC)
        self.boot = f"{self._chance.getrandbits(32):08x}"
        """Names this start of the machine."""

    def now(self) -> datetime:
        """Return what the clock shows."""
        return datetime.now(UTC) + self._wrong

    def monotonic_ms(self) -> int:
        """Return milliseconds since the machine was started."""
        return (datetime.now(UTC) - self._started) // timedelta(milliseconds=1)

    def wait(self, _seconds: float) -> None:
        """Wait for nothing: nobody guesses here."""

    def random_bits(self, many: int) -> int:
        """Return the next *many* bits of the seeded chance."""
        return self._chance.getrandbits(many)

    def jump(self, **by: float) -> None:
        """Set the clock wrong by this much, in the words of `timedelta`."""
        self._wrong = timedelta(**by)

    def reboot(self) -> None:
        """Start the machine anew."""
        self._started = datetime.now(UTC)
        self.boot = f"{self._chance.getrandbits(32):08x}"


class Kiosk:
    """One machine at one branch."""

    def __init__(self, home: Path, branch: str, url: str, seed: int, without: str = "") -> None:
        """Unpack it; `enrol` makes it the branch's."""
        self.home = home
        self.branch = branch
        self.url = url
        """Central's address, with the bad network before it."""
        self.world = World(seed)
        self.without = without
        """The rule its exchange has lost."""
        self.seed = seed
        self.code = ""
        """For enrolment, until it has been used."""
        self.pace = Pace()
        self._desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        """The open desk."""
        if self._desk is None:
            with client_rules.opening(self.without):
                self._desk = Desk(self.home, self.world)
        return self._desk

    def close(self) -> None:
        """Switch it off; the next use starts it again."""
        if self._desk:
            self._desk.close()
        self._desk = None
        self.pace = Pace()

    def enrol(self, central: Program, *, elsewhere: bool = False) -> bool:
        """Join the branch with a code from central, or another library; whether it has worked."""
        self.close()
        if elsewhere:
            self.code = ""
        branch = "elsewhere" if elsewhere else self.branch
        self.code = self.code or central("code", branch=branch)
        try:
            with client_rules.joining(self.without):
                join(self.home, self.url, self.code)
        except Trouble as trouble:
            if trouble.problem is ENROLMENT_REFUSED:
                self.code = ""
            return False
        self.code = ""
        return True

    def join_while_running(self, central: Program) -> Iterator[str]:
        """Try to join while the app holds the ledger; yield what is wrong with how that ends."""
        assert self.desk
        before = load_device(self.home)
        code = central("code", branch=self.branch)
        try:
            with client_rules.joining(self.without):
                join(self.home, self.url, code)
        except Trouble as trouble:
            if trouble.problem is not LEDGER_HELD:
                yield f"lost: joining beside the app said {trouble.problem.code}"
        else:
            yield "lost: joining beside the app changed its identity"
        if load_device(self.home) != before:
            yield "lost: the app goes on under another identity"
        self.code = code

    def damage_identity(self, chance: random.Random) -> None:
        """Flip a bit in one copy of its identity; the next start mends it from the other."""
        self.close()
        file = chance.choice((places.device(self.home), places.device_copy(self.home)))
        disks.flip(file, chance)
        mend_device(self.home)

    def damage_sealing_key(self, chance: random.Random) -> None:
        """Flip a bit of the library's sealing key in its identity, which still looks whole."""
        key = self.desk.device.sealing_key
        self.close()
        disks.flip(places.device(self.home), chance, key)
        with client_rules.opening(self.without):
            mend_device(self.home)

    def empty_journal(self, aside: Path) -> tuple[int, str]:
        """Pull its plug, and empty the journal that was written to last.

        Return how many confirmed saves it says are lost, and what it says of that; *aside* is a
        folder that is not there.
        """
        assert self.desk
        shutil.copytree(self.home, aside)
        self.close()
        shutil.rmtree(self.home)
        aside.rename(self.home)
        newest = disks.newest_journal(self.home)
        if newest:
            newest.write_bytes(b"")
        self.world.reboot()
        found = self.desk.ledger.findings
        return found.saves_lost, "" if found.harmless else found.told

    def with_unreadable_spare(self, chance: random.Random) -> Iterator[str]:
        """Start with a file that it can do without and cannot read; yield what is wrong with that.

        A file that fails so is given up by the disk: it is gone afterwards.
        """
        before = self.seen()
        self.close()
        spares = disks.spares(self.home)
        if not spares:
            return
        spare = chance.choice(spares)
        self.world.reboot()
        with disks.unreadable(spare):
            try:
                found = self.desk.ledger.findings
            except (Trouble, OSError) as error:
                yield f"stuck: {self.branch} does not start: {error}"
            else:
                if self.seen() != before or found.saves_lost:
                    yield f"lost: {self.branch} has not all without {spare.name}"
                if spare.name not in found.told:
                    yield f"untold: {self.branch} says of {spare.name} {found.told}"

    def looked_at(self) -> dict[str, Any]:
        """Return what a command that only looks sees of its ledger."""
        desk = Desk(self.home, self.world, looking=True)
        try:
            return _seen(desk)
        finally:
            desk.close()

    def seen(self) -> dict[str, Any]:
        """Return what of its ledger nothing but an exchange or a visitor changes."""
        return _seen(self.desk)

    def exchange(self) -> ExchangeOutcome:
        """Do one exchange, with whatever network there is."""
        return client_rules.exchange(self.bare_exchange(), self.without).run()

    def a_day_later(self) -> None:
        """Let all news be due that is heard anew once a day."""
        self.desk.ledger.set_fact(ANEW, "")

    def bare_exchange(self) -> Exchange:
        """Return what the courier would run."""
        desk = self.desk
        return Exchange(
            device=desk.device,
            ledger=desk.ledger,
            published=desk.published,
            carrier=client_rules.carrier(desk.device, desk.ledger, self.without),
            world=self.world,
            pace=self.pace,
        )

    def hand_in(self, words: str, *, sign_up: bool = False, ending: str = "") -> Receipt:
        """Hand an errand in; *ending* is forced upon the end of its id."""
        desk = self.desk
        errand, answers = FEEDBACK, {"about": "other", "words": words}
        if sign_up and offered(SIGN_UP, desk.content, desk.now()).get("workshop"):
            errand = SIGN_UP
            answers = full_answers(SIGN_UP, desk.content, desk.now()) | {"contribute": words}
        begun = desk.begin(errand)
        if ending:
            begun = dataclasses.replace(begun, id=begun.id[: -len(ending)] + ending)
        return desk.hand_in(begun, answers, "sv")

    def withdraw(self, code: str, *, erase: bool) -> FollowUp:
        """Take a submission back."""
        return self.desk.withdraw(code, erase=erase)

    def pending(self) -> list[str]:
        """List the ids of what central has not acknowledged."""
        return [each.id for each in self.desk.ledger.unsent()]

    def held(self) -> set[str]:
        """Return the ids of every event of which there is a sealed copy here."""
        tables: dict[str, Any] = self.desk.ledger.contents()
        rows = [*tables.get("outbox", {}).values(), *tables.get("dead", {}).values()]
        return {row["id"] for row in rows}

    def image(self, to: Path) -> None:
        """Copy its disk, as a technician does with a card."""
        self.close()
        shutil.copytree(self.home, to, dirs_exist_ok=False)

    def put_back(self, image: Path) -> None:
        """Put an older copy of its disk in."""
        self.close()
        shutil.rmtree(self.home)
        shutil.copytree(image, self.home)

    def refused(self, outcome: ExchangeOutcome) -> bool:
        """Whether central has no such device, or has shut it out."""
        return outcome.error == DEVICE_REFUSED.code

    def told(self) -> dict[str, Any]:
        """Return what a program needs to be this kiosk for a moment."""
        seed = self.world.random_bits(32)
        return {"home": str(self.home), "seed": seed, "branch": self.branch, "url": self.url}


def _seen(desk: Desk) -> dict[str, Any]:
    tables: dict[str, Any] = desk.ledger.contents()
    return {name: tables.get(name, {}) for name in ("outbox", "receipts", "dead")}


@contextlib.contextmanager
def quick_receipts() -> Iterator[None]:
    """Derive receipts at no cost; see the top of this file."""
    with mock.patch.multiple(seal, _OPERATIONS=1, _MEMORY_BYTES=8192):
        yield
