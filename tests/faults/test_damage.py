"""Flipped bits, zeroed blocks, cut and missing files: lost only without a copy, never silently."""

import random
from pathlib import Path

import pytest

from kiosk.store.disk import Disk
from kiosk.store.recovery import recover
from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTinyDB
from tests.faults.campaign import JOURNAL_BYTES, PATH, Tables, run
from tests.faults.memory_disk import MemoryDisk

Files = dict[str, bytes]


@pytest.fixture(scope="module", params=["ended 2", "ended 4", "stopped 2", "stopped 4"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the files of a run that ended in good order, or was killed a few saves later."""
    how, _, number = request.param.partition(" ")
    if how == "stopped":
        return stopped(int(number))
    home = tmp_path_factory.mktemp("ended")
    run(Disk(), home / "kiosk.json", seed=int(number))
    return {each.name: each.read_bytes() for each in home.iterdir() if "lock" not in each.name}


def stopped(size: int) -> Files:
    """Return the files of a run that was killed a few saves after its last snapshot."""
    disk = MemoryDisk()
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    for number in range(20):
        db.insert({"id": number, "body": "x" * 50 * size})
        if number in {5, 12}:
            db.storage.checkpoint()  # type: ignore[attr-defined]
    return disk.contents()


def recovered(files: Files) -> DurableStorage:
    """Open the files as the program would."""
    return DurableStorage(PATH, MemoryDisk(files), JOURNAL_BYTES)


def damaged(files: Files, how: str, name: str, chance: random.Random) -> Files:
    """Damage one file in one place."""
    body = bytearray(files[name])
    used = max(1, len(bytes(body).rstrip(b"\0")))
    at = chance.randrange(used)
    if how == "flip":
        body[at] ^= 1 << chance.randrange(8)
    elif how == "zero":
        at -= at % 4096
        body[at : at + 4096] = bytes(len(body[at : at + 4096]))
    elif how == "cut":
        del body[at:]
    changed = {**files, name: bytes(body)}
    if how == "missing":
        del changed[name]
    return changed


@pytest.mark.parametrize("how", ["flip", "zero"])
def test_one_flipped_bit_or_zeroed_block_anywhere_loses_nothing(files: Files, how: str) -> None:
    whole = recovered(files).read()
    chance = random.Random(11)
    for _ in range(60):
        name = chance.choice(sorted(files))
        assert recovered(damaged(files, how, name, chance)).read() == whole


@pytest.mark.parametrize("how", ["flip", "zero", "cut", "missing"])
def test_whatever_is_damaged_is_there_or_its_loss_is_told(files: Files, how: str) -> None:
    whole = recovered(files).read()
    chance = random.Random(12)
    for _ in range(60):
        broken = files
        for name in chance.sample(sorted(files), chance.choice((1, 1, 2))):
            broken = damaged(broken, how, name, chance)
        storage = recovered(broken)
        told = not storage.findings.harmless or storage.findings.unfinished
        assert storage.read() == whole or told
        again = recovered(storage._disk.contents())  # type: ignore[attr-defined]
        assert again.read() == storage.read()
        assert again.findings.harmless


def lines(tables: Tables) -> int:
    return sum(map(len, (tables or {}).values()))


def test_of_a_snapshot_damaged_in_both_copies_every_readable_document_is_rescued() -> None:
    disk = MemoryDisk()
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    db.insert_multiple({"id": number} for number in range(100))
    for _ in range(3):
        db.storage.checkpoint()  # type: ignore[attr-defined]
    db.insert({"id": 100})
    files = disk.contents()
    for name in ("kiosk.json", "kiosk.json.bak"):
        files[name] = files[name].replace(b'{"id":50}', b'{"id"?50}')
        files[name] = files[name].replace(b'{"id":51}', b'["id",51]')
    storage = recovered(files)
    assert lines(storage.read()) == 99
    assert storage.findings.saves_lost == 2
    assert storage.findings.unproven
    assert "documents are lost" in storage.findings.told
    assert storage.findings.kept
    assert storage.findings.kept.name.startswith("lost-")


def test_looking_changes_nothing(files: Files) -> None:
    chance = random.Random(13)
    for how in ("flip", "cut", "missing"):
        broken = damaged(files, how, chance.choice(sorted(files)), chance)
        disk = MemoryDisk(broken)
        recover(disk, Path("kiosk.json"))
        assert disk.contents() == broken
