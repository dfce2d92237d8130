"""Saves of parts: what changes of a document is written, and nothing else of it."""

import json
from pathlib import Path

import pytest
from tinydb import where

from kiosk import wire
from kiosk.problems import LEDGER_NEWER, Trouble
from kiosk.store.disk import Disk
from kiosk.store.ledger import Ledger
from kiosk.store.replay import apply
from kiosk.store.scan import scanned
from kiosk.store.snapshot import FORMAT
from kiosk.store.table import DurableTinyDB
from kiosk.store.view import Rows
from tests.drivers.branch import event


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.json"


class _Counting(Disk):
    """A disk that counts what is written to it."""

    written = 0

    def write(self, opened: int, body: bytes, at: int) -> None:
        """Write, and count."""
        self.written += len(body)
        super().write(opened, body, at)


def _last_save(path: Path) -> list[list[object]]:
    """Return the changes of the newest record on the disk."""
    journals = [scanned(each, each.read_bytes()) for each in path.parent.glob("*.wal.*")]
    stores = {json.loads(each.body)["store"] for found in journals for each in found.vouchers}
    again = [scanned(each.path, each.path.read_bytes(), list(stores)) for each in journals]
    newest = max((each for found in again for each in found.saves), key=lambda each: each.sequence)
    changes: list[list[object]] = json.loads(newest.body)
    return changes


def test_of_documents_that_change_alike_only_the_change_is_written_and_once(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert_multiple({"n": n, "body": "x" * 900, "inner": [[1]]} for n in range(3))
        db.update({"n": 7})
        assert _last_save(path) == [["fields", "_default", [1, 2, 3], {"n": 7}]]
        db.update({"n": True}, where("n") == 7)
        assert _last_save(path) == [["fields", "_default", [1, 2, 3], {"n": True}]]
        db.update(lambda row: row["inner"][0].append(2), doc_ids=[2])
        assert _last_save(path) == [["fields", "_default", [2], {"inner": [[1, 2]]}]]
        db.update(lambda row: row.pop("inner"), doc_ids=[3])
        assert _last_save(path) == [["set", "_default", 3, {"n": True, "body": "x" * 900}]]
        expected = db.all()
        db.storage.prepare()
    with DurableTinyDB(path) as db:
        assert db.all() == expected
        assert [row["inner"] for row in expected if "inner" in row] == [[[1]], [[1, 2]]]


def test_what_is_changed_and_changed_back_is_not_written(path: Path) -> None:
    ledger = Ledger(path)
    ledger.set_fact("n", 1)
    before = ledger.books.storage.sequence
    with ledger.atomic():
        ledger.set_fact("n", 2)
        ledger.set_fact("n", 1)
    assert ledger.books.storage.sequence == before
    ledger.close()


def test_a_document_that_is_lost_does_not_come_back_in_part() -> None:
    tables = {"t": Rows()}
    tables["t"].put(1, {"n": 1, "m": 1})
    apply(tables, [["fields", "t", [1, 2], {"n": 2}], ["fields", "never there", [1], {"n": 2}]])
    assert tables == {"t": {1: {"n": 2, "m": 1}}}


def test_an_acknowledgement_costs_the_disk_little_beside_what_it_acknowledges(path: Path) -> None:
    disk = _Counting()
    ledger = Ledger(path, disk)
    events = [event(number, words="x" * 900) for number in range(1, 401)]
    with ledger.atomic():
        for each in events:
            ledger.append(each)
    disk.written = 0
    ledger.settle(
        wire.InboxAnswer(
            batch="b",
            epoch="e",
            receipt=1,
            safe=0,
            server_time="2026-11-26T10:31:00+01:00",
            verdicts=[wire.EventVerdict(each.id, wire.Verdict.STORED) for each in events],
        )
    )
    assert 0 < disk.written < 400 * 900 / 10
    ledger.close()
    ledger = Ledger(path)
    assert (ledger.pending, ledger.acknowledged()) == (0, 400)
    ledger.close()


def test_a_ledger_of_the_format_before_is_gone_on_with_and_closed_to_its_program(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        for module in ("log", "storage", "recovery"):
            older.setattr(f"kiosk.store.{module}.FORMAT", FORMAT - 1)
        ledger = Ledger(path)
        ledger.append(event(1))
        ledger.close()
    ledger = Ledger(path)
    assert not ledger.troubles()
    ledger.append(event(2))
    found = [scanned(each, each.read_bytes()) for each in sorted(path.parent.glob("*.wal.*"))]
    assert max(each.version for each in found) == FORMAT
    ledger.close()
    with monkeypatch.context() as older:
        older.setattr("kiosk.store.recovery.FORMAT", FORMAT - 1)
        with pytest.raises(Trouble) as caught:
            Ledger(path)
        assert caught.value.problem is LEDGER_NEWER
    ledger = Ledger(path)
    assert [each.id for each in ledger.unsent()] == [event(1).id, event(2).id]
    ledger.close()
