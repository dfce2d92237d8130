"""A power cut at any instant: what was confirmed is there, and the test itself can fail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.store import record
from kiosk.store.disk import Disk
from kiosk.store.storage import DurableStorage
from tests.faults.campaign import JOURNAL_BYTES, campaign, run
from tests.faults.crash import crashed
from tests.faults.memory_disk import MemoryDisk


def failures(folder: Path, seeds: range, states: int, without: str = "") -> list[str]:
    """Play runs of these seeds, crash each in so many ways, and return what went wrong."""
    wrong = []
    for seed in seeds:
        home = folder / str(seed)
        home.mkdir()
        done = run(Disk(), home / "kiosk.json", without, seed)
        verdicts = campaign(done, seed, states, without)
        wrong += [f"{each.state}: {each.why}" for each in verdicts if each.why]
    return wrong


def test_a_power_cut_at_any_instant_loses_nothing_already_confirmed(tmp_path: Path) -> None:
    assert failures(tmp_path, range(1, 7), 60) == []


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(1, 21))
def test_thousands_of_power_cuts_lose_nothing(tmp_path: Path, hundred: int) -> None:
    assert failures(tmp_path, range(100 * hundred, 100 * hundred + 10), 60) == []


@pytest.mark.parametrize("without", ["flush", "flush_new", "flush_folder"])
def test_a_ledger_that_leaves_out_a_flush_is_caught(tmp_path: Path, without: str) -> None:
    wrong = failures(tmp_path, range(1, 3), 60, without)
    assert any("lost or wrong" in each for each in wrong)


def test_a_ledger_that_believes_without_a_digest_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    believing: Callable[[bytes, bytes], bool] = lambda read, computed: True  # noqa: E731
    monkeypatch.setattr(record, "is_genuine", believing)
    assert failures(tmp_path, range(1, 5), 60)


def test_a_rebuilt_crash_recovers_from_real_files_as_it_does_in_memory(tmp_path: Path) -> None:
    import random

    live = tmp_path / "live"
    live.mkdir()
    done = run(Disk(), live / "kiosk.json", seed=5)
    chance = random.Random(5)
    for number in range(12):
        cut = chance.randrange(20, len(done.operations))
        files = crashed({}, done.operations[:cut], "garbage", chance)
        home = tmp_path / str(number)
        home.mkdir()
        for name, body in files.items():
            (home / name).write_bytes(body)
        real = DurableStorage(home / "kiosk.json", journal_bytes=JOURNAL_BYTES)
        memory = DurableStorage(Path("kiosk.json"), MemoryDisk(files), JOURNAL_BYTES)
        assert real.read() == memory.read()
        assert real.read() in done.confirmed(cut)
        real.close()
