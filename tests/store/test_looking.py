"""Looking: a ledger is seen as it would be repaired, while its files stay as they are."""

import errno
import os
from pathlib import Path

import pytest

from kiosk.problems import CANNOT_READ, Trouble
from kiosk.store.disk import Disk
from kiosk.store.inspection import inspected, looked_at
from kiosk.store.ledger import Ledger
from kiosk.store.looking import Looking
from tests.drivers.branch import Branch, event
from tests.store.test_ledger import save


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file."""
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.json"
    ledger = Ledger(path)
    save(ledger, 1, 2, 3)
    ledger.close()
    return path


def test_beside_its_holder_a_ledger_is_seen_as_it_is_and_written_only_in_memory(path: Path) -> None:
    holder = Ledger(path)
    save(holder, 4)
    before = everything(path.parent)
    looking = looked_at(path)
    assert [each.seq for each in looking.unsent()] == [1, 2, 3, 4]
    save(looking, 5)
    looking.forget(event(1).id)
    looking.tidy()
    looking.close()
    assert everything(path.parent) == before
    save(holder, 6)
    assert [each.seq for each in holder.unsent()] == [1, 2, 3, 4, 6]
    holder.close()


def test_a_damaged_ledger_is_seen_repaired_and_stays_as_it_is(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])
    before = everything(path.parent)
    found, many = inspected(path)
    assert found.damaged == ["kiosk.json"]
    looking = looked_at(path)
    assert (looking.documents(), looking.pending) == (many, 3)
    assert looking.quarantined
    assert looking.books.disk.names(looking.quarantined.parent) == [looking.quarantined.name]
    looking.close()
    assert everything(path.parent) == before


class Moving(Disk):
    """Somebody takes a snapshot, once or for ever, while files are looked for."""

    def __init__(self, path: Path, times: int) -> None:
        self.holder = Ledger(path)
        self.times = times

    def read(self, path: Path) -> bytes:
        if self.times:
            self.times -= 1
            self.holder.set_fact("seq", self.times)
            self.holder.books.storage.checkpoint()
        return super().read(path)


def test_files_that_never_stop_changing_are_not_guessed_at(path: Path) -> None:
    moving = Moving(path, 500)
    with pytest.raises(OSError, match="all the time"):
        Looking(path, moving)
    moving.holder.close()


@pytest.mark.parametrize("times", [1, 2, 5])
def test_files_that_change_while_they_are_read_are_read_again(path: Path, times: int) -> None:
    moving = Moving(path, times)
    ledger = Ledger(path, Looking(path, moving))
    assert [each.seq for each in ledger.unsent()] == [1, 2, 3]
    assert ledger.findings.loses is False
    ledger.close()
    moving.holder.close()


class Sick(Disk):
    """Cannot read one file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, path: Path) -> bytes:
        if path.name == self.name:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(path)

    def salvage(self, path: Path) -> bytes:
        return b""


def test_a_sick_file_is_looked_past_and_told(path: Path) -> None:
    found, many = inspected(path, Looking(path, Sick("kiosk.json.bak")))
    assert (found.damaged, found.loses, many) == (["kiosk.json.bak"], False, 6)
    ledger = Ledger(path, Looking(path, Sick("kiosk.json")))
    assert ledger.findings.damaged == ["kiosk.json"]
    save(ledger, 9)
    ledger.tidy()
    ledger.close()


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for look in (inspected, looked_at):
        with pytest.raises(Trouble) as caught:
            look(tmp_path / "none" / "kiosk.json")
        assert caught.value.problem is CANNOT_READ


def test_a_desk_can_be_looked_at_while_another_serves(branch: Branch) -> None:
    from kiosk.desk import Desk

    branch.hand_in()
    looking = Desk(branch.home, branch.world, looking=True)
    assert looking.status().pending == 1
    looking.close()
    branch.hand_in()
    assert branch.desk.ledger.pending == 2
