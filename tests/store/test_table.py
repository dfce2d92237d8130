"""TinyDB as its friends know it: its calls, its order, its errors, on the durable store."""

import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.storages import JSONStorage, MemoryStorage
from tinydb.table import Document

from kiosk.problems import LEDGER_NEWER, Trouble
from kiosk.store.ledger import Ledger
from kiosk.store.snapshot import FORMAT
from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTinyDB
from kiosk.store.view import Rows, View
from tests.drivers.branch import event


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.json"


def test_a_second_visit_finds_tables_order_and_numbers(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert_multiple({"n": n} for n in (3, 1, 2))
        db.remove(where("n") == 1)
        db.table("other").insert(Document({"n": 9}, doc_id=40))
    with DurableTinyDB(path) as db:
        assert [(row.doc_id, row["n"]) for row in db] == [(1, 3), (3, 2)]
        assert db.insert({"n": 4}) == 4
        assert db.table("other").insert({"n": 10}) == 41
        assert db.get(doc_id=99) is None
        assert db.tables() == {"_default", "other"}
        db.drop_table("other")
        db.drop_table("never there")
        assert db.tables() == {"_default"}
        db.drop_tables()
        assert db.tables() == set()
        assert db.storage.read() is None


@pytest.mark.parametrize("number", ["abc", "01", " 1", "1.0", 1.0, "-1", "\u0661", None, ""])
def test_a_number_that_is_none_finds_nothing(path: Path, number: Any) -> None:
    with DurableTinyDB(path) as db, TinyDB(storage=MemoryStorage) as plain:
        for each in (db, plain):
            each.insert({"n": 1})
        if number is not None:
            assert db.get(doc_id=number) is plain.get(doc_id=number) is None
            assert not db.contains(doc_id=number)
        assert db.get(doc_ids=[number]) == plain.get(doc_ids=[number]) == []
        assert db.get(doc_id="1") == plain.get(doc_id="1") == {"n": 1}


class Own(Mapping[str, Any]):
    """A mapping that is no dictionary."""

    def __init__(self, **told: Any) -> None:
        self.told = told

    def __getitem__(self, key: str) -> Any:
        return self.told[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)


def test_a_mapping_of_somebodys_own_is_saved_as_any_document(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert_multiple([Own(n=1), Own(n=2)])
        assert db.update(Own(n=3), doc_ids=[2]) == [2]
        assert db.update(Own(more=4), where("n") == 1) == [1]
        assert db.upsert(Own(n=5), where("n") == 9) == [3]
    with DurableTinyDB(path) as db:
        assert db.all() == [{"n": 1, "more": 4}, {"n": 3}, {"n": 5}]


@pytest.mark.parametrize("wrong", [math.nan, math.inf, {1, 2}, object()])
def test_what_json_cannot_hold_is_refused_and_changes_nothing(path: Path, wrong: Any) -> None:
    with DurableTinyDB(path) as db:
        db.insert({"n": 1})
        with pytest.raises((TypeError, ValueError)):
            db.insert({"n": wrong})
        assert db.all() == [{"n": 1}]
        assert db.insert({"n": 2.5}) in (2, 3)


@pytest.mark.parametrize("value", ["\ud800", 2**70, 1.5, {"1": {}}, [[]], "å" * 5_000])
def test_what_json_can_hold_comes_back_as_it_was(path: Path, value: Any) -> None:
    with DurableTinyDB(path) as db:
        db.insert({"value": value})
    with DurableTinyDB(path) as db:
        assert db.all() == [{"value": value}]
    assert path.read_bytes().isascii()


def test_a_field_changed_only_in_its_type_is_changed(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert({"n": 1, "list": [1]})
        db.update({"n": True, "list": [1.0]})
    with DurableTinyDB(path) as db:
        assert repr(db.all()) == repr([{"n": True, "list": [1.0]}])


def test_a_call_that_fails_half_way_changes_nothing_even_inside_a_block(path: Path) -> None:
    with DurableTinyDB(path) as db:
        storage: Any = db.storage
        with storage.atomic():
            db.insert({"n": 1})
            with pytest.raises(ValueError, match="Mapping"):
                db.insert_multiple([{"n": 2}, "no document"])
            db.table("t").truncate()
            db.drop_table("t")
        assert db.all() == [{"n": 1}]


def test_a_block_sees_its_own_changes_and_keeps_the_last(path: Path) -> None:
    with DurableTinyDB(path) as db:
        storage: Any = db.storage
        db.insert_multiple([{"n": 1}, {"n": 2}])
        with storage.atomic():
            db.remove(doc_ids=[1])
            db.insert(Document({"n": 7}, doc_id=1))
            assert [row["n"] for row in db] == [2, 7]
            db.truncate()
            assert len(db) == 0
            db.insert({"n": 8})
            assert [row["n"] for row in db] == [8]
            db.remove(where("n") == 8)
            db.insert({"n": 9})
        assert [row["n"] for row in db] == [9]
    with DurableTinyDB(path) as db:
        assert [row["n"] for row in db] == [9]


def test_whole_contents_can_be_written_as_to_tinydbs_own_storages(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.table("gone").insert({"n": 1})
        db.table("kept").insert_multiple([{"n": 1}, {"n": 2}])
        db.storage.write({"kept": {"2": {"n": 3}, "5": {"n": 5}}, "empty": {}})
        assert db.storage.read() == {"kept": {"2": {"n": 3}, "5": {"n": 5}}, "empty": {}}


@pytest.mark.parametrize("storage", [MemoryStorage, JSONStorage])
def test_the_tables_work_on_another_storage_too(storage: type, tmp_path: Path) -> None:
    arguments = [tmp_path / "stock.json"] if storage is JSONStorage else []
    with DurableTinyDB(*arguments, storage=storage) as db:
        db.insert({"n": 1})
        db.table("t").insert({"n": 2})
        assert db.search(where("n") == 1) == [{"n": 1}]
        assert db.tables() == {"_default", "t"}
        db.drop_table("t")
        assert db.tables() == {"_default"}


def test_a_table_is_read_as_tinydb_reads_it(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert({"n": 1})
        read = db.table("_default")._read_table()
        assert list(read) == ["1"]
        assert dict(read) == {"1": {"n": 1}}


def test_a_disk_that_writes_a_part_at_a_time_is_asked_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda opened, body, at: real(opened, body[:5_000], at))
    with DurableTinyDB(path) as db:
        db.insert({"body": "x" * 20_000})
    with DurableTinyDB(path) as db:
        assert db.storage.findings.harmless
        assert db.all() == [{"body": "x" * 20_000}]


def test_what_only_begins_like_a_record_is_none(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert({"n": 1})
        db.storage.checkpoint()
    journal = max(path.parent.glob("*.wal.*"), key=lambda each: int(each.suffix[1:]))
    body = bytearray(journal.read_bytes())
    magic = bytes(body[:8])
    body[40_000:40_008] = magic
    body[-4096 : -4096 + 8] = magic
    journal.write_bytes(bytes(body + magic))
    with DurableTinyDB(path) as db:
        assert db.all() == [{"n": 1}]


def test_who_watches_is_told_of_every_change_and_of_its_undoing(path: Path) -> None:
    told: list[Any] = []
    with DurableTinyDB(path) as db:
        storage: Any = db.storage
        storage.watch = lambda table, changes: told.extend((table, *each) for each in changes)
        db.insert({"n": 1})
        db.update({"n": 2})
        with pytest.raises(ValueError, match="JSON"):
            db.update({"n": math.nan})
    assert told[:2] == [("_default", 1, None, {"n": 1}), ("_default", 1, {"n": 1}, {"n": 2})]
    assert told[2][:3] == ("_default", 1, {"n": 2})
    assert told[3][3] == {"n": 2}
    assert len(told) == 4


def test_a_view_knows_what_is_not_there() -> None:
    view = View(Rows())
    assert view.peek(1) is None
    for ask in (view.__getitem__, view.__delitem__):
        with pytest.raises(KeyError):
            ask(1)
    below = Rows()
    below.put(1, {"n": 1})
    gone, cleared = View(below), View(below)
    del gone[1]
    cleared.clear()
    for each in (gone, cleared):
        assert each.peek(1) is None
    view[1] = {"n": 1}
    del view[1]
    assert view.changes("t") == []


def test_the_ledger_of_the_first_format_is_taken_over(path: Path) -> None:
    old = (
        b'{"_kiosk":{"format":1},"facts":{"3":{"name":"seq","value":41}},"outbox":{"1":{"id":"a"}}}'
    )
    path.write_bytes(old)
    ledger = Ledger(path)
    assert ledger.next_seq() == 42
    assert ledger.findings.harmless
    assert path.with_name("kiosk.json.bak").read_bytes() == old
    ledger.close()
    with TinyDB(path, access_mode="r") as stock:
        assert stock.table("facts").all() == [{"name": "seq", "value": 42}]
        assert {name for name in stock.tables() if stock.table(name).all()} == {
            "_kiosk",
            "facts",
            "outbox",
        }


def test_a_stock_file_with_a_number_that_is_none_is_set_aside(path: Path) -> None:
    path.write_bytes(b'{"t": {"1": {"n": NaN}}}')
    ledger = Ledger(path)
    assert ledger.quarantined
    assert [each.problem.code for each in ledger.troubles()] == ["K03"]
    ledger.close()


def test_a_journal_of_a_newer_program_is_not_touched(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr("kiosk.store.log.FORMAT", FORMAT + 1)
        Ledger(path).close()
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(Trouble) as caught:
        Ledger(path)
    assert caught.value.problem is LEDGER_NEWER
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_journals_of_another_ledger_are_not_believed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir()
        ledger = Ledger(home / "kiosk.json")
        for number in range(1, 4 if name == "one" else 9):
            ledger.append(event(number))
        if name == "two":
            ledger.books.storage.checkpoint()
            ledger.append(event(10))
            foreign = {each.name: each.read_bytes() for each in home.glob("*.wal.*")}
        ledger.close()
    for name, body in foreign.items():
        path = tmp_path / "one" / name
        if not path.exists():
            path.write_bytes(body)
    ledger = Ledger(tmp_path / "one" / "kiosk.json")
    assert [each.seq for each in ledger.unsent()] == [1, 2, 3]
    ledger.close()


def test_iterating_goes_on_while_documents_come_and_go(path: Path) -> None:
    with DurableTinyDB(path) as db:
        db.insert_multiple({"n": n} for n in range(5))
        for row in db:
            db.remove(doc_ids=[row.doc_id])
            db.insert({"n": 9})
        assert [row["n"] for row in db] == [9] * 5
        assert isinstance(db.storage, DurableStorage)
