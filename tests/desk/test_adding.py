"""Writing more to what was handed in, by the code on the receipt."""

import base64

import pytest

from kiosk import seal, wire
from kiosk.desk import ErrandRefused
from kiosk.domain.receipt import State
from kiosk.problems import CANNOT_WITHDRAW, Trouble
from kiosk.wire import EventVerdict, ReceiptState, Verdict
from tests.desk.conftest import settle
from tests.drivers.branch import Branch

WORDS = "Får katten heta Majken?"


def added(branch: Branch) -> wire.Changed:
    """Return what the last event says, which must be an addition."""
    event = branch.events()[-1]
    assert event.type == wire.ADDED
    return wire.decode(bytes(event.payload), wire.Changed)


def test_what_she_adds_waits_here_sealed_and_with_the_proof_of_her_receipt(branch: Branch) -> None:
    receipt = branch.hand_in()
    branch.world.later(hours=1)
    assert branch.desk.look_up(receipt.code).can_add
    assert branch.desk.add(receipt.code, WORDS, "sv").state is State.SAVED
    payload = added(branch)
    keys = seal.receipt_keys(receipt.code, branch.device.salt)
    text = wire.changed_text(wire.ADDED, receipt.id, payload.sealed)
    assert seal.proves(keys.key, text, payload.proof)
    assert not seal.proves(keys.key, wire.changed_text(wire.ADDED, receipt.id), payload.proof)
    assert WORDS.encode() not in branch.bytes_on_disk()


def test_an_answered_errand_waits_again_once_she_has_asked_back(branch: Branch) -> None:
    receipt = branch.hand_in()
    keys = seal.receipt_keys(receipt.code, branch.device.salt)
    told = ReceiptState(keys.locator, "answered", "2026-11-27T10:00:00+00:00", 7)
    settle(branch, verdicts=[EventVerdict(receipt.id, Verdict.STORED)], states=[told])
    assert branch.desk.add(receipt.code, WORDS, "sv").state is State.SAVED
    again = ReceiptState(keys.locator, "sent", "2026-11-27T10:05:00+00:00", 8)
    settle(branch, states=[again])
    assert [step.state for step in branch.desk.look_up(receipt.code).history] == [
        State.SAVED,
        State.SENT,
        State.ANSWERED,
        State.SAVED,
        State.SENT,
    ]


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001, "19 900101-0017"])
def test_words_that_no_errand_takes_are_refused_here_too(branch: Branch, words: str) -> None:
    receipt = branch.hand_in()
    with pytest.raises(ErrandRefused):
        branch.desk.add(receipt.code, words, "sv")
    assert len(branch.events()) == 1


@pytest.mark.parametrize("erase", [True, False])
def test_nothing_is_added_to_what_is_gone(branch: Branch, erase: bool) -> None:
    receipt = branch.hand_in()
    branch.desk.withdraw(receipt.code, erase=erase)
    with pytest.raises(Trouble) as caught:
        branch.desk.add(receipt.code, WORDS, "sv")
    assert caught.value.problem is CANNOT_WITHDRAW


@pytest.mark.parametrize("refused", [True, False])
def test_erasing_takes_along_what_was_added(branch: Branch, refused: bool) -> None:
    receipt = branch.hand_in()
    branch.desk.add(receipt.code, WORDS, "sv")
    event, sealed = branch.events()[-1].id, added(branch).sealed
    if refused:
        settle(branch, verdicts=[EventVerdict(event, Verdict.REFUSED, "too_large")])
    branch.desk.withdraw(receipt.code, erase=True)
    branch.close()
    assert base64.b64encode(sealed) not in branch.bytes_on_disk()


def test_what_central_has_erased_goes_with_what_was_added(branch: Branch) -> None:
    receipt = branch.hand_in()
    branch.desk.add(receipt.code, WORDS, "sv")
    judged = [EventVerdict(each.id, Verdict.STORED) for each in branch.events()]
    settle(branch, verdicts=judged, erase=[receipt.id])
    assert branch.events() == []
