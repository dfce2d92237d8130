"""A draft: an answer stands as long as what it was given for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errand import Errand, Kind, Question
from kiosk.domain.mistake import Mistake, Reason
from kiosk.errands import ERRANDS
from screens.draft import Draft
from tests.drivers.answering import full_answers
from tests.drivers.published import CONTENT
from tests.drivers.world import BEGINNING

NOW = BEGINNING.replace(tzinfo=None)
STANDING = [
    (errand, question, before)
    for errand in ERRANDS.values()
    for question in errand.questions
    for before in question.stands_on
]
"""Every question whose answer stands on another, with what it stands on."""


def reviewed(errand: Errand) -> Draft:
    """Answer everything, and stand before the review."""
    draft = Draft(errand)
    for name, answer in full_answers(errand, CONTENT, NOW).items():
        draft.answer(name, answer)
    draft.unsettled.clear()
    draft.go_to("")
    return draft


def test_what_is_agreed_or_counted_stands_on_what_it_is_about() -> None:
    told = {(errand.name, question.name, before) for errand, question, before in STANDING}
    assert {("volunteer", "agreement", "task"), ("sign-up", "seats", "workshop")} <= told
    for errand in ERRANDS.values():
        for place, question in enumerate(errand.questions):
            names = [each.name for each in errand.questions[:place]]
            assert set(question.stands_on) <= set(names), "it stands on what was asked before"
            if question.with_consent:
                consent = errand.question(question.with_consent)
                assert consent is not None
                assert question.name in consent.stands_on, "a yes to writing is to that address"


@pytest.mark.parametrize(
    ("errand", "question", "before"), STANDING, ids=lambda each: getattr(each, "name", each)
)
def test_an_answer_is_asked_anew_when_what_it_stands_on_has_changed(
    errand: Errand, question: Question, before: str
) -> None:
    draft = reviewed(errand)
    draft.go_to(before)
    draft.answer(before, draft.answers[before])
    draft.go_on()
    assert draft.question is None, "the same answer changes nothing"
    draft.go_to(before)
    draft.answer(before, "another")
    assert not _is_a_yes(question, draft.answers.get(question.name))
    draft.go_on()
    assert draft.at == question.name
    draft.answer(question.name, full_answers(errand, CONTENT, NOW)[question.name])
    draft.go_on()
    assert draft.question is None


@given(st.data())
def test_no_yes_outlives_what_it_was_said_to(data: st.DataObject) -> None:
    errand, question, before = data.draw(st.sampled_from(STANDING))
    draft = Draft(errand)
    said_to: Any = None
    for _ in range(data.draw(st.integers(1, 12))):
        if data.draw(st.booleans()):
            draft.answer(before, data.draw(st.sampled_from(["one", "two", None])))
        else:
            draft.answer(question.name, _yes(question))
            said_to = draft.answers.get(before)
        if _is_a_yes(question, draft.answers.get(question.name)):
            assert draft.answers.get(before) == said_to


def test_words_written_to_an_agreement_are_kept_for_the_other_task() -> None:
    draft = reviewed(ERRANDS["volunteer"])
    mine = draft.answers["agreement"]["mine"]
    draft.answer("task", "another")
    assert draft.answers["agreement"] == {"accepted": False, "mine": mine}


def test_terms_that_changed_meanwhile_are_shown_and_asked_anew() -> None:
    draft = reviewed(ERRANDS["volunteer"])
    draft.refuse({"agreement": Mistake(Reason.NOT_ACCEPTED), "name": Mistake(Reason.TOO_LONG, 60)})
    assert draft.at == "agreement"
    assert not draft.answers["agreement"]["accepted"]
    assert draft.answers["name"], "what she wrote stands, to be mended"


def _yes(question: Question) -> Any:
    return {"accepted": True, "mine": ""} if question.kind is Kind.AGREEMENT else True


def _is_a_yes(question: Question, answer: Any) -> bool:
    """Tell whether *answer* agrees to something; a number of places does not."""
    if question.kind is Kind.AGREEMENT:
        return bool(answer and answer["accepted"])
    return question.kind is Kind.CONSENT and answer is True
