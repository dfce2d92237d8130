"""A disk that is full, read-only or broken at any operation: told, nothing lost, tried again."""

import errno
import random

import pytest
from tinydb import where

from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTinyDB
from tests.faults.campaign import JOURNAL_BYTES, PATH
from tests.faults.failing_disk import FailingDisk
from tests.faults.memory_disk import MemoryDisk


def play(disk: FailingDisk, seed: int = 3) -> DurableTinyDB:
    """Save, change, tidy; each call that fails is tried again until it goes through."""
    chance = random.Random(seed)
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    for number in range(25):
        body = "x" * chance.choice((10, 6_000))
        patiently(db, lambda n=number, b=body: db.insert({"id": n, "body": b}))
        if number % 4 == 3:
            patiently(db, lambda n=number: db.remove(where("id") == n - 1))
        if number % 7 == 6:
            patiently(db, db.storage.checkpoint)  # type: ignore[attr-defined]
        if number % 9 == 8:
            patiently(db, db.storage.prepare)  # type: ignore[attr-defined]
    return db


def patiently(db: DurableTinyDB, call: object) -> None:
    """Call until it succeeds; a failed call has changed nothing, on disk or in memory."""
    for _ in range(200):
        before = db.storage.read()
        try:
            call()  # type: ignore[operator]
        except OSError:
            assert db.storage.read() == before
        else:
            return
    raise AssertionError("it never succeeds")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("long", [1, 5])
def test_a_disk_that_fails_at_any_one_operation_loses_nothing(number: int, long: int) -> None:
    sound = FailingDisk()
    expected = play(sound).storage.read()
    for first in range(8, sound.count, 1 if long == 1 else 3):
        disk = FailingDisk(number)
        disk.failing = range(first, first + long)
        db = play(disk)
        read = db.storage.read()
        assert [*read["_default"].values()] == [*expected["_default"].values()]  # type: ignore[index]
        killed = DurableStorage(PATH, MemoryDisk(disk.contents()), JOURNAL_BYTES)
        assert killed.read() == read
        assert killed.findings.harmless
        db.close()
        closed = DurableStorage(PATH, disk, JOURNAL_BYTES)
        assert closed.read() == read
        assert closed.findings.harmless


def test_a_disk_without_any_room_still_takes_what_has_its_place() -> None:
    disk = FailingDisk()
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    db.storage.prepare()  # type: ignore[attr-defined]
    room = db.storage.room()  # type: ignore[attr-defined]
    assert room >= 4

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    disk.create = full  # type: ignore[method-assign, assignment]
    for number in range(room):
        db.insert({"id": number, "body": "x" * 7_000})
    patience = [db.insert] * 20
    with pytest.raises(OSError, match="No space"):
        [insert({"body": "x" * 7_000}) for insert in patience]
    saved = db.storage.read()
    db.close()
    del disk.create
    again = DurableStorage(PATH, disk, JOURNAL_BYTES)
    assert again.read() == saved
    assert again.findings.harmless


def test_a_ledger_on_a_full_disk_opens_and_can_be_read() -> None:
    disk = FailingDisk()
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    db.insert({"id": 1})
    full = FailingDisk()
    full.files = {name: bytearray(body) for name, body in disk.contents().items()}

    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    full.create = refuse  # type: ignore[method-assign, assignment]
    again = DurableTinyDB(PATH, disk=full, journal_bytes=JOURNAL_BYTES)
    assert again.all() == [{"id": 1}]
    again.insert({"id": 2})
    assert len(again) == 2
    third = DurableStorage(PATH, MemoryDisk(full.contents()), JOURNAL_BYTES)
    assert len(third.rows("_default")) == 2
    assert third.findings.harmless


def test_a_journal_whose_announcement_may_not_have_arrived_is_kept() -> None:
    disk = FailingDisk(errno.EIO)
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    db.insert({"id": 1})
    flush = disk.count + 6  # made, written, flushed, named, told, flushed
    disk.failing = range(flush, flush + 1)
    with pytest.raises(OSError, match="error"):
        db.storage.prepare()  # type: ignore[attr-defined]
    assert disk.count == flush
    for number in range(2, 20):
        killed = DurableStorage(PATH, MemoryDisk(disk.contents()), JOURNAL_BYTES)
        assert killed.findings.harmless
        assert killed.read() == db.storage.read()
        db.insert({"id": number, "body": "x" * 7_000})
