"""One program at a time, with real processes."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.problems import CANNOT_LOCK, LEDGER_HELD, Trouble
from kiosk.store.holder import Holder
from kiosk.store.ledger import Ledger
from tests.drivers.branch import event

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from kiosk.store.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""

SAVE_WITHOUT_ROOM = """
import resource, sys
from pathlib import Path
from kiosk.problems import Trouble
from kiosk.store.ledger import Ledger
from tests.drivers.branch import event
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
ledger = Ledger(Path(sys.argv[1]))
try:
    ledger.append(event(2))
except Trouble as trouble:
    print(trouble.problem.code, ledger.pending)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
ledger.append(event(2))
print(ledger.pending)
"""


def started(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start a program of ours in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_a_second_process_is_told_who_holds_the_ledger_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    with started(OPEN_AND_WAIT, path) as first:
        assert first.stdout
        assert first.stdout.readline() == "held\n"
        with pytest.raises(Trouble) as caught:
            Ledger(path)
        assert caught.value.problem is LEDGER_HELD
        assert str(first.pid) in caught.value.remedy
        first.communicate("")
    Ledger(path).close()


def test_a_lock_file_that_was_tidied_away_lets_nobody_else_in(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    with started(OPEN_AND_WAIT, path) as first:
        assert first.stdout
        first.stdout.readline()
        path.with_name("kiosk.json.lock").unlink()
        for _ in range(2):
            with pytest.raises(Trouble) as caught:
                Ledger(path)
            assert caught.value.problem is LEDGER_HELD
        first.communicate("")
    Ledger(path).close()


def no_locks(many: int) -> Callable[[int], None]:
    """Be a file system that keeps locks of the first *many* files, and of no more."""
    asked: list[int] = []

    def lock(opened: int) -> None:
        asked.append(opened)
        if len(asked) > many:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    return lock


def test_a_file_system_without_locks_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.holder._lock", no_locks(0))
    with pytest.raises(Trouble) as caught:
        Ledger(tmp_path / "kiosk.json")
    assert caught.value.problem is CANNOT_LOCK
    assert "No locks available" in caught.value.remedy


def test_a_file_system_that_locks_no_folders_leaves_it_at_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.holder._lock", no_locks(1))
    Ledger(tmp_path / "kiosk.json").close()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    with started(OPEN_AND_WAIT, path) as first:
        assert first.stdout
        first.stdout.readline()
        first.kill()
    Ledger(path).close()


def test_a_holder_that_does_not_say_who_it_is_is_called_unknown(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    held = Holder(path)
    path.with_name("kiosk.json.lock").write_bytes(b"")
    with pytest.raises(Trouble) as caught:
        Holder(path)
    assert caught.value.particulars["holder"] == "unknown"
    for _ in range(2):
        held.release()


@pytest.mark.parametrize("room_bytes", [0, 100, 900])
def test_a_disk_without_room_loses_nothing_and_the_save_can_be_repeated(
    tmp_path: Path, room_bytes: int
) -> None:
    path = tmp_path / "kiosk.json"
    ledger = Ledger(path)
    ledger.append(event(1))
    ledger.close()
    with started(SAVE_WITHOUT_ROOM, path, room_bytes) as full:
        told, _ = full.communicate("")
    assert told.split() == ["K05", "1", "2"]
    ledger = Ledger(path)
    assert [each.id for each in ledger.unsent()] == [event(1).id, event(2).id]
    ledger.close()
