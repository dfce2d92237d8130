"""Replay: saves from the journals, put on top of a snapshot."""

import json
from collections.abc import Iterable, Sequence

from kiosk.store.record import JournalRecord
from kiosk.store.scan import Scanned
from kiosk.store.view import Change, Row, Rows


def saves_of(store: str, journals: Sequence[Scanned]) -> dict[int, JournalRecord]:
    """Return the saves of one ledger by their numbers, without those that failed."""
    saves = {
        save.sequence: save for journal in journals for save in journal.saves if save.key == store
    }
    failed = {
        number for save in saves.values() for number in range(save.previous + 1, save.sequence)
    }
    return {number: saves[number] for number in sorted(saves) if number not in failed}


def confirmed(store: str, journals: Sequence[Scanned]) -> int:
    """Return the highest number that a voucher of one ledger tells was saved."""
    vouchers = (each for journal in journals for each in journal.vouchers)
    told = (each.previous for each in vouchers if json.loads(each.body)["store"] == store)
    return max(told, default=0)


def apply(tables: dict[str, Rows], changes: Iterable[Change]) -> None:
    """Make every change true in *tables*."""
    for kind, name, *rest in changes:
        if kind == "set":
            tables.setdefault(name, Rows()).put(rest[0], rest[1])
        elif kind == "fields":
            _change_fields(tables.get(name, Rows()), rest[0], rest[1])
        elif kind == "delete":
            tables.setdefault(name, Rows()).pop(rest[0], None)
        elif kind == "clear":
            tables[name] = Rows()
        else:
            tables.pop(name, None)


def _change_fields(rows: Rows, numbers: Iterable[int], part: Row) -> None:
    """Replace documents by some with other fields; half a document is never made."""
    for number in numbers:
        if number in rows:
            rows[number] = rows[number] | part
