"""A view of one table: changes kept aside, each document copied when it is first touched."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from kiosk.store.plain import copied, same

Row = dict[str, Any]
Change = list[Any]
"""`["set", table, id, document]`, `["fields", table, [id, …], part of each document]`,
`["delete", table, id]`, `["clear", table]`, `["drop", table]`: what is true afterwards, so that
doing it twice is doing it once. A part changes nothing but the fields that it names, and nothing at
all where the document is not."""


Difference = tuple[int, Row | None, Row | None]
"""Number of a document, before and after."""


class Rows(dict[int, Row]):
    """The documents of one table as confirmed; a document is replaced, never changed."""

    highest = 0
    """The highest number a document has had here."""
    peek = dict[int, Row].get
    """Returns a document that the caller only looks at, or None."""

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
        self._poured: set[int] = set()
        self._sharing: set[int] = set()
        self._parts: dict[int, Mapping[str, Any]] = {}
        self._new = 0
        self._differences: list[Difference] | None = None
        self.cleared = False
        """Whether nothing of what is below is seen any more."""
        self.dropped = False
        """Whether the table is to be gone altogether."""

    @property
    def highest(self) -> int:
        """The highest number a document has had, since the table was last emptied."""
        return max(self._held.highest, 0 if self.cleared else self._below.highest)

    def peek(self, number: int) -> Row | None:
        """Return a document that the caller only looks at, or None."""
        held = self._held.get(number)
        return self._peek_below(number) if held is None else held

    def __getitem__(self, number: int) -> Row:
        """Return a document that the caller may change; raises KeyError."""
        self._differences = None
        held = self._held.get(number)
        if held is None or number in self._sharing:
            held = copied(peeked(self, number))
            self._held.put(number, held)
            self._sharing.discard(number)
        self._parts.pop(number, None)
        return held

    def put_part(self, number: int, part: Mapping[str, Any]) -> None:
        """Set some fields of a document; raises KeyError. What it shares with others stays as is.

        For many documents 2 us each where copying each first takes 5.
        """
        held = self._held.get(number)
        if held is None:
            held = self._peek_below(number)
            if held is None:
                raise KeyError(number)
            self._parts[number] = part
        else:
            self._parts.pop(number, None)
        self._differences = None
        self._held[number] = {**held, **part}
        self._sharing.add(number)

    def __setitem__(self, number: int, row: Row) -> None:
        """Set a document; a new one goes last."""
        if number not in self:
            self._new += 1
        self._differences = None
        self.dropped = False
        self._held.put(number, row)
        self._sharing.discard(number)
        self._parts.pop(number, None)

    def __delitem__(self, number: int) -> None:
        """Take a document out; raises KeyError."""
        held, below = self._held.pop(number, None), self._peek_below(number)
        if held is None and below is None:
            raise KeyError(number)
        self._differences = None
        self._parts.pop(number, None)
        if below is None:
            self._new -= 1
        else:
            self._gone.add(number)

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
        self._poured.clear()
        self._sharing.clear()
        self._parts.clear()
        self._new = 0
        self._differences = None
        self.cleared = True

    def drop(self) -> None:
        """Take the table away with everything in it."""
        self.clear()
        self.dropped = True

    def differences(self) -> list[Difference]:
        """List what differs from below: number, before, after; taken out before put in.

        They are looked for once: nobody may change a document here any more without asking for it.
        """
        if self._differences is None:
            self._differences = list(self._found())
        return self._differences

    def _found(self) -> Iterator[Difference]:
        for number in self._below if self.cleared else self._gone:
            yield number, peeked(self._below, number), None
        for number, row in self._held.items():
            before = self._peek_below(number)
            if before is None or number in self._poured or not same(row, before):
                yield number, before, row

    def pour(self, differences: Iterable[Difference], into: "View") -> None:
        """Make these differences true in the view below."""
        if self.dropped:
            into.drop()
        elif self.cleared:
            into.clear()
        for number, _, after in differences:
            if after is not None:
                into._take(number, after)
            elif number in into:
                del into[number]

    def changes(self, table: str) -> list[Change]:
        """Return the differences from below as changes of *table*."""
        if self.dropped:
            return [["drop", table]]
        changes: list[Change] = [["clear", table]] if self.cleared else []
        shared: Mapping[str, Any] | None = None
        for number, before, after in self.differences():
            part = self._parts.get(number)
            if part is not None and part is shared:
                changes[-1][2].append(number)
                continue
            shared = part
            if after is None:
                if not self.cleared:
                    changes.append(["delete", table, number])
            elif part is not None:
                _add_fields(changes, table, number, part)
            elif before is None or list(before) != list(after):
                changes.append(["set", table, number, after])
            else:
                _add_fields(changes, table, number, _part(before, after))
        return changes

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from below."""
        return self.cleared or self.dropped or bool(self.differences())

    def _take(self, number: int, row: Row) -> None:
        """Set a document that is known to differ from the one there was."""
        if number in self._held:
            self._poured.discard(number)  # it may be again what it was
        else:
            self._poured.add(number)
        self[number] = row

    def _shines_through(self, number: object) -> bool:
        return not self.cleared and number not in self._gone and number in self._below

    def _peek_below(self, number: int) -> Row | None:
        if self.cleared or number in self._gone:
            return None
        return self._below.peek(number)


def peeked(below: Rows | View, number: int) -> Row:
    """Return a document that the caller only looks at; raises KeyError."""
    found = below.peek(number)
    if found is None:
        raise KeyError(number)
    return found


def _part(before: Row, after: Row) -> Row:
    """Return the fields that differ."""
    return {
        key: value
        for key, value in after.items()
        if value is not (was := before[key]) and not same(value, was)
    }


def _add_fields(changes: list[Change], table: str, number: int, part: Mapping[str, Any]) -> None:
    """Add one more document of which *part* changes, to those before it where they change alike."""
    last = changes[-1] if changes else []
    if last[:2] == ["fields", table] and same(last[3], part):
        last[2].append(number)
    else:
        changes.append(["fields", table, [number], part])
