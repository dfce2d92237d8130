"""Support in the ledger: how often visitors here said "me too", by idea."""

from kiosk.store.books import Books

_COUNTED = "support"
"""The fact: `{"name": "…", "ideas": {idea: many}}`."""


class SupportBook:
    """Counts up for good under a name of its own, by which central tells what it has counted.

    A ledger that is lost begins another name, so that nothing counts twice.
    """

    def __init__(self, books: Books) -> None:
        """Take the *books* of the ledger."""
        self._books = books
        counted = books.fact(_COUNTED, {})
        self.name: str = counted.get("name", "")
        """Under which it counts; empty until the first time."""
        self.here: dict[str, int] = counted.get("ideas", {})
        """How often, by idea; for a look that waits for no save, and replaced at every change."""

    def count(self, idea: str, name: str) -> str:
        """Count once more and return the name it counts under, *name* where it has none yet.

        Call inside `atomic`, together with the event that tells of it.
        """
        counted = self._books.fact(_COUNTED, {})
        name = counted.get("name", name)
        ideas = counted.get("ideas", {})
        ideas[idea] = ideas.get(idea, 0) + 1
        self._books.set_fact(_COUNTED, {"name": name, "ideas": ideas})
        return name

    def show(self) -> None:
        """Show what has been saved."""
        counted = self._books.fact(_COUNTED, {})
        self.name, self.here = counted.get("name", ""), counted.get("ideas", {})

    def begin_again(self) -> None:
        """Count anew under another name, where the kiosk becomes another device."""
        self._books.set_fact(_COUNTED, {})
        self.show()
