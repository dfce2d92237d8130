"""The index: where to find a document of the ledger without looking through a table."""

from collections.abc import Hashable, Iterable
from typing import Any

from kiosk.store.order import Places
from kiosk.store.view import Difference, Row


class Index:
    """Told of every change, answers at the same cost however many documents there are."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.pending = Places()
        """Events in the outbox that central has not acknowledged."""
        self.quiet = Places()
        """Those of them that no visitor waits for."""
        self.acknowledged = Places()
        """Events in the outbox that central has."""
        self._known: dict[tuple[str, str, str], dict[int, None]] = {}
        self._receipts: dict[int, dict[int, None]] = {}

    def tell(self, table: str, differences: Iterable[Difference]) -> None:
        """Take over that documents have changed, appeared or gone."""
        fields, of_outbox = _FIELDS.get(table, ()), table == "outbox"
        for number, before, after in differences:
            for name in fields:
                if before and after and before.get(name) is after.get(name):
                    continue
                self._move(table, name, number, _value(before, name), _value(after, name))
            if of_outbox and before is not None:
                self._take_place(before, number)
            if of_outbox and after is not None:
                self._give_place(after, number)

    def numbers(self, table: str, name: str, values: Iterable[str]) -> list[int]:
        """Return the numbers of all documents of *table* whose field *name* is among *values*."""
        return [
            number for value in values for number in self._known.get((table, name, str(value)), ())
        ]

    def number(self, table: str, name: str, value: str) -> int | None:
        """Return the number of the first such document, or None."""
        return next(iter(self._known.get((table, name, value), ())), None)

    @property
    def last_receipt(self) -> int:
        """The highest number with which central took anything in that is here; 0 for none."""
        return max(self._receipts, default=0)

    def acknowledged_until(self, receipt: int) -> list[int]:
        """Return the numbers of events that central took in with *receipt* or an earlier one."""
        covered = [each for each in sorted(self._receipts) if each <= receipt]
        return [number for each in covered for number in self._receipts[each]]

    def _give_place(self, row: Row, number: int) -> None:
        place, receipt = (_number(row, "seq"), number), _number(row, "receipt")
        if receipt > 0:
            self.acknowledged.add(place)
            self._receipts.setdefault(receipt, {})[number] = None
            return
        self.pending.add(place)
        if row.get("quiet"):
            self.quiet.add(place)

    def _take_place(self, row: Row, number: int) -> None:
        place, receipt = (_number(row, "seq"), number), _number(row, "receipt")
        if receipt > 0:
            self.acknowledged.discard(place)
            _mark_in(self._receipts, receipt, number, put=False)
            return
        self.pending.discard(place)
        if row.get("quiet"):
            self.quiet.discard(place)

    def _move(self, table: str, name: str, number: int, was: str | None, now: str | None) -> None:
        if was is not None:
            _mark_in(self._known, (table, name, was), number, put=False)
        if now is not None:
            _mark_in(self._known, (table, name, now), number, put=True)


_FIELDS = {
    "outbox": ("id", "about"),
    "receipts": ("locator", "event"),
    "facts": ("name",),
    "dead": ("id", "about", "noted"),
    "apart": ("id", "about"),
}
"""Fields by which documents are looked for."""
_SELDOM = "about"
"""A field that few documents have: those without it are not looked for by it."""

NOT_NOTED = "None"
"""What `noted` says of a dead letter that central does not know to have been received."""


def _value(row: Row | None, name: str) -> str | None:
    """Return the value of a field as it is looked for; None where there is no document."""
    if row is None or (name == _SELDOM and name not in row):
        return None
    return str(row.get(name))


def _number(row: Row, name: str) -> int:
    """Return a number of a row; 0 where another program left none."""
    value = row.get(name)
    return value if isinstance(value, int) else 0


def _mark_in(marks: dict[Any, dict[int, None]], key: Hashable, number: int, *, put: bool) -> None:
    if put:
        marks.setdefault(key, {})[number] = None
        return
    marks[key].pop(number)
    if not marks[key]:
        del marks[key]
