"""Copies: a table as TinyDB reads it, which a reader may change without changing the store."""

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.store.plain import copied
from kiosk.store.view import Row, Rows, View, peeked


class Copies(Mapping[str, Row]):
    """A table as TinyDB reads it: numbers as text, every document a copy of the caller's own."""

    def __init__(self, below: Rows | View) -> None:
        """Read from *below*."""
        self._below = below

    def __getitem__(self, number: str) -> Row:
        """Return a copy of a document; raises KeyError."""
        if not number.isdecimal() or str(int(number)) != number:
            raise KeyError(number)
        row: Row = copied(peeked(self._below, int(number)))
        return row

    def __iter__(self) -> Iterator[str]:
        """Go through the numbers there were at the beginning."""
        return iter([str(number) for number in self._below])

    def items(self) -> Any:
        """Go through numbers and copies of what there was at the beginning."""
        frozen = [(number, peeked(self._below, number)) for number in self._below]
        return ((str(number), copied(row)) for number, row in frozen)

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._below)
