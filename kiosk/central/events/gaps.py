"""Gaps: the numbers of a kiosk's events that central never saw; information, never a rule."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_GAPS = 100
"""Gaps remembered of one kiosk, the newest."""
MOST_TOLD = 100
"""Numbers told at once, the lowest."""

Gap = tuple[int, int]
"""First and last number that is missing."""


@dataclass(frozen=True, slots=True)
class SequenceNumbers:
    """What central knows of the numbers of one kiosk's events."""

    highest: int = 0
    """The highest seen; 0 before the first."""
    gaps: tuple[Gap, ...] = ()
    """What is missing below it, ascending."""

    def with_seen(self, brought: Iterable[int]) -> "SequenceNumbers":
        """Return what is known after *brought*; the first ones ever seen begin the count.

        A kiosk that joins anew counts on where it was, so what lies before is not missing.
        """
        seen = sorted({number for number in brought if number > 0})
        if not seen:
            return self
        highest = self.highest or seen[0] - 1
        gaps = list(_without(self.gaps, [number for number in seen if number <= highest]))
        for number in seen:
            if number > highest + 1:
                gaps.append((highest + 1, number - 1))
            highest = max(highest, number)
        return SequenceNumbers(highest, tuple(gaps[-MOST_GAPS:]))

    def has(self, number: int) -> bool:
        """Tell whether *number* seems to have been seen: it is not beyond, and in no gap."""
        missing = any(first <= number <= last for first, last in self.gaps)
        return number <= self.highest and not missing

    def missing(self) -> list[int]:
        """List the missing numbers, ascending, as many as are told at once."""
        found: list[int] = []
        for first, last in self.gaps:
            room = MOST_TOLD - len(found)
            found += range(first, min(last, first + room - 1) + 1)
        return found


def _without(gaps: Iterable[Gap], seen: list[int]) -> Iterable[Gap]:
    """Yield what is left of *gaps* when the numbers in *seen* (ascending) are taken out."""
    for first, last in gaps:
        rest = first
        for number in seen:
            if rest <= number <= last:
                if rest < number:
                    yield (rest, number - 1)
                rest = number + 1
        if rest <= last:
            yield (rest, last)
