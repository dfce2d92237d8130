"""A program killed in the middle of saving and tidying: what it said it saved is there."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.store.ledger import Ledger

SAVE_AND_TIDY = """
import itertools, sys, threading
from pathlib import Path
from kiosk.store.ledger import Ledger
from tests.drivers.branch import event
ledger = Ledger(Path(sys.argv[1]), journal_bytes=256 * 1024)
def tidy_for_ever():
    while True:
        ledger.books.storage.checkpoint()
        ledger.tidy()
threading.Thread(target=tidy_for_ever, daemon=True).start()
while True:
    with ledger.atomic():
        number = ledger.next_seq()
        ledger.append(event(number))
        ledger.begin_note(f"{number:032x}", event(number), "feedback")
    print(number, flush=True)
"""


def kill_again_and_again(path: Path, times: int) -> None:
    """Let a program save and tidy, kill it at a random instant, look, and start the next."""
    chance = random.Random(7)
    confirmed = 0
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_AND_TIDY, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        ) as saving:
            assert saving.stdout
            told = [saving.stdout.readline()]
            time.sleep(chance.uniform(0.0, 0.1))
            saving.kill()
            told += saving.stdout.readlines()
        confirmed = max([confirmed, *(int(line) for line in told if line.endswith("\n") and line)])
        ledger = Ledger(path, journal_bytes=256 * 1024)
        assert ledger.findings.harmless
        numbers = [each.seq for each in ledger.unsent()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert confirmed <= len(numbers) <= confirmed + 2
        assert all(ledger.note(f"{number:032x}") for number in numbers)
        confirmed = len(numbers)
        ledger.close()


def test_kill_nine_while_saving_and_tidying_loses_nothing(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "kiosk.json", 4)


@pytest.mark.slow
def test_kill_nine_a_hundred_times_loses_nothing(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "kiosk.json", 100)
