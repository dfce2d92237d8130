"""The app killed while a visitor hands in: every code that a receipt showed is found again."""

import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import places, seal, wire
from kiosk.desk import Desk
from kiosk.domain.receipt import State
from kiosk.domain.world import RealWorld
from kiosk.store.inspection import inspected
from kiosk.store.opening import quarantine
from tests.drivers.branch import Branch
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal, kiosk

pytestmark = pytest.mark.terminal

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
RESTING = "Coming up here"
KILLED = 128 + signal.SIGKILL
PATIENCE_S = 60.0
"""How long a busy machine may take for one step."""


@dataclass
class Killings:
    """What became of the visits that a kill ended."""

    branch: Branch
    """The kiosk, its state folder the same all along."""
    chance: random.Random
    """When to kill."""
    shown: list[str] = field(default_factory=list)
    """Codes that stood on a receipt."""
    typed: list[str] = field(default_factory=list)
    """What each visitor wrote, whether it was handed in or not."""
    saved: int = 0
    """Submissions in the ledger after the last kill."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """How many visits ended with nothing saved, saved with no receipt yet, or a receipt."""
    usual_s: float = 0.0
    """From the touch to the receipt, where nobody killed it earlier."""

    def at_the_receipt(self) -> None:
        """Kill the app the moment a receipt is on its screen."""
        with self._app() as screen:
            self._answers(screen)
            self._hands_in(screen)
            begun = time.monotonic()
            while not CODE.search(screen.text):
                assert time.monotonic() < begun + PATIENCE_S, screen.text
                screen.reads_for(0.01)
            screen.send_signal(signal.SIGKILL)
            self.usual_s = time.monotonic() - begun
            self._looks_at_what_is_left(screen)

    def while_saving(self) -> None:
        """Kill the app at a random moment, from the touch to a little after the receipt.

        Most moments are early: the save takes a small part of that time, at its beginning.
        """
        with self._app() as screen:
            self._answers(screen)
            self._hands_in(screen)
            screen.reads_for(1.2 * self.usual_s * self.chance.random() ** 3)
            screen.send_signal(signal.SIGKILL)
            self._looks_at_what_is_left(screen)

    def ends_well(self) -> None:
        """Start the app once more, let it end in good order, and look every code up."""
        with self._app() as screen:
            screen.send_signal(signal.SIGTERM)
            assert screen.wait_for_end(PATIENCE_S) == 128 + signal.SIGTERM
        assert not quarantine(places.ledger(self.branch.home)).exists()
        self._finds(self.branch.desk, self.shown)
        written = [self.branch.unsealed(each).answers["words"] for each in self.branch.events()]
        assert len(set(written)) == len(written)
        assert set(written) <= set(self.typed)

    def _app(self) -> Terminal:
        """Start the app on what the last kill left; it rests, as if nothing had been."""
        command = kiosk("run", "--home", str(self.branch.home))
        screen = Terminal(command, environment={"KIOSK_LANGUAGE": "en"})
        screen.wait_for(RESTING, PATIENCE_S)
        return screen

    def _answers(self, screen: Terminal) -> None:
        """Give feedback by keys, up to the review."""
        screen.types(" ")
        screen.wait_for("What would you like to do?", PATIENCE_S)
        screen.touches("Say what you think")
        screen.wait_for("How is the library today?", PATIENCE_S)
        screen.touches("Skip")
        screen.wait_for("What is it about?", PATIENCE_S)
        screen.touches("The staff")
        screen.touches("Next")
        screen.wait_for("Hide keys", PATIENCE_S)
        words = f"Visit number {len(self.typed) + 1}"
        self.typed.append(words)
        screen.types(words)
        screen.wait_for(words, PATIENCE_S)
        screen.touches("Next")
        screen.wait_for("Who is speaking?", PATIENCE_S)
        screen.touches("Skip")
        screen.wait_for("Would you like an answer?", PATIENCE_S)
        screen.touches("Skip")
        screen.wait_for("Is this right?", PATIENCE_S)

    def _hands_in(self, screen: Terminal) -> None:
        """Touch the button, or press Enter on it."""
        if self.chance.random() < 0.5:
            screen.touches("Hand in")
        else:
            screen.wait_for("Hand in", PATIENCE_S)
            screen.types("\r")

    def _looks_at_what_is_left(self, screen: Terminal) -> None:
        """Judge what the killed app left, as the next start would find it."""
        assert screen.wait_for_end(PATIENCE_S) == KILLED
        receipt = CODE.search(screen.text)
        before, home = self.saved, self.branch.home
        assert inspected(places.ledger(home))[0].harmless
        copy = home.with_name("copy")
        shutil.copytree(home, copy, ignore=shutil.ignore_patterns(places.bell(home).name))
        desk = Desk(copy, RealWorld())
        try:
            self.saved = len(desk.ledger.unsent())
            if receipt:
                self.shown.append(receipt.group())
                self._finds(desk, self.shown[-1:])
        finally:
            desk.close()
            shutil.rmtree(copy)
        assert self.saved - before in ({1} if receipt else {0, 1}), screen.text
        outcome = "receipt" if receipt else "saved" if self.saved > before else "nothing saved"
        self.outcomes[outcome] += 1

    def _finds(self, desk: Desk, codes: list[str]) -> None:
        """Look codes up at *desk*: each is saved, once, and nothing was lost on the way."""
        assert desk.ledger.findings.harmless
        assert desk.ledger.quarantined is None
        waiting = [wire.decode(each.body, wire.Event) for each in desk.ledger.unsent()]
        assert [each.seq for each in waiting] == list(range(1, len(waiting) + 1))
        handed = [wire.decode(bytes(each.payload), wire.Handed) for each in waiting]
        receipts = desk.ledger.contents().get("receipts", {}).values()
        assert len(receipts) == len(waiting) == self.saved
        for code in codes:
            found = desk.look_up(code)
            assert (found.errand, found.state) == ("feedback", State.SAVED)
            locator = seal.receipt_keys(code.replace("-", ""), desk.device.salt).locator
            assert [each.locator for each in handed].count(locator) == 1
            assert [each["locator"] for each in receipts].count(locator) == 1


@pytest.fixture
def killings(tmp_path: Path) -> Iterator[Killings]:
    branch = shipped_branch(tmp_path / "kiosk", datetime.now(UTC).astimezone())
    yield Killings(branch, random.Random(7))
    branch.close()


def kill_again_and_again(killings: Killings, times: int) -> None:
    """Kill at a receipt first, which tells how long saving takes here, then at random moments."""
    killings.at_the_receipt()
    for number in range(1, times):
        if number % 8:
            killings.while_saving()
        else:
            killings.at_the_receipt()
    killings.ends_well()
    assert sum(killings.outcomes.values()) == times


def test_what_a_receipt_promised_is_found_after_the_app_is_killed(killings: Killings) -> None:
    kill_again_and_again(killings, 3)


@pytest.mark.slow
def test_forty_kills_while_handing_in_break_no_promise(killings: Killings) -> None:
    kill_again_and_again(killings, 40)
    assert len(killings.outcomes) == 3, killings.outcomes
