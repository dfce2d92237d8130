"""Room: an errand is begun only when it can be saved, and what needs room waits for it."""

import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from kiosk.problems import CANNOT_READ, CANNOT_WRITE, NO_ROOM, Trouble
from kiosk.store.disk import Disk
from kiosk.store.inspection import inspected
from kiosk.store.ledger import LEAST_ROOM, Ledger
from kiosk.store.room import check_disk
from tests.drivers.branch import Branch, event


class FullDisk(Disk):
    """A real disk on which, once full, no file can be made."""

    full = False

    def create(self, path: Path) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().create(path)


class DiskTooSmallForASnapshot(Disk):
    """A real disk with place for journals, but for no snapshot."""

    small = False

    def create(self, path: Path) -> int:
        if self.small and path.suffix == ".new":
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().create(path)


class FolderThatCannotBeFlushed(Disk):
    """A real disk that fails to make new names durable."""

    broken = False

    def flush_folder(self, folder: Path) -> None:
        if self.broken:
            raise OSError(errno.EIO, "Input/output error")
        super().flush_folder(folder)


def filled(ledger: Ledger, leaving: int) -> None:
    """Save until there is room for only so many more."""
    number = 0
    while ledger.room() > leaving:
        number += 1
        ledger.append(event(number, words="x" * 5_000))


def test_room_is_made_ahead_of_need_and_told_when_it_cannot_be(tmp_path: Path) -> None:
    disk = FullDisk()
    ledger = Ledger(tmp_path / "kiosk.json", disk)
    filled(ledger, LEAST_ROOM - 1)
    disk.full = True
    with pytest.raises(Trouble) as caught:
        ledger.make_room()
    assert caught.value.problem is NO_ROOM
    with pytest.raises(Trouble) as caught:
        ledger.tidy()
    assert caught.value.problem is CANNOT_WRITE
    pending = ledger.pending
    for number in range(1_000, 1_000 + ledger.room()):
        ledger.append(event(number, words="x" * 5_000))
    assert ledger.pending == pending + LEAST_ROOM - 1
    disk.full = False
    ledger.make_room()
    assert ledger.room() > LEAST_ROOM
    ledger.close()
    assert ledger.room() == 0


def test_a_journal_whose_name_cannot_be_kept_is_not_used(tmp_path: Path) -> None:
    disk = FolderThatCannotBeFlushed()
    ledger = Ledger(tmp_path / "kiosk.json", disk)
    disk.broken = True
    with pytest.raises(Trouble):
        ledger.tidy()
    assert len(list(tmp_path.glob("*.wal.*"))) == 1
    disk.broken = False
    ledger.tidy()
    ledger.close()


def test_a_snapshot_that_finds_no_place_does_not_eat_up_the_disk(tmp_path: Path) -> None:
    disk = DiskTooSmallForASnapshot()
    ledger = Ledger(tmp_path / "kiosk.json", disk)
    disk.small = True
    for number in range(10):
        ledger.append(event(number))
        ledger.forget(event(number).id)
        with pytest.raises(Trouble):
            ledger.tidy()
    assert len(list(tmp_path.glob("*.wal.*"))) <= 3
    disk.small = False
    ledger.append(event(10))
    ledger.tidy()
    assert len(list(tmp_path.glob("*.wal.*"))) <= 2
    ledger.close()


def test_a_spare_that_came_too_late_is_taken_away(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "kiosk.json")
    log: Any = ledger.books.storage._log
    late = log.make(log.next_path())
    filled(ledger, 0)
    ledger.append(event(9_999, words="x" * 50_000))
    log.stand_by(late)
    assert not late.path.exists()
    ledger.close()


def test_the_desk_begins_no_errand_that_could_not_be_saved(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.errands.feedback import FEEDBACK

    begun = branch.desk.begin(FEEDBACK)
    monkeypatch.setattr("kiosk.store.ledger.LEAST_ROOM", 10_000)
    with pytest.raises(Trouble) as caught:
        branch.desk.begin(FEEDBACK)
    assert caught.value.problem is NO_ROOM
    assert branch.desk.hand_in(begun, {"about": "staff"}, "sv").code
    assert [fault["code"] for fault in branch.desk.status().faults] == ["K09"]


def test_looking_at_a_ledger_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        inspected(tmp_path / "gone" / "kiosk.json")
    assert caught.value.problem is CANNOT_READ


def test_tidying_writes_a_snapshot_only_when_it_is_worth_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "kiosk.json")
    path = tmp_path / "kiosk.json"
    before = path.read_bytes()
    ledger.append(event(1))
    ledger.tidy()
    assert path.read_bytes() == before
    for number in range(2, 70):
        ledger.append(event(number))
    ledger.tidy()
    assert event(69).id.encode() in path.read_bytes()
    assert ledger.documents() == 69
    ledger.close()


