"""The contract of every errand: handed in at the desk, opened by central, told in words."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import wire
from kiosk.desk import ErrandRefused
from kiosk.domain.errand import Errand, Kind
from kiosk.domain.mistake import Reason, mistakes
from kiosk.domain.receipt import State
from kiosk.errands import ERRANDS
from kiosk.errands.offer import offered
from kiosk.errands.telling import told
from kiosk.i18n import phrases
from tests.drivers.answering import full_answers, valid_answers
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT
from tests.drivers.world import BEGINNING

NOW = BEGINNING.replace(tzinfo=None)
every_errand = pytest.mark.parametrize("errand", ERRANDS.values(), ids=list(ERRANDS))


@every_errand
@given(chance=st.data())
@settings(max_examples=60)
def test_generated_valid_answers_have_no_mistake(errand: Errand, chance: st.DataObject) -> None:
    answers = chance.draw(valid_answers(errand, CONTENT, NOW))
    assert mistakes(errand, answers, offered(errand, CONTENT, NOW)) == {}
    assert errand.kept(answers) == answers


@every_errand
@given(chance=st.data())
@settings(max_examples=4)
def test_generated_valid_answers_are_handed_in_and_opened_by_central(
    branch: Branch, errand: Errand, chance: st.DataObject
) -> None:
    answers = chance.draw(valid_answers(errand, CONTENT, NOW))
    branch.hand_in(errand, answers)
    kept = errand.kept(errand.cleaned(answers))
    assert unversioned(branch.unsealed(branch.events()[-1]).answers) == unversioned(kept)


@every_errand
def test_a_full_set_of_answers_reaches_central_whole(branch: Branch, errand: Errand) -> None:
    answers = full_answers(errand, CONTENT, NOW)
    receipt = branch.hand_in(errand, answers)
    (event,) = branch.events()
    opened = branch.unsealed(event).answers
    assert event.id == receipt.id
    assert event.type == errand.name + wire.SUBMITTED
    assert unversioned(opened) == answers
    assert branch.desk.look_up(receipt.code).state is State.SAVED
    lines = told(errand, opened, CONTENT, phrases("en"))
    assert [question for question, _ in lines] == list(errand.questions)
    assert all(words for _, words in lines)


@every_errand
def test_in_clear_stands_only_what_a_kiosk_must_know_offline(
    branch: Branch, errand: Errand
) -> None:
    answers = full_answers(errand, CONTENT, NOW)
    branch.hand_in(errand, answers)
    (event,) = branch.events()
    clear = msgspec.json.decode(event.payload)
    sealed, locator = clear.pop("sealed"), clear.pop("locator")
    assert sealed
    assert len(locator) == 32
    assert clear.pop("lease") in ("", wire.UNLIMITED)
    assert clear == {
        "errand": errand.name,
        "branch": "ekenas",
        "workshop": answers.get("workshop", ""),
        "seats": sum(answers.get("seats", {}).values()),
    }


@every_errand
def test_every_required_answer_that_is_missing_is_named(errand: Errand) -> None:
    answers = full_answers(errand, CONTENT, NOW)
    required = [question.name for question in errand.questions if question.required]
    assert required
    for name in required:
        left = {key: answer for key, answer in answers.items() if key != name}
        found = mistakes(errand, left, offered(errand, CONTENT, NOW))
        assert found[name].reason is Reason.REQUIRED


@every_errand
def test_an_unknown_question_is_refused_and_nothing_is_saved(
    branch: Branch, errand: Errand
) -> None:
    answers = full_answers(errand, CONTENT, NOW) | {"shoe_size": 42}
    with pytest.raises(ErrandRefused) as refused:
        branch.hand_in(errand, answers)
    assert {name: each.reason for name, each in refused.value.mistakes.items()} == {
        "shoe_size": Reason.UNKNOWN_QUESTION
    }
    assert branch.events() == []


@every_errand
@pytest.mark.parametrize("wrong", [-1, "\x1b[2J", [], {"x": 1}, True, ["no such choice"], 10**30])
def test_a_wrong_answer_to_any_question_is_a_mistake_or_fits_its_kind(
    errand: Errand, wrong: Any
) -> None:
    answers = full_answers(errand, CONTENT, NOW)
    for question in errand.questions:
        found = mistakes(errand, answers | {question.name: wrong}, offered(errand, CONTENT, NOW))
        writes = question.kind in {Kind.TEXT, Kind.LONG_TEXT} and isinstance(wrong, str)
        agrees = question.kind is Kind.CONSENT and wrong is True
        skips = wrong == [] and not question.required
        assert (question.name in found) is not (writes or agrees or skips)


def unversioned(answers: dict[str, Any]) -> dict[str, Any]:
    """Leave out the version of the terms, which the desk adds."""
    return {
        name: {k: v for k, v in answer.items() if k != "version"}
        if isinstance(answer, dict)
        else answer
        for name, answer in answers.items()
    }
