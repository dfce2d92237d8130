"""Whatever is done in whatever order, the store holds what a dictionary would."""

import copy
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tinydb import where

from kiosk.store.table import DurableTinyDB
from tests.faults.campaign import JOURNAL_BYTES, PATH
from tests.faults.memory_disk import MemoryDisk

TABLES = st.sampled_from(["_default", "outbox", "facts"])
NUMBERS = st.integers(0, 4)
DOCUMENTS = st.integers(1, 9)
FIELDS = st.sampled_from(["value", "more"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from(["\ud800", "å" * 3_000, 1, 1.0, True, 2**70]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
Model = dict[str, dict[int, dict[str, Any]]]


class StoreIsADictionary(RuleBasedStateMachine):
    """Random calls, crashes and reopenings on a store and on a dictionary."""

    @initialize()
    def begin(self) -> None:
        """Open an empty store."""
        self.disk = MemoryDisk()
        self.db = DurableTinyDB(PATH, disk=self.disk, journal_bytes=JOURNAL_BYTES)
        self.model: Model = {}

    @rule(table=TABLES, kind=NUMBERS, value=VALUES)
    def insert(self, table: str, kind: int, value: Any) -> None:
        """Insert a document."""
        row = {"kind": kind, "value": value}
        number = self.db.table(table).insert(row)
        assert number not in self.model.get(table, {})
        self.model.setdefault(table, {})[number] = copy.deepcopy(row)

    @rule(table=TABLES, kinds=st.lists(NUMBERS, max_size=4))
    def insert_several(self, table: str, kinds: list[int]) -> None:
        """Insert several at once."""
        numbers = self.db.table(table).insert_multiple({"kind": kind} for kind in kinds)
        for number, kind in zip(numbers, kinds, strict=True):
            self.model.setdefault(table, {})[number] = {"kind": kind}

    @rule(table=TABLES, kind=NUMBERS, value=VALUES)
    def update(self, table: str, kind: int, value: Any) -> None:
        """Change what matches."""
        self.db.table(table).update({"value": value}, where("kind") == kind)
        for row in self.model.get(table, {}).values():
            if row["kind"] == kind:
                row["value"] = copy.deepcopy(value)

    @rule(table=TABLES, numbers=st.lists(DOCUMENTS, max_size=4), field=FIELDS, value=VALUES)
    def update_by_number(self, table: str, numbers: list[int], field: str, value: Any) -> None:
        """Change a field of some documents, which need not be there."""
        updated = self.db.table(table).update({field: value}, doc_ids=numbers)
        rows = self.model.get(table, {})
        assert set(updated) == rows.keys() & set(numbers)
        for number in updated:
            rows[number][field] = copy.deepcopy(value)

    @rule(table=TABLES, numbers=st.lists(DOCUMENTS, max_size=4, unique=True), value=VALUES)
    def lengthen(self, table: str, numbers: list[int], value: Any) -> None:
        """Change a list inside of some documents."""

        def add(row: Any) -> None:
            if not isinstance(row.get("more"), list):
                row["more"] = []
            row["more"].append(copy.deepcopy(value))

        self.db.table(table).update(add, doc_ids=numbers)
        for number in self.model.get(table, {}).keys() & set(numbers):
            add(self.model[table][number])

    @rule(table=TABLES, kind=NUMBERS)
    def remove(self, table: str, kind: int) -> None:
        """Take out what matches."""
        self.db.table(table).remove(where("kind") == kind)
        rows = self.model.get(table, {})
        for number in [number for number, row in rows.items() if row["kind"] == kind]:
            del rows[number]

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        """Empty a table."""
        self.db.table(table).truncate()
        self.model[table] = {}

    @rule(table=TABLES)
    def drop(self, table: str) -> None:
        """Take a table away."""
        self.db.drop_table(table)
        self.model.pop(table, None)

    @rule(table=TABLES, kind=NUMBERS, fails=st.booleans())
    def together(self, table: str, kind: int, fails: bool) -> None:
        """Do several things at once, or none of them."""
        before = copy.deepcopy(self.model)

        def block() -> None:
            with self.db.storage.atomic():  # type: ignore[attr-defined]
                self.remove(table, kind)
                self.insert(table, kind, "together")
                self.insert("facts", kind, "together")
                self.update("facts", kind, [kind])
                self.update_by_number(table, [kind, kind + 1], "more", [[kind]])
                self.lengthen(table, [kind, kind + 2], kind)
                self.update_by_number(table, [kind, kind + 2], "value", [kind])
                self.update_by_number("facts", [kind, kind], "more", kind)
                assert self.db.table(table).contains(where("kind") == kind)
                if fails:
                    raise ZeroDivisionError

        if fails:
            with pytest.raises(ZeroDivisionError):
                block()
            self.model = before
        else:
            block()

    @rule()
    def checkpoint(self) -> None:
        """Write a snapshot."""
        self.db.storage.checkpoint()  # type: ignore[attr-defined]

    @rule()
    def prepare(self) -> None:
        """Make room."""
        self.db.storage.prepare()  # type: ignore[attr-defined]

    @rule()
    def reopen(self) -> None:
        """End in good order and start again."""
        self.db.close()
        self.db = DurableTinyDB(PATH, disk=self.disk, journal_bytes=JOURNAL_BYTES)
        assert self.db.storage.findings.replayed == 0  # type: ignore[attr-defined]

    @rule()
    def crash(self) -> None:
        """Lose the program, keep the disk."""
        self.disk = MemoryDisk(self.disk.contents())
        self.db = DurableTinyDB(PATH, disk=self.disk, journal_bytes=JOURNAL_BYTES)
        assert self.db.storage.findings.harmless  # type: ignore[attr-defined]

    @invariant()
    def the_same(self) -> None:
        """Compare everything, types and order included."""
        read = self.db.storage.read() or {}
        for table, rows in self.model.items():
            expected = {str(number): row for number, row in rows.items()}
            assert repr(read.get(table, {})) == repr(expected)
            assert len(self.db.table(table)) == len(rows)
        assert {name for name, rows in read.items() if rows} <= self.model.keys()


TestStoreIsADictionary = StoreIsADictionary.TestCase
TestStoreIsADictionary.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@pytest.mark.slow
def test_the_store_is_a_dictionary_a_thousand_times() -> None:
    long = settings(max_examples=1_000, stateful_step_count=50, deadline=None)
    run_state_machine_as_test(StoreIsADictionary, settings=long)
