"""The order of events: oldest first, at no cost while they come in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Sequence of an event and number of its document; places sort as events were made."""


@dataclass(slots=True)
class Places:
    """Places in the order of their events; costs nothing while events come in order."""

    _numbers: dict[Place, None] = field(default_factory=dict)
    _last: Place = (0, 0)
    _sorted: bool = True

    def __len__(self) -> int:
        """Count them."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        """Go through the numbers of documents, oldest event first; nothing may change meanwhile."""
        return (number for _, number in self._in_order())

    def add(self, place: Place) -> None:
        """Add a place."""
        self._sorted = self._sorted and (place > self._last or not self._numbers)
        self._last = place
        self._numbers[place] = None

    def discard(self, place: Place) -> None:
        """Take a place out."""
        self._numbers.pop(place, None)

    def first(self) -> int | None:
        """Return the number of the oldest event's document."""
        return next((number for _, number in self._in_order()), None)

    def _in_order(self) -> Iterable[Place]:
        if not self._sorted:
            self._numbers = dict.fromkeys(sorted(self._numbers))
            self._last = next(reversed(self._numbers), (0, 0))
            self._sorted = True
        return self._numbers
