"""A view of one table: changes kept aside, each document copied when it is first touched."""

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

from kiosk.store.plain import copied, same

Row = dict[str, Any]
Change = list[Any]
"""`["set", table, id, document]`, `["delete", table, id]`, `["clear", table]`, `["drop", table]`:
what is true afterwards, so that doing it twice is doing it once."""


Difference = tuple[int, Row | None, Row | None]
"""Number of a document, before and after."""


class Rows(dict[int, Row]):
    """The documents of one table as confirmed; a document is replaced, never changed."""

    highest = 0
    """The highest number a document has had here."""

    def put(self, number: int, row: Row) -> None:
        """Set a document."""
        self[number] = row
        self.highest = max(self.highest, number)


class View(MutableMapping[int, Row]):
    """What a table would be; TinyDB's own code changes it as it would change the table."""

    def __init__(self, below: "Rows | View") -> None:
        """Look through to *below*, which is not changed."""
        self._below: Rows | View = below
        self._held: Rows = Rows()
        self._gone: set[int] = set()
        self._new = 0
        self.cleared = False
        """Whether nothing of what is below is seen any more."""
        self.dropped = False
        """Whether the table is to be gone altogether."""

    @property
    def highest(self) -> int:
        """The highest number a document has had, since the table was last emptied."""
        return max(self._held.highest, 0 if self.cleared else self._below.highest)

    def peek(self, number: int) -> Row:
        """Return a document that the caller only looks at; raises KeyError."""
        if number in self._held:
            return self._held[number]
        if not self._shines_through(number):
            raise KeyError(number)
        return peeked(self._below, number)

    def __getitem__(self, number: int) -> Row:
        """Return a document that the caller may change; raises KeyError."""
        if number not in self._held:
            self._held.put(number, copied(self.peek(number)))
        return self._held[number]

    def __setitem__(self, number: int, row: Row) -> None:
        """Set a document; a new one goes last."""
        if number not in self:
            self._new += 1
        self.dropped = False
        self._held.put(number, row)

    def __delitem__(self, number: int) -> None:
        """Take a document out; raises KeyError."""
        if number not in self:
            raise KeyError(number)
        self._held.pop(number, None)
        if self._shines_through(number):
            self._gone.add(number)
        else:
            self._new -= 1

    def __contains__(self, number: object) -> bool:
        """Tell whether a document has this number."""
        return number in self._held or self._shines_through(number)

    def __iter__(self) -> Iterator[int]:
        """Go through the numbers: of documents from below in their places, then the new ones."""
        if not self.cleared:
            yield from (number for number in self._below if number not in self._gone)
        yield from (number for number in self._held if not self._shines_through(number))

    def __len__(self) -> int:
        """Count the documents; costs nothing."""
        return self._new + (0 if self.cleared else len(self._below) - len(self._gone))

    def clear(self) -> None:
        """Take every document out."""
        self._held = Rows()
        self._gone.clear()
        self._new = 0
        self.cleared = True

    def drop(self) -> None:
        """Take the table away with everything in it."""
        self.clear()
        self.dropped = True

    def differences(self) -> Iterator[Difference]:
        """Go through what differs from below: number, before, after; taken out before put in."""
        if self.cleared:
            for number in self._below:
                yield number, peeked(self._below, number), None
        for number in self._gone:
            yield number, peeked(self._below, number), None
        for number, row in self._held.items():
            if not self._shines_through(number):
                yield number, None, row
            elif not same(row, before := peeked(self._below, number)):
                yield number, before, row

    def pour(self, differences: Iterable[Difference], into: "View") -> None:
        """Make these differences true in the view below."""
        if self.dropped:
            into.drop()
        elif self.cleared:
            into.clear()
        for number, _, after in differences:
            if after is not None:
                into[number] = after
            elif number in into:
                del into[number]

    def changes(self, table: str) -> list[Change]:
        """Return what differs from below as changes of *table*."""
        if self.dropped:
            return [["drop", table]]
        emptied: list[Change] = [["clear", table]] if self.cleared else []
        return emptied + [
            ["delete", table, number] if after is None else ["set", table, number, after]
            for number, _, after in self.differences()
            if after is not None or not self.cleared
        ]

    def _shines_through(self, number: object) -> bool:
        return not self.cleared and number not in self._gone and number in self._below


def peeked(below: Rows | View, number: int) -> Row:
    """Return a document that the caller only looks at; raises KeyError."""
    return below.peek(number) if isinstance(below, View) else below[number]
