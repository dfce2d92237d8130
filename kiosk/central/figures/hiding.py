"""Hiding: a small number tells of somebody, so neither it nor what it follows from is told."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")

LEAST_SHOWN = 5
"""A smaller number of anything that may tell of one person is only said to be small."""
SMALL = f"1-{LEAST_SHOWN - 1}"
LARGE = f"{LEAST_SHOWN}+"
"""Stands for a number that is large enough, but would give a small one away."""
NOT_TOLD = "–"
"""Stands for numbers of which none can be told without giving another away."""


def shown(many: int) -> str:
    """Write a number that stands alone so that it tells of nobody."""
    return str(many) if many >= LEAST_SHOWN or not many else SMALL


def hidden(counts: Sequence[int], whole: int) -> list[str]:
    """Write *counts* so that none that is small can be computed, where their sum *whole* is known.

    The smallest of the others are said only roughly until every small one may have two values at
    least; where that is not enough, none is told.
    """
    small = sum(0 < each < LEAST_SHOWN for each in counts)
    if whole < LEAST_SHOWN:  # one alone is the sum, and no more is told of it
        return list(map(shown, counts)) if small < 2 else [NOT_TOLD] * len(counts)
    large = sorted(
        (place for place, each in enumerate(counts) if each >= LEAST_SHOWN),
        key=lambda place: (counts[place], place),
    )
    told = list(map(shown, counts))
    for roughly in range(len(large) + 1):
        rest = whole - sum(counts[place] for place in large[roughly:])
        if not _computed(small, roughly, rest):
            break
        if roughly == len(large):
            return [NOT_TOLD] * len(counts)
        told[large[roughly]] = LARGE
    return told


def hidden_by_name(counts: Mapping[K, int]) -> dict[K, str]:
    """Write counts whose sum is known, by name, in their order."""
    return dict(zip(counts, hidden(list(counts.values()), sum(counts.values())), strict=True))


def together(told: Sequence[str], many: int) -> str:
    """Write the sum *many* of some numbers that are *told* as above; it tells no more than they."""
    if all(map(str.isdecimal, told)):
        return str(many)
    return NOT_TOLD if NOT_TOLD in told else SMALL if many < LEAST_SHOWN else LARGE


def _computed(small: int, roughly: int, rest: int) -> bool:
    """Tell whether a small number has only one value: *rest* is the sum of all that is not told."""
    if not small:
        return False
    highest = min(LEAST_SHOWN - 1, rest - LEAST_SHOWN * roughly - (small - 1))
    lowest = 1 if roughly else max(1, rest - (LEAST_SHOWN - 1) * (small - 1))
    return highest <= lowest
