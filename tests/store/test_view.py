"""A view: whatever is done to it, below nothing changes, and its changes lead to the same."""

import copy
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.store.frozen import frozen
from kiosk.store.replay import apply
from kiosk.store.view import Rows, View

NUMBERS = st.integers(1, 4)
WORDS = st.sampled_from(["n", "inner", "more"])
VALUES = st.sampled_from([1, 1.0, True, "a", [], [1], [[1]], {"a": [1]}])
STEPS = st.one_of(
    st.tuples(st.just("part"), NUMBERS, WORDS, VALUES),
    st.tuples(st.just("reach in"), NUMBERS, WORDS, VALUES),
    st.tuples(st.just("put"), NUMBERS, WORDS, VALUES),
    st.tuples(st.just("take out"), NUMBERS, WORDS, VALUES),
    st.tuples(st.just("clear"), NUMBERS, WORDS, VALUES),
)


def _below() -> Rows:
    rows = Rows()
    for number in (1, 2, 3):
        rows.put(number, {"n": number, "inner": [[number]]})
    return rows


def _do(step: tuple[str, int, str, Any], view: Any) -> None:
    what, number, word, value = step
    if what == "clear":
        view.clear()
    elif what == "put":
        view[number] = {word: copy.deepcopy(value)}
    elif number not in view:
        return
    elif what == "take out":
        del view[number]
    elif what == "reach in":
        row = view[number]
        row[word] = [row.get(word), copy.deepcopy(value)]
        if isinstance(row.get("inner"), list):
            row["inner"].append(value)
    elif isinstance(view, View):
        view.put_part(number, {word: value})
    else:
        view[number] = copy.deepcopy({**view[number], word: value})


@given(st.lists(st.lists(STEPS, max_size=4), max_size=3))
@example([[("part", 1, "n", "a"), ("reach in", 1, "n", 1)]])
@example([[("part", 1, "n", "a"), ("part", 1, "more", "b")]])
def test_a_view_is_a_dictionary_that_leaves_what_is_below_alone(
    blocks: list[list[tuple[str, int, str, Any]]],
) -> None:
    below, model = _below(), dict(_below())
    whole = View(below)
    for steps in blocks:
        view = View(whole)
        for step in steps:
            _do(step, view)
            _do(step, model)
            assert view.differences() is view.differences()
        view.pour(view.differences(), whole)
    assert repr(dict(below)) == repr(dict(_below()))
    assert repr({number: whole.peek(number) for number in sorted(whole)}) == repr(
        {number: model[number] for number in sorted(model)}
    )
    tables = {"t": below}
    apply(tables, frozen(whole.changes("t"))[1])
    assert repr(sorted(tables.get("t", {}).items())) == repr(sorted(model.items()))


@given(st.lists(STEPS, max_size=5))
def test_the_changes_of_a_view_lead_to_the_same(steps: list[tuple[str, int, str, Any]]) -> None:
    below, model = _below(), dict(_below())
    view = View(below)
    for step in steps:
        _do(step, view)
        _do(step, model)
    tables = {"t": below}
    apply(tables, frozen(view.changes("t"))[1])
    assert repr(sorted(tables.get("t", {}).items())) == repr(sorted(model.items()))
