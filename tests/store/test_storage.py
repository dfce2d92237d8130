"""The ledger's file: garbage set aside, newer files untouched, writes whole or not at all."""

import json
import os
import stat
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from kiosk.problems import CANNOT_WRITE, LEDGER_HELD, LEDGER_NEWER, Trouble
from kiosk.store.disk import Disk
from kiosk.store.ledger import Ledger
from kiosk.store.snapshot import FORMAT
from kiosk.store.table import DurableTinyDB
from tests.drivers.branch import event
from tests.store.test_ledger import save

GARBAGE = [
    b"",
    b"\0" * 4096,
    b"{",
    b"[" * 100_000,
    b'{"a": {"1": {"b": "\xff"}}}',
    b'{"a": {"1": {"b": ' + b"[" * 100_000,
    b"[]",
    b'{"outbox": []}',
    b'{"outbox": {"1": 5}}',
    b'{"outbox": {"one": {}}}',
    b'{"_kiosk": {"format": "new"}}',
    b'{"_kiosk": {"format": null}}',
    b'{"_kiosk": 1}',
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.json"


def saved(path: Path) -> list[str]:
    """Return the ids in the outbox, by opening the ledger anew."""
    ledger = Ledger(path)
    try:
        return [each.id for each in ledger.unsent()]
    finally:
        ledger.close()


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
def test_a_file_that_is_no_ledger_is_set_aside_with_every_byte(path: Path, body: bytes) -> None:
    path.write_bytes(body)
    ledger = Ledger(path)
    assert ledger.quarantined
    assert ledger.quarantined.read_bytes() == body
    ledger.append(event(1))
    ledger.close()
    assert saved(path) == [event(1).id]


def test_two_files_set_aside_are_both_kept(path: Path) -> None:
    for body in (b"one", b"two"):
        path.write_bytes(body)
        Ledger(path).close()
    kept = path.with_name("kiosk.json.quarantine")
    assert sorted(each.read_bytes() for each in kept.iterdir()) == [b"one", b"two"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


def test_a_ledger_that_cannot_be_set_aside_is_not_touched(path: Path) -> None:
    path.write_bytes(b"garbage")
    path.with_name("kiosk.json.quarantine").write_bytes(b"a file in the way")
    for _ in range(2):
        with pytest.raises(Trouble) as caught:
            Ledger(path)
        assert caught.value.problem is CANNOT_WRITE
    assert path.read_bytes() == b"garbage"


def test_a_ledger_of_a_newer_program_is_not_touched(path: Path) -> None:
    body = json.dumps({"_kiosk": {"format": FORMAT + 1}, "outbox": {}}).encode()
    path.write_bytes(body)
    for _ in range(2):
        with pytest.raises(Trouble) as caught:
            Ledger(path)
        assert caught.value.problem is LEDGER_NEWER
    assert path.read_bytes() == body
    assert not path.with_name("kiosk.json.quarantine").exists()


def test_a_ledger_that_cannot_be_read_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(Trouble) as caught:
        Ledger(path)
    assert caught.value.problem is CANNOT_WRITE


def test_a_folder_in_place_of_the_previous_copy_keeps_nobody_from_saving(path: Path) -> None:
    ledger = Ledger(path)
    save(ledger, 1)
    ledger.close()
    copy = path.with_name("kiosk.json.bak")
    copy.unlink(missing_ok=True)
    copy.mkdir()
    ledger = Ledger(path)
    assert (ledger.findings.damaged, ledger.findings.loses) == ([copy.name], False)
    save(ledger, 2)
    ledger.forget(event(1).id)
    ledger.tidy()
    ledger.close()
    assert copy.is_file()


def test_a_ledger_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        Ledger(tmp_path / "gone" / "kiosk.json")
    assert caught.value.problem is CANNOT_WRITE


def test_stock_tinydb_reads_the_file_and_its_own_file_is_read_here(path: Path) -> None:
    ledger = Ledger(path)
    ledger.append(event(1))
    ledger.close()
    with TinyDB(path, access_mode="r") as stock:
        assert [row["id"] for row in stock.table("outbox").all()] == [event(1).id]
    old = path.with_name("old.json")
    with TinyDB(old) as stock:
        stock.table("facts").insert({"name": "seq", "value": 41})
    ledger = Ledger(old)
    assert ledger.fact("seq") == 41
    ledger.close()


def test_the_file_is_its_owners_only(path: Path) -> None:
    ledger = Ledger(path)
    ledger.append(event(1))
    ledger.close()
    for each in path.parent.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600


def test_a_block_that_fails_leaves_nothing_in_memory_or_on_disk(path: Path) -> None:
    ledger = Ledger(path)
    ledger.append(event(1))
    before = path.read_bytes()

    def fail_half_way() -> None:
        with ledger.atomic():
            ledger.append(event(2))
            ledger.set_fact("seq", 7)
            assert ledger.pending == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert ledger.pending == 1
    assert ledger.fact("seq", 0) == 0
    assert path.read_bytes() == before
    ledger.append(event(3))
    ledger.close()
    assert saved(path) == [event(1).id, event(3).id]


def test_a_block_is_written_once_and_an_empty_one_not_at_all(path: Path) -> None:
    written: list[bytes] = []

    class Watched(Disk):
        def write(self, opened: int, body: bytes, at: int) -> None:
            written.append(body)
            super().write(opened, body, at)

    ledger = Ledger(path, Watched())
    written.clear()
    with ledger.atomic():
        pass
    assert written == []
    with ledger.atomic():
        for number in range(1, 20):
            ledger.append(event(number))
    assert len(written) == 1
    ledger.close()


def test_a_write_that_fails_can_be_repeated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(path)
    real = os.fdatasync

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", full)
    with pytest.raises(Trouble) as caught:
        ledger.append(event(1))
    assert caught.value.problem is CANNOT_WRITE
    assert ledger.pending == 0
    assert ledger.unsent() == []
    monkeypatch.setattr(os, "fdatasync", real)
    ledger.append(event(1))
    ledger.close()
    assert saved(path) == [event(1).id]


def test_what_is_read_cannot_change_what_is_stored(path: Path) -> None:
    with DurableTinyDB(path) as db:
        table = db.table("t")
        table.insert({"name": "one", "inner": {"list": [1]}})
        for _ in range(2):
            for row in (table.get(where("name") == "one"), table.get(doc_id=1), *table.all()):
                assert row == {"name": "one", "inner": {"list": [1]}}
                row["inner"]["list"].append(2)
            (found,) = table.search(where("name") == "one")
            assert found == {"name": "one", "inner": {"list": [1]}}
            found["inner"]["list"].append(2)


def test_a_closed_ledger_writes_nothing_over_its_successors_work(path: Path) -> None:
    first = Ledger(path)
    first.append(event(1))
    first.close()
    second = Ledger(path)
    second.append(event(2))
    with pytest.raises(Trouble) as caught:
        first.append(event(3))
    assert caught.value.problem is CANNOT_WRITE
    second.close()
    assert saved(path) == [event(1).id, event(2).id]


def test_closing_twice_lets_go_of_nothing_else(path: Path) -> None:
    first = Ledger(path)
    first.close()
    second = Ledger(path)
    first.close()
    with pytest.raises(Trouble) as caught:
        Ledger(path)
    assert caught.value.problem is LEDGER_HELD
    second.close()
