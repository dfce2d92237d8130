"""A backup and a restore that are killed, or find the disk full: nothing is safe that is not."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drivers.library import Library


def asked(library: Library, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(library.folder / "central" / "central.sqlite3") as database:
        found = database.execute(question).fetchall()
    database.close()
    return found


def safe(library: Library) -> int:
    ((found,),) = asked(library, "SELECT coalesce(sum(safe_receipt), 0) FROM branches_device")
    return int(str(found))


def killed_after(library: Library, seconds: float, *words: str) -> bool:
    """Run a command and kill it; tell whether it had come to its end before."""
    running = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli", "central", *words],
        env=library.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return running.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return False


def with_one_errand(tmp_path: Path) -> Library:
    library = Library(tmp_path).set_up().start().enrol()
    library.hand_in("feedback", {"about": "staff", "words": "Kvar"})
    assert library.kiosk("sync").code == 0
    library.stop()
    return library


@pytest.mark.slow
def test_a_killed_backup_calls_nothing_safe_and_a_killed_restore_changes_all_or_nothing(
    tmp_path: Path,
) -> None:
    library, file, chance = with_one_errand(tmp_path), tmp_path / "night", random.Random(4)
    for _ in range(25):
        done = killed_after(library, chance.uniform(0.4, 6.0), "backup", str(file))
        assert safe(library) <= int(file.exists()), "safe without a file"
        assert done <= file.exists()
        if file.exists():
            told = library.kiosk("central", "restore", str(file), "--json")
            assert told.json["error"] == "R05", "the file is whole"
        file.unlink(missing_ok=True)
        with sqlite3.connect(library.folder / "central" / "central.sqlite3") as database:
            database.execute("UPDATE branches_device SET safe_receipt = 0")
        database.close()
    assert library.kiosk("central", "backup", str(file)).code == 0
    assert not list(tmp_path.glob("night.*")), "nothing unfinished is left"

    for _ in range(25):
        with sqlite3.connect(library.folder / "central" / "central.sqlite3") as database:
            database.execute("UPDATE branches_tenant SET name = 'before'")
        database.close()
        done = killed_after(library, chance.uniform(0.4, 6.0), "restore", "--replace", str(file))
        ((name,),) = asked(library, "SELECT name FROM branches_tenant")
        assert (name != "before") >= done
        assert asked(library, "PRAGMA integrity_check") == [("ok",)]
    assert library.kiosk("central", "restore", "--replace", str(file)).code == 0
    assert len(library.exported()) == 1


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a disk of its own")
@pytest.mark.parametrize("pages", [1, 4, 40])
def test_a_full_disk_leaves_the_last_backup_and_calls_nothing_safe(
    tmp_path: Path, pages: int
) -> None:
    library = with_one_errand(tmp_path / "library")
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={pages * 4096}"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "kiosk", disk], check=False).returncode:
        pytest.skip("this machine lets nobody make a disk")
    try:
        told = library.kiosk("central", "backup", str(disk / "night"), "--json")
        assert (told.code, told.json["error"]) == (1, "R01")
        assert list(disk.iterdir()) == []
        assert safe(library) == 0
    finally:
        subprocess.run(["umount", disk], check=True)
    assert library.kiosk("central", "backup", str(tmp_path / "night")).code == 0
    assert safe(library) == 1
