"""Correcting what was handed in, by the code on the receipt."""

import base64
from typing import Any

import pytest

from kiosk import seal, wire
from kiosk.desk import ErrandRefused, correct, correctable
from kiosk.domain.mistake import Reason
from kiosk.domain.receipt import State
from kiosk.domain.submission import FollowUp
from kiosk.errands.sign_up import SIGN_UP
from kiosk.errands.volunteer import VOLUNTEER
from kiosk.problems import CANNOT_WITHDRAW, TOO_LATE, Trouble
from kiosk.wire import EventVerdict, Verdict
from tests.desk.conftest import settle
from tests.drivers.answering import full_answers
from tests.drivers.branch import Branch

PARTY: dict[str, Any] = {"workshop": "w-knit", "seats": {"adults": 2, "children": 1}, "name": "Ida"}
PARTY |= {"guardian": "Ida", "consent": True}


def corrections(branch: Branch) -> list[wire.Contents]:
    """Open every correction that waits, with central's key."""
    made = [each for each in branch.events() if each.type == wire.CORRECTED]
    return [branch.unsealed_change(each) for each in made]


def test_a_wrong_number_is_put_right_sealed_and_with_the_proof_of_her_receipt(
    branch: Branch,
) -> None:
    answers = full_answers(VOLUNTEER, branch.desk.content, branch.desk.now())
    receipt = branch.hand_in(VOLUNTEER, answers)
    found = branch.desk.look_up(receipt.code)
    names = [each.name for each in correctable(branch.desk, found)]
    assert names == ["skills", "languages", "footing", "times", "age", "name", "contact"]
    told = correct(branch.desk, receipt.code, "contact", {"contact": "070-111 22 33"}, "sv")
    assert told.state is State.SAVED
    (contents,) = corrections(branch)
    assert (contents.answers, contents.anew) == ({"contact": "070-111 22 33"}, ("contact",))
    event = branch.events()[-1]
    payload = wire.decode(bytes(event.payload), wire.Changed)
    text = wire.changed_text(wire.CORRECTED, receipt.id, payload.sealed)
    assert seal.proves(seal.receipt_keys(receipt.code, branch.device.salt).key, text, payload.proof)
    assert b"070-111" not in branch.bytes_on_disk()


def test_what_no_longer_follows_from_an_answer_goes_with_it(branch: Branch) -> None:
    receipt = branch.hand_in()
    answers = {"wants_answer": "no", "contact": "siri@example.org"}
    correct(branch.desk, receipt.code, "wants_answer", answers, "sv")
    (contents,) = corrections(branch)
    assert contents.answers == {"wants_answer": "no"}
    assert contents.anew == ("wants_answer", "contact")


@pytest.mark.parametrize(
    ("root", "answers", "reason"),
    [
        ("words", {"words": "19 900101-0017"}, Reason.IDENTITY_NUMBER),
        ("words", {"words": "x" * 2001}, Reason.TOO_LONG),
        ("about", {}, Reason.REQUIRED),
        ("contact", {"contact": "siri@example.org"}, Reason.UNKNOWN_QUESTION),
        ("nothing", {}, Reason.UNKNOWN_QUESTION),
    ],
)
def test_what_the_errand_would_not_take_is_refused_here_too(
    branch: Branch, root: str, answers: dict[str, Any], reason: Reason
) -> None:
    receipt = branch.hand_in()
    with pytest.raises(ErrandRefused) as caught:
        correct(branch.desk, receipt.code, root, answers, "sv")
    assert caught.value.mistakes[root].reason is reason
    assert len(branch.events()) == 1


def test_a_party_can_become_smaller_and_never_larger(branch: Branch) -> None:
    receipt = branch.hand_in(SIGN_UP, PARTY)
    told = correct(branch.desk, receipt.code, "seats", {"seats": {"adults": 2}}, "sv")
    assert told.seat
    assert told.seat.seats == 2
    with pytest.raises(ErrandRefused) as caught:
        correct(branch.desk, receipt.code, "seats", {"seats": {"adults": 3}}, "sv")
    assert caught.value.mistakes["seats"].limit == 2


def test_what_is_over_is_not_changed_any_more(branch: Branch) -> None:
    receipt = branch.hand_in(SIGN_UP, PARTY)
    branch.world.later(days=8)
    assert correctable(branch.desk, branch.desk.look_up(receipt.code)) == []
    with pytest.raises(Trouble) as caught:
        correct(branch.desk, receipt.code, "name", {"name": "Eva"}, "sv")
    assert caught.value.problem is TOO_LATE


@pytest.mark.parametrize("erase", [True, False])
def test_nothing_is_corrected_of_what_is_gone(branch: Branch, erase: bool) -> None:
    receipt = branch.hand_in()
    gone = branch.desk.withdraw(receipt.code, erase=erase)
    assert correctable(branch.desk, gone) == []
    with pytest.raises(Trouble) as caught:
        correct(branch.desk, receipt.code, "about", {"about": "hours"}, "sv")
    assert caught.value.problem is CANNOT_WITHDRAW


def test_questions_that_staff_wrote_are_not_answered_anew(branch: Branch) -> None:
    assert correctable(branch.desk, FollowUp("questions", State.SENT, ())) == []


@pytest.mark.parametrize("refused", [True, False])
def test_erasing_takes_along_what_was_corrected(branch: Branch, refused: bool) -> None:
    receipt = branch.hand_in()
    correct(branch.desk, receipt.code, "words", {"words": "Hunden är underbar"}, "sv")
    event = branch.events()[-1]
    sealed = wire.decode(bytes(event.payload), wire.Changed).sealed
    if refused:
        settle(branch, verdicts=[EventVerdict(event.id, Verdict.REFUSED, "too_large")])
    branch.desk.withdraw(receipt.code, erase=True)
    branch.close()
    assert base64.b64encode(sealed) not in branch.bytes_on_disk()
