"""Answers to a questionnaire at the desk."""

import pytest

from kiosk.desk import ErrandRefused
from kiosk.errands.questions import as_errand
from tests.domain.test_questionnaire import GOOD
from tests.drivers.branch import Branch


def test_the_desk_keeps_beside_the_answers_which_version_was_asked(branch: Branch) -> None:
    receipt = branch.hand_in(as_errand(GOOD, "sv"), {"found": "no", "why": "Stängt"})
    (event,) = branch.events()
    assert event.type == "questions.submitted"
    assert branch.unsealed(event).answers == {
        "found": "no",
        "why": "Stängt",
        "questionnaire": "q-1",
        "version": 1,
    }
    assert branch.desk.look_up(receipt.code).errand == "questions"


def test_nobody_can_answer_for_another_questionnaire(branch: Branch) -> None:
    with pytest.raises(ErrandRefused):
        branch.hand_in(as_errand(GOOD, "sv"), {"found": "no", "questionnaire": "q-2"})
    assert branch.events() == []
