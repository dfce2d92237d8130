"""Corrections: what is answered anew counts, and the whole stays as if it had been handed in so."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.correction import Amendment, changeable, corrected, part, party, wrong_in
from kiosk.domain.errand import Answers, Errand, Kind
from kiosk.domain.mistake import Mistake, Reason, mistakes
from kiosk.errands import ERRANDS
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.offer import offered
from kiosk.errands.sign_up import SIGN_UP
from tests.drivers.answering import valid_answers
from tests.drivers.published import CONTENT

NOW = CONTENT.published.replace(tzinfo=None)
FIRST: dict[str, Any] = {"workshop": "w-knit", "seats": {"adults": 2, "children": 0}, "name": "Ida"}
FIRST |= {"consent": True}


def anew(errand: Errand, root: str, answers: Answers) -> Amendment:
    """Answer *root* and what hangs on it from *answers*."""
    piece = part(errand, [root])
    return Amendment(tuple(each.name for each in piece.questions), piece.kept(answers))


def seats(adults: int, children: int = 0) -> Amendment:
    told: dict[str, Any] = {"seats": {"adults": adults, "children": children}}
    return anew(SIGN_UP, "seats", told | {"guardian": "Bo"})


@st.composite
def errands_and_corrections(draw: st.DrawFn) -> tuple[Errand, Answers, list[Amendment]]:
    """Generate an errand, its answers, and corrections that a form could make of it."""
    errand = draw(st.sampled_from([each for each in ERRANDS.values() if each.name != "join"]))
    answers = valid_answers(errand, CONTENT, NOW)
    roots = st.sampled_from([each.name for each in changeable(errand)])
    first = draw(answers)
    made = draw(st.lists(st.builds(anew, st.just(errand), roots, answers), max_size=4))
    return errand, first, made


@given(errands_and_corrections())
def test_what_was_corrected_could_have_been_handed_in_like_that(
    told: tuple[Errand, Answers, list[Amendment]],
) -> None:
    errand, first, made = told
    picks = offered(errand, CONTENT, NOW)
    read = list(corrected(errand, first, made))
    assert read[0] == first
    for correction, now in zip(made, read[1:], strict=True):
        assert wrong_in(errand, correction) == {}
        assert mistakes(errand, now, picks) == {}
    fixed = [each.name for each in errand.questions if each.kind is Kind.WORKSHOP]
    assert all(now.get(name) == first.get(name) for now in read for name in fixed)
    parties = [party(errand, now) for now in read]
    assert all(later <= before for before, later in pairwise(parties))


@given(errands_and_corrections())
def test_the_last_correction_of_a_question_counts_whatever_else_was_corrected(
    told: tuple[Errand, Answers, list[Amendment]],
) -> None:
    errand, first, made = told
    *_before, now = corrected(errand, first, made)
    crowd = {each.name for each in errand.questions if each.kind is Kind.SEATS}
    for root in {each.name for each in changeable(errand)} - crowd:
        last = [each for each in made if root in each.anew][-1:]
        assert now.get(root) == (last[0].answers if last else first).get(root)


def test_a_party_never_grows_and_keeps_its_grown_up() -> None:
    def ends(*made: Amendment) -> tuple[Any, Any]:
        *_before, now = corrected(SIGN_UP, FIRST, made)
        return now["seats"], now.get("guardian")

    assert ends(seats(1, 1)) == ({"adults": 1, "children": 1}, "Bo")
    assert ends(seats(1), seats(2)) == ({"adults": 1, "children": 0}, None)
    assert ends(seats(3)) == (FIRST["seats"], None)


def test_what_hangs_on_an_answer_is_answered_with_it() -> None:
    names = [each.name for each in part(FEEDBACK, ["wants_answer"]).questions]
    assert names == ["wants_answer", "contact"]
    assert "contact" not in {each.name for each in changeable(FEEDBACK)}


@pytest.mark.parametrize("name", ["workshop", "consent", "guardian", "nothing"])
def test_what_makes_it_another_errand_is_not_answered_anew(name: str) -> None:
    wrong = wrong_in(SIGN_UP, Amendment((name,), {}))
    assert wrong == {name: Mistake(Reason.UNKNOWN_QUESTION)}


def test_a_correction_is_judged_as_strictly_as_the_first_answer() -> None:
    def reason(name: str, answer: object) -> Reason:
        return wrong_in(SIGN_UP, Amendment((name,), {name: answer}))[name].reason

    assert reason("name", "19 900101-0017") is Reason.IDENTITY_NUMBER
    assert reason("name", "x" * 61) is Reason.TOO_LONG
    assert wrong_in(SIGN_UP, Amendment(("name",), {}))["name"].reason is Reason.REQUIRED


def test_an_errand_that_nobody_here_knows_is_corrected_name_by_name() -> None:
    made = [Amendment(("b", "c"), {"c": 3})]
    assert list(corrected(None, {"a": 1, "b": 2}, made)) == [{"a": 1, "b": 2}, {"a": 1, "c": 3}]
