"""A file that cannot be read stops nothing that does not need it, and what was in it is counted."""

import errno
import os
from pathlib import Path

import pytest

from kiosk.problems import CANNOT_READ, Trouble
from kiosk.store.disk import Disk
from kiosk.store.inspection import inspected
from kiosk.store.looking import Looking
from kiosk.store.storage import DurableStorage
from tests.faults.campaign import JOURNAL_BYTES, PATH
from tests.faults.sick_disk import SickDisk
from tests.faults.test_lost_journals import Files, journals, newest, saved

FILES = saved(21, 17)


def opened(
    files: Files, sick: dict[str, range | None], why: int = errno.EIO
) -> tuple[set[int], DurableStorage]:
    """Open the files on a sick disk; return what is there."""
    storage = DurableStorage(PATH, SickDisk(files, dict(sick), why), JOURNAL_BYTES)
    rows = (storage.read() or {}).get("_default", {}).values()
    return {row["id"] for row in rows}, storage


NEWEST = journals(FILES)[journals(FILES).index(newest(FILES)) :]
"""The journal that was written to last and the one made to follow it, which could hold more."""


@pytest.mark.parametrize(
    ("name", "why"),
    [(name, errno.EIO) for name in sorted(set(FILES) - {newest(FILES)})]
    + [
        (name, why)
        for name in sorted(set(FILES) - {*NEWEST})
        for why in (errno.EACCES, errno.EISDIR)
    ],
)
def test_a_file_that_is_not_needed_may_be_unreadable(name: str, why: int) -> None:
    there, storage = opened(FILES, {name: None}, why)
    assert there == set(range(1, 22))
    assert storage.findings.saves_lost == 0
    told = name == "kiosk.json.mark" or name in storage.findings.told
    assert told


@pytest.mark.parametrize("name", ["kiosk.json", newest(FILES)])
def test_what_only_an_unreadable_file_had_is_counted_and_the_file_kept(name: str) -> None:
    there, storage = opened(FILES, {name: None})
    assert storage.findings.saves_lost >= 21 - len(there)
    assert storage.findings.kept
    disk: SickDisk = storage._disk  # type: ignore[assignment]
    assert disk.files[storage.findings.kept.name] == FILES[name], "whole, for whoever can read it"
    again = DurableStorage(PATH, disk, JOURNAL_BYTES)
    assert again.findings.harmless


@pytest.mark.parametrize("name", NEWEST)
def test_a_needed_file_that_may_not_be_read_stays_until_somebody_gives_the_right(name: str) -> None:
    disk = SickDisk(FILES, {name: None}, errno.EACCES)
    with pytest.raises(PermissionError) as caught:
        DurableStorage(PATH, disk, JOURNAL_BYTES)
    assert caught.value.filename == str(PATH.with_name(name))
    assert disk.files == FILES
    found, documents = inspected(PATH, Looking(PATH, disk))
    assert documents
    assert name in found.damaged
    assert found.loses, "what is shown may not be all"


@pytest.mark.parametrize("block", range(8))
def test_one_sector_that_cannot_be_read_costs_nothing(block: int) -> None:
    name = newest(FILES)
    there, storage = opened(FILES, {name: range(block, block + 1)})
    assert there == set(range(1, 22))
    assert storage.findings.saves_lost == 0


def test_new_saves_go_into_no_file_that_is_sick() -> None:
    _, storage = opened(FILES, dict.fromkeys(journals(FILES)))
    storage.change("_default", lambda view: view.__setitem__(99, {"id": 99}))
    disk: SickDisk = storage._disk  # type: ignore[assignment]
    assert not any(
        ".wal." in name and "quarantine" not in name
        for name in disk.sick
        if name in journals(FILES)
    )
    assert 99 in (row["id"] for row in (storage.read() or {})["_default"].values())


class Stuck(SickDisk):
    """Cannot move what it cannot read either."""

    def rename(self, path: Path, to: Path) -> None:
        self._be_well(path)
        super().rename(path, to)


def test_what_is_too_sick_to_be_moved_stays_and_stops_nothing() -> None:
    disk = Stuck(FILES, {"kiosk.json.bak": None})
    storage = DurableStorage(PATH, disk, JOURNAL_BYTES)
    assert len((storage.read() or {})["_default"]) == 21
    assert "kiosk.json.bak" in disk.files


class Full(SickDisk):
    """Moves nothing for want of room."""

    def rename(self, path: Path, to: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_on_a_full_disk_nothing_damaged_is_written_over() -> None:
    with pytest.raises(OSError, match="space"):
        DurableStorage(PATH, Full(FILES | {"kiosk.json": b"{"}, {}), JOURNAL_BYTES)


class Forbidding(Disk):
    """Lets nobody read."""

    def read(self, path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_what_may_not_be_read_is_not_taken_for_damage(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    DurableStorage(path, journal_bytes=JOURNAL_BYTES).close()
    with pytest.raises(PermissionError):
        DurableStorage(path, Forbidding(), JOURNAL_BYTES)
    with pytest.raises(Trouble) as caught:
        inspected(path, Looking(path, Forbidding()))
    assert caught.value.problem is CANNOT_READ


def test_a_real_disk_reads_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a" * 5000)
    assert Disk().salvage(path) == b"a" * 5000
    assert Disk().salvage(tmp_path / "none") == b""
    assert Disk().size(tmp_path / "none") == 0

    class OnePieceGone(Disk):
        def _piece(self, opened: int, at: int) -> bytes:
            return super()._piece(opened if at else -1, at)

    assert OnePieceGone().salvage(path) == bytes(4096) + b"a" * 904
