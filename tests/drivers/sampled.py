"""What is taken of a matrix every time; the rest stands behind the marker `slow`."""

from collections.abc import Collection, Iterable
from itertools import product
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def sampled(*dimensions: Collection[Any]) -> list[ParameterSet]:
    """List all rows of a matrix; so few stay that each value of each dimension is in one of them.

    >>> [row.values for row in sampled("ab", [1, 2, 3]) if not row.marks]
    [('a', 1), ('b', 2), ('a', 3)]
    """
    told = [list(each) for each in dimensions]
    stays = {
        tuple(at % len(each) for each in told) for at in range(max(len(each) for each in told))
    }
    places = product(*(range(len(each)) for each in told))
    return [
        _row([each[at] for each, at in zip(told, place, strict=True)], stays=place in stays)
        for place in places
    ]


def only(always: Iterable[Any], values: Iterable[Any]) -> list[ParameterSet]:
    """List *values*, of which those named *always* stay."""
    stay = list(always)
    return [_row([each], stays=each in stay) for each in values]


def _row(values: list[Any], *, stays: bool) -> ParameterSet:
    return pytest.param(*values, marks=() if stays else pytest.mark.slow)
