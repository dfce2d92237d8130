"""Small numbers are not told, and cannot be computed from what is told beside them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.figures.hiding import LARGE, LEAST_SHOWN, NOT_TOLD, SMALL, hidden, shown


def possible(told: str, whole: int) -> range:
    """Return what a number may be that is written so."""
    if told == SMALL:
        return range(1, LEAST_SHOWN)
    if told == LARGE:
        return range(LEAST_SHOWN, whole + 1)
    return range(whole + 1) if told == NOT_TOLD else range(int(told), int(told) + 1)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_whoever_knows_the_sum_can_compute_no_small_number(counts: list[int]) -> None:
    whole = sum(counts)
    told = hidden(counts, whole)
    every = [
        found for found in product(*(possible(each, whole) for each in told)) if sum(found) == whole
    ]
    assert tuple(counts) in every, "what is told is true"
    for place, count in enumerate(counts):
        if 0 < count < LEAST_SHOWN and count < whole:
            assert len({found[place] for found in every}) > 1


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([20, 30], ["20", "30"]),
        ([20, 0, 30], ["20", "0", "30"]),
        ([3, 20, 30], [SMALL, LARGE, "30"]),
        ([2, 3, 20], [SMALL, SMALL, "20"]),
        ([1, 1, 20], [SMALL, SMALL, LARGE]),
        ([4, 4, 20, 30], [SMALL, SMALL, LARGE, "30"]),
        ([1, 5, 20], [SMALL, LARGE, LARGE]),
        ([1, 5], [NOT_TOLD, NOT_TOLD]),
        ([1, 2], [NOT_TOLD, NOT_TOLD]),
        ([0, 3], ["0", SMALL]),
        ([], []),
    ],
)
def test_as_much_is_told_as_gives_nobody_away(counts: list[int], told: list[str]) -> None:
    assert hidden(counts, sum(counts)) == told


def test_a_number_that_stands_alone_is_only_said_to_be_small() -> None:
    assert [shown(many) for many in (0, 1, 4, 5)] == ["0", SMALL, SMALL, "5"]
