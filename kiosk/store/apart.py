"""Apart: what was sealed for a library that this kiosk no longer belongs to; it goes nowhere."""

from typing import Any

from kiosk.problems import OTHER_LIBRARY, Trouble
from kiosk.store.books import Books
from kiosk.store.device import Device

_SEALED_FOR = "sealed_for"
"""The fact for which library what is in the outbox was sealed: its key and its sealing key."""
_KEPT = ("outbox", "dead")
"""Tables whose documents are sealed for one library."""


class Apart:
    """Keeps what belongs to one library from every other, until the kiosk is enrolled there again.

    A library is known by its sealing key: what was sealed with another one, it cannot open.
    """

    def __init__(self, books: Books) -> None:
        """Take the *books* of the ledger."""
        self._books = books

    def belong_to(self, device: Device) -> None:
        """Set apart what was sealed for another library than the device's, and take back its own.

        Call inside `atomic`.
        """
        before = self._books.fact(_SEALED_FOR, [])
        now = [device.tenant, device.sealing_key.hex()]
        if before == now:
            return
        if self.is_elsewhere(device):
            self._set_apart(before)
            self._take_back(now)
        self._books.set_fact(_SEALED_FOR, now)

    def is_elsewhere(self, device: Device) -> bool:
        """Tell whether what is in the outbox was sealed for another library than the device's."""
        before = self._books.fact(_SEALED_FOR, [])
        return bool(before) and before[1] != device.sealing_key.hex()

    def keep_with(self, about: str, row: dict[str, Any]) -> bool:
        """Keep what a visitor says *about* something that is apart beside it; tell whether it is.

        Call inside `atomic`.
        """
        number = self._books.index.number("apart", "id", about)
        if number is None:
            return False
        library = self._books.row("apart", number)["library"]
        self._books.apart.insert({**row, "library": library, "from": "outbox"})
        return True

    def __len__(self) -> int:
        """Count what is kept apart."""
        with self._books.lock:
            return len(self._books.storage.rows("apart"))

    def troubles(self) -> list[Trouble]:
        """Tell of each library for which something is kept."""
        with self._books.lock:
            rows = self._books.storage.rows("apart")
            libraries = [self._books.row("apart", number)["library"][0] for number in rows]
        return [
            Trouble(OTHER_LIBRARY, before=each, many=libraries.count(each))
            for each in sorted(set(libraries))
        ]

    def _set_apart(self, library: list[str]) -> None:
        for name in _KEPT:
            table = getattr(self._books, name)
            rows = [dict(row) for row in table.all()]
            self._books.apart.insert_multiple(
                {**row, "library": library, "from": name} for row in rows
            )
            table.remove(doc_ids=[row.doc_id for row in table.all()])

    def _take_back(self, library: list[str]) -> None:
        """Let everything of a library wait again; central has told nothing of it in this life."""
        mine = [row for row in self._books.apart.all() if row["library"][1] == library[1]]
        for row in mine:
            kept = {name: row[name] for name in row if name not in {"library", "from"}}
            if row["from"] == "outbox":
                kept |= {"receipt": 0, "epoch": ""}
            getattr(self._books, row["from"]).insert(kept)
        self._books.apart.remove(doc_ids=[row.doc_id for row in mine])
