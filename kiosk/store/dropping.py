"""Dropping: which sealed copies may leave, and what central says it still holds of them."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from kiosk import wire
from kiosk.problems import CANNOT_OPEN, CENTRAL_FORGOT, Trouble
from kiosk.store.books import Books
from kiosk.wire import Verdict

MOST_ACKNOWLEDGED = 5_000
"""Sealed copies kept although central has them, while no backup of central covers them."""

SAFE, FORGOT = "safe", "forgot"
"""The facts up to which batch a backup covers what is here, and when central was found to have
forgotten what is being brought again; "" when it has not."""
_CLOSED = "unopened"
"""The fact which events central holds and cannot open."""


class Drops:
    """Asks before it lets go: central has it now, and can open it."""

    def __init__(self, books: Books) -> None:
        """Take the *books* of the ledger."""
        self._books = books
        self._not_now: set[str] = set()
        self._hour = ""
        self.asks = True
        """Whether central answers what it holds; an older one lets go of all that is safe."""

    def begin(self, heard: str) -> None:
        """Begin an exchange: what cannot be opened is asked about once an hour by central's time.

        *heard* is when central was heard last, ISO 8601.
        """
        hour = heard[: len("2026-11-26T10")]
        self._not_now = set(self.unopened) if hour == self._hour else set()
        self._hour = hour

    def due(self, many: int = wire.MAX_BATCH_ITEMS, *, ahead: bool = False) -> tuple[str, ...]:
        """Return ids of copies that would be deleted now, and that are not asked about yet.

        *ahead* of a backup too, for a carrier that comes once in a while.
        """
        if not self.asks:
            return ()
        with self._books.lock:
            rows = (self._books.row("outbox", number) for number in self._candidates(ahead=ahead))
            ids = (row["id"] for row in rows if row["id"] not in self._not_now)
            return tuple(islice(dict.fromkeys(ids), many))

    @property
    def unopened(self) -> list[str]:
        """Ids of what central holds and cannot open: nobody else has what is in them."""
        ids: list[str] = self._books.fact(_CLOSED, [])
        return ids

    def hear(self, answer: wire.InboxAnswer) -> dict[Verdict, list[str]]:
        """Take note of what central holds; return the ids by what is true of them.

        Call inside `atomic`.
        """
        self.asks = answer.dropping is not None
        found: dict[Verdict, list[str]] = {}
        for each in answer.dropping or ():
            found.setdefault(each.verdict, []).append(each.id)
        closed = found.get(Verdict.HELD, [])
        self._not_now.update(closed, found.get(Verdict.RETRY, ()))
        self._keep_closed(set(closed), {each.id for each in answer.dropping or ()})
        return found

    def may_go(self, answer: wire.InboxAnswer, held: Iterable[str]) -> list[int]:
        """Return the numbers of copies that central has just said to hold, and that are due.

        An older central says no such thing: there a backup that covers them is enough.
        """
        safe = self._books.index.acknowledged_until(answer.safe)
        if not self.asks:
            return safe
        due = {*safe, *self.beyond_the_cap()} if held else set()
        return [number for number in self._books.numbers("outbox", "id", held) if number in due]

    def beyond_the_cap(self) -> list[int]:
        """Return the numbers of the oldest copies of what central has, past so many."""
        acknowledged = self._books.index.acknowledged
        return list(islice(acknowledged, max(0, len(acknowledged) - MOST_ACKNOWLEDGED)))

    def troubles(self) -> list[Trouble]:
        """List what central has lost or cannot open, as far as it is here."""
        troubles = []
        if at := self._books.fact(FORGOT):
            many = len(self._books.index.pending)
            troubles.append(Trouble(CENTRAL_FORGOT, at=at, many=many))
        if closed := self.unopened:
            troubles.append(Trouble(CANNOT_OPEN, many=len(closed)))
        return troubles

    def _candidates(self, *, ahead: bool) -> Iterator[int]:
        index = self._books.index
        if ahead:
            return iter(index.acknowledged)
        safe = index.acknowledged_until(int(self._books.fact(SAFE, 0)))
        return chain(safe, self.beyond_the_cap())

    def _keep_closed(self, closed: set[str], asked: set[str]) -> None:
        before = self.unopened
        now = sorted(closed.union(before).difference(asked - closed))
        now = [each for each in now if self._books.numbers("outbox", "id", [each])]
        if now != before:
            self._books.set_fact(_CLOSED, now)
