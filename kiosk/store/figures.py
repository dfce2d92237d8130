"""Figures in the ledger: what was counted here and is on its way in no event yet."""

from collections.abc import Mapping

from kiosk.domain.figures import Tally
from kiosk.store.books import Books

Key = tuple[str, str, str, str]
"""Hour, what, about and language of a tally."""

_COUNTED = "figures"
"""The fact: `{hour: {"what about language": many}}`."""
_BROUGHT = "figures_brought"
"""The hour in which figures were last put in the outbox."""


class FigureBook:
    """Adds up until an hour is over; every save is whole or not at all."""

    def __init__(self, books: Books) -> None:
        """Take the *books* of the ledger."""
        self._books = books

    def add(self, counted: Mapping[Key, int]) -> None:
        """Add what was counted. Raises Trouble (CANNOT_WRITE), with nothing added."""
        with self._books.atomic():
            hours = self._books.fact(_COUNTED, {})
            for (hour, *names), many in counted.items():
                row, key = hours.setdefault(hour, {}), " ".join(names)
                row[key] = row.get(key, 0) + many
            self._books.set_fact(_COUNTED, hours)

    def are_due(self, hour: str) -> bool:
        """Tell whether in this *hour* figures of earlier ones are still to be brought."""
        return self._books.fact(_BROUGHT) != hour and any(
            each != hour for each in self._books.fact(_COUNTED, {})
        )

    def take(self, hour: str) -> list[Tally]:
        """Take out the figures of all hours but this; call inside `atomic`, with their event.

        A clock that was wrong may have left some of hours that are still to come.
        """
        hours = self._books.fact(_COUNTED, {})
        left = {hour: hours.pop(hour)} if hour in hours else {}
        self._books.set_fact(_COUNTED, left)
        self._books.set_fact(_BROUGHT, hour)
        self._books.mark_traces("purged")
        return sorted(
            _tally(each, key, many) for each, row in hours.items() for key, many in row.items()
        )


def _tally(hour: str, key: str, many: int) -> Tally:
    what, about, language = key.split(" ")
    return Tally(hour, what, about, language, many)
