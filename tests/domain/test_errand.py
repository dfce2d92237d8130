"""Errands: which questions are asked, and which answers are kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question, blank, stands_for
from kiosk.domain.text import clean, clean_line
from tests.drivers.nasty import nasty_text

LINKS = 5
CHAIN = Errand(
    name="chain",
    title="Chain",
    blurb="Each question waits for a yes to the one before.",
    thanks="Thanks.",
    questions=tuple(
        Question(
            f"q{n}",
            Kind.CHOICE,
            "?",
            choices=(Choice("yes", "Yes"), Choice("no", "No")),
            only_if=OnlyIf(f"q{n - 1}", ("yes",)) if n else None,
        )
        for n in range(LINKS)
    ),
)


@given(
    st.dictionaries(
        st.sampled_from([question.name for question in CHAIN.questions]),
        st.sampled_from(["yes", "no", "", None]),
    )
)
def test_a_chain_of_conditions_stops_at_the_first_that_is_not_met(answers: dict[str, Any]) -> None:
    asked = [question.name for question in CHAIN.asked(answers)]
    yes = next((n for n in range(LINKS) if answers.get(f"q{n}") != "yes"), LINKS)
    assert asked == [f"q{n}" for n in range(min(yes + 1, LINKS))]


@given(
    st.dictionaries(
        st.sampled_from([question.name for question in CHAIN.questions]),
        st.sampled_from(["yes", "no", "", " ", None]),
    )
)
def test_only_answers_to_asked_questions_are_kept_and_keeping_twice_changes_nothing(
    answers: dict[str, Any],
) -> None:
    kept = CHAIN.kept(answers)
    assert kept.items() <= answers.items()
    assert kept.keys() <= {question.name for question in CHAIN.asked(answers)}
    assert not any(blank(answer) for answer in kept.values())
    assert CHAIN.kept(kept) == kept
    assert CHAIN.asked(kept) == CHAIN.asked(answers)


def test_an_answer_left_behind_by_a_changed_mind_opens_nothing() -> None:
    asked = CHAIN.asked({"q0": "no", "q1": "yes", "q2": "yes"})
    assert [question.name for question in asked] == ["q0"]


def test_a_question_is_found_by_its_name() -> None:
    assert CHAIN.question("q3") is CHAIN.questions[3]
    assert CHAIN.question("q9") is None


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        (True, {"true"}),
        (False, set()),
        ("yes", {"yes"}),
        (4, {"4"}),
        (["a", "b"], {"a", "b"}),
        ({"adults": 2, "children": 0}, {"adults"}),
        (None, set()),
        (2.5, set()),
        ([["a"], 1, None], set()),
    ],
)
def test_a_condition_sees_what_an_answer_stands_for(answer: object, stands: set[str]) -> None:
    assert stands_for(answer) == stands


def test_a_question_has_its_own_limit_or_that_of_its_kind() -> None:
    assert Question("q", Kind.TEXT, "?", limit=60).most == 60
    assert Question("q", Kind.TEXT, "?").most == 120
    assert Question("q", Kind.CHOICE, "?").most == 0


@given(nasty_text().map("x".__add__))
def test_every_answer_of_a_visitor_is_text_and_one_line_is_one(text: str) -> None:
    """Typed, scanned or pasted, in a list or under a name: what is kept is clean."""
    errand = Errand(
        "e",
        "t",
        "b",
        (Question("line", Kind.TEXT, "?"), Question("words", Kind.LONG_TEXT, "?")),
        "",
    )
    read = errand.cleaned({"line": text, "words": text, text: [text, 5, None], "n": {text: 5}})
    assert read["line"] == clean_line(text)
    assert read["words"] == clean(text)
    assert read[text] == [clean(text), 5, None]
    assert read["n"] == {clean(text): 5}