class SlowDisk(Disk):
    """A real disk that takes its time over new files, until told to go on."""

    def __init__(self) -> None:
        self.under_way = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()

    def flush_new(self, opened: int) -> None:
        self.under_way.set()
        assert self.go_on.wait(10)
        super().flush_new(opened)


def test_no_save_waits_for_a_snapshot_being_written(tmp_path: Path) -> None:
    disk = SlowDisk()
    ledger = Ledger(tmp_path / "kiosk.json", disk)
    ledger.append(event(1))
    ledger.forget(event(1).id)
    disk.go_on.clear()
    disk.under_way.clear()
    tidying = threading.Thread(target=ledger.tidy)
    tidying.start()
    assert disk.under_way.wait(10)
    saving = threading.Thread(target=lambda: ledger.append(event(2)))
    if not ledger.books.storage.lock.acquire(timeout=0.5):
        disk.go_on.set()
        tidying.join()
        raise AssertionError("a save would have to wait")
    ledger.books.storage.lock.release()
    saving.start()
    saving.join(5)
    assert not saving.is_alive()
    assert ledger.pending == 1
    disk.go_on.set()
    tidying.join(10)
    ledger.close()
    again = Ledger(tmp_path / "kiosk.json")
    assert [each.seq for each in again.unsent()] == [2]
    again.close()


class TellingDisk(Disk):
    """A real disk that tells what was done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def flush(self, opened: int) -> None:
        self.done.append("save")
        super().flush(opened)

    def flush_folder(self, folder: Path) -> None:
        self.done.append(f"flush {folder.name}")
        super().flush_folder(folder)

    def remove(self, path: Path) -> None:
        self.done.append(f"remove from {path.parent.name}")
        super().remove(path)


def test_traces_are_forgotten_only_when_no_power_cut_can_bring_them_back(tmp_path: Path) -> None:
    disk = TellingDisk()
    ledger = Ledger(tmp_path / "kiosk.json", disk)
    ledger.append(event(1))
    ledger.forget(event(1).id)
    quarantine = tmp_path / "kiosk.json.quarantine"
    quarantine.mkdir()
    (quarantine / "20260101-kiosk.json").write_text(event(1).id)
    ledger.tidy()
    for folder in (quarantine, tmp_path):
        removed = max(
            at for at, each in enumerate(disk.done) if each == f"remove from {folder.name}"
        )
        then = disk.done[removed:]
        assert f"flush {folder.name}" in then[: then.index("save")]
    ledger.close()


def test_neither_the_status_line_nor_the_start_of_an_errand_waits_for_a_save(
    branch: Branch,
) -> None:
    from kiosk.errands.feedback import FEEDBACK

    saving, may_end = threading.Event(), threading.Event()

    def save_slowly() -> None:
        with branch.desk.ledger.atomic():
            saving.set()
            may_end.wait(10)

    slow = threading.Thread(target=save_slowly)

    def ask() -> None:
        branch.desk.connection()
        branch.desk.begin(FEEDBACK)

    asking = threading.Thread(target=ask)
    slow.start()
    assert saving.wait(10)
    asking.start()
    asking.join(1)
    waited = asking.is_alive()
    may_end.set()
    slow.join()
    asking.join()
    assert not waited


def test_on_a_read_only_disk_no_errand_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = os.statvfs(tmp_path)
    closed = os.statvfs_result([*honest[:8], honest.f_flag | os.ST_RDONLY, honest.f_namemax])
    monkeypatch.setattr("kiosk.store.room.os.statvfs", lambda _: closed)
    with pytest.raises(Trouble) as caught:
        check_disk(tmp_path)
    assert "read-only" in caught.value.remedy
