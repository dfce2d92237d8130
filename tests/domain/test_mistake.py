"""What is wrong with an answer: anything may be sent in, only mistakes come back."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.domain.mistake import Mistake, Reason, mistake_in, mistakes

CHOICES = (Choice("a", "A"), Choice("b", "B"))
EVERYTHING = Errand(
    name="everything",
    title="Everything",
    blurb="One question of each kind.",
    thanks="Thanks.",
    questions=(
        *(Question(kind.value, kind, "?", choices=CHOICES) for kind in Kind),
        Question("more", Kind.TEXT, "?", required=True, only_if=OnlyIf("choices", ("b",))),
    ),
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800")
json_like: st.SearchStrategy[Any] = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
near_misses: st.SearchStrategy[Any] = st.sampled_from(
    [
        {"adults": 1},
        {"adults": -1},
        {"adults": True},
        {"adults": "1"},
        {"accepted": True, "mine": 7},
        {"accepted": 1},
        {"accepted": True, "version": "4"},
        ["a", "a"],
        ["a", 1],
        [["a"]],
        10**400,
        1.0,
    ]
)


@given(
    st.dictionaries(
        st.sampled_from([q.name for q in EVERYTHING.questions]) | st.text(),
        json_like | near_misses,
    )
)
def test_whatever_is_answered_comes_back_as_mistakes_never_as_a_crash(
    answers: dict[str, Any],
) -> None:
    found = mistakes(EVERYTHING, answers, {})
    known = {question.name for question in EVERYTHING.questions}
    assert all(found[name].reason is Reason.UNKNOWN_QUESTION for name in answers.keys() - known)
    assert all(isinstance(each, Mistake) for each in found.values())


def test_nesting_as_deep_as_json_allows_is_only_a_mistake() -> None:
    deep = json.loads("[" * 900 + "]" * 900)
    found = mistakes(EVERYTHING, {"choices": deep, "seats": {"adults": deep}}, {})
    assert found["choices"].reason is Reason.WRONG_TYPE
    assert found["seats"].reason is Reason.WRONG_TYPE


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        (Kind.FACES, 0, Reason.TOO_FEW),
        (Kind.FACES, 6, Reason.TOO_MANY),
        (Kind.FACES, True, Reason.WRONG_TYPE),
        (Kind.FACES, 3, None),
        (Kind.NUMBER, "3", Reason.WRONG_TYPE),
        (Kind.NUMBER, 100, Reason.TOO_MANY),
        (Kind.CHOICE, "c", Reason.NOT_A_CHOICE),
        (Kind.CHOICE, ["a"], Reason.WRONG_TYPE),
        (Kind.CHOICE, "a", None),
        (Kind.CHOICES, "a", Reason.WRONG_TYPE),
        (Kind.CHOICES, ["a", "a"], Reason.NOT_A_CHOICE),
        (Kind.CHOICES, ["b", "c"], Reason.NOT_A_CHOICE),
        (Kind.CHOICES, ["b", "a"], None),
        (Kind.TEXT, "x" * 121, Reason.TOO_LONG),
        (Kind.TEXT, 5, Reason.WRONG_TYPE),
        (Kind.TEXT, "x" * 120, None),
        (Kind.LONG_TEXT, "x" * 2001, Reason.TOO_LONG),
        (Kind.LONG_TEXT, "åäö\n" * 500, None),
        (Kind.CONTACT, "siri@sommar", Reason.NOT_A_CONTACT),
        (Kind.CONTACT, "12345", Reason.NOT_A_CONTACT),
        (Kind.CONTACT, "siri@sommar.se and more", Reason.NOT_A_CONTACT),
        (Kind.CONTACT, 46701234567, Reason.WRONG_TYPE),
        (Kind.CONTACT, "x@y.se" + " " * 115, Reason.TOO_LONG),
        (Kind.CONTACT, " siri.sommar@bibliotek.example ", None),
        (Kind.CONTACT, "+46 (0)70-123 45 67", None),
        (Kind.CONSENT, False, Reason.NOT_ACCEPTED),
        (Kind.CONSENT, "true", Reason.WRONG_TYPE),
        (Kind.CONSENT, True, None),
        (Kind.SEATS, {"adults": 0, "children": 0}, Reason.TOO_FEW),
        (Kind.SEATS, {"adults": 4, "children": 3}, Reason.TOO_MANY),
        (Kind.SEATS, {"adults": -1, "children": 2}, Reason.WRONG_TYPE),
        (Kind.SEATS, {"dogs": 1}, Reason.WRONG_TYPE),
        (Kind.SEATS, 2, Reason.WRONG_TYPE),
        (Kind.SEATS, {"children": 6}, None),
        (Kind.AGREEMENT, {"accepted": False}, Reason.NOT_ACCEPTED),
        (Kind.AGREEMENT, {"mine": "Jag"}, Reason.NOT_ACCEPTED),
        (Kind.AGREEMENT, {"accepted": True, "theirs": ""}, Reason.WRONG_TYPE),
        (Kind.AGREEMENT, {"accepted": True, "mine": "x" * 1001}, Reason.TOO_LONG),
        (Kind.AGREEMENT, {"accepted": True, "version": "2"}, Reason.WRONG_TYPE),
        (Kind.AGREEMENT, "yes", Reason.WRONG_TYPE),
        (Kind.AGREEMENT, {"accepted": True, "mine": "Jag", "version": 2}, None),
        (Kind.TIMES, ["mon-night"], Reason.NOT_A_CHOICE),
        (Kind.TIMES, ["sun-evening"], None),
    ],
)
def test_each_kind_of_answer_is_checked(kind: Kind, answer: object, reason: Reason | None) -> None:
    found = mistake_in(Question("q", kind, "?", choices=CHOICES), answer)
    assert (found.reason if found else None) is reason


@pytest.mark.parametrize("nothing", [None, "", "  \n", [], {}])
def test_an_empty_answer_is_a_mistake_only_where_one_is_required(nothing: object) -> None:
    assert mistake_in(Question("q", Kind.TEXT, "?"), nothing) is None
    required = Question("q", Kind.TEXT, "?", required=True)
    assert mistake_in(required, nothing) == Mistake(Reason.REQUIRED)


def test_the_mistake_tells_which_limit_was_passed() -> None:
    own = Question("q", Kind.SEATS, "?", limit=2)
    assert mistake_in(own, {"adults": 3}) == Mistake(Reason.TOO_MANY, 2)
    assert mistake_in(Question("q", Kind.TEXT, "?"), "x" * 121) == Mistake(Reason.TOO_LONG, 120)


def test_what_content_offers_replaces_the_declared_choices() -> None:
    question = Question("q", Kind.WORKSHOP, "?")
    assert mistake_in(question, "w1", ["w1", "w2"]) is None
    assert mistake_in(question, "w3", ["w1", "w2"]) == Mistake(Reason.NOT_A_CHOICE)
    assert mistake_in(question, "w1") == Mistake(Reason.NOT_A_CHOICE)


def test_nothing_is_dropped_silently() -> None:
    found = mistakes(EVERYTHING, {"shoe_size": 42, "more": "left behind", "choices": ["a"]}, {})
    assert found == {
        "shoe_size": Mistake(Reason.UNKNOWN_QUESTION),
        "more": Mistake(Reason.NOT_ASKED),
    }
    assert mistakes(EVERYTHING, {"choices": ["b"]}, {}) == {"more": Mistake(Reason.REQUIRED)}
