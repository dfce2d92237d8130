"""Looking up, taking back and erasing, by the code on the receipt."""

import base64
import contextlib
from collections import namedtuple
from datetime import datetime

import pytest

from kiosk import seal, wire
from kiosk.domain.guessing import LONGEST_S, MOST_WRONG, WINDOW_S, slowed_s
from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer
from kiosk.problems import CANNOT_ASK, CANNOT_WITHDRAW, MISTYPED_CODE, Trouble
from kiosk.wire import EventVerdict, ReceiptState, Verdict
from tests.desk.conftest import settle
from tests.drivers.branch import Branch
from tests.drivers.world import BEGINNING

NOW = datetime.fromisoformat("2026-11-26T10:30")
Room = namedtuple("Room", "total used free")


@pytest.mark.parametrize("typed", ["", "7F3K", "0000-0000-0001", "å" * 12, "\ud800" * 12])
def test_a_mistyped_code_is_told_before_any_look_up(branch: Branch, typed: str) -> None:
    for ask in (branch.desk.look_up, branch.desk.withdraw):
        with pytest.raises(Trouble) as caught:
            ask(typed)
        assert caught.value.problem is MISTYPED_CODE


def test_an_unknown_code_finds_nothing(branch: Branch) -> None:
    branch.hand_in()
    for ask in (branch.desk.look_up, branch.desk.withdraw):
        with pytest.raises(Trouble) as caught:
            ask("0000-0000-0000")
        assert caught.value.problem is CANNOT_ASK
    assert len(branch.events()) == 1


def test_what_is_taken_back_is_told_to_central_with_the_proof_of_the_receipt(
    branch: Branch,
) -> None:
    receipt = branch.hand_in()
    branch.world.later(hours=1)
    assert branch.desk.withdraw(receipt.code).state is State.WITHDRAWN
    submitted, withdrawn = branch.events()
    assert (withdrawn.type, withdrawn.about) == (wire.WITHDRAWN, submitted.id)
    locator = seal.receipt_keys(receipt.code, branch.device.salt).locator
    assert wire.decode(bytes(withdrawn.payload), wire.Changed).locator == locator
    assert [step.state for step in branch.desk.look_up(receipt.code).history] == [
        State.SAVED,
        State.WITHDRAWN,
    ]


def test_what_is_erased_leaves_only_the_word_here(branch: Branch) -> None:
    receipt = branch.hand_in()
    sealed = wire.decode(bytes(branch.events()[0].payload), wire.Handed).sealed
    assert branch.desk.withdraw(receipt.code, erase=True).state is State.ERASED
    (erased,) = branch.events()
    assert (erased.type, erased.about) == (wire.ERASED, receipt.id)
    branch.desk.ledger.tidy()
    assert base64.b64encode(sealed) not in branch.bytes_on_disk()
    assert [step.state for step in branch.desk.look_up(receipt.code).history] == [State.ERASED]


@pytest.mark.parametrize(
    ("before", "then", "allowed"),
    [
        ([], "withdraw", True),
        ([], "erase", True),
        (["withdraw"], "withdraw", False),
        (["withdraw"], "erase", True),
        (["erase"], "erase", False),
        (["erase"], "withdraw", False),
        (["withdraw", "erase"], "withdraw", False),
    ],
)
def test_taking_back_and_erasing_in_every_order(
    branch: Branch, before: list[str], then: str, allowed: bool
) -> None:
    receipt = branch.hand_in()
    for each in before:
        branch.desk.withdraw(receipt.code, erase=each == "erase")
    events = branch.events()
    if allowed:
        branch.desk.withdraw(receipt.code, erase=then == "erase")
        return
    with pytest.raises(Trouble) as caught:
        branch.desk.withdraw(receipt.code, erase=then == "erase")
    assert caught.value.problem is CANNOT_WITHDRAW
    assert branch.events() == events


def test_erasing_after_central_refused_it_leaves_no_sealed_copy(branch: Branch) -> None:
    receipt = branch.hand_in()
    sealed = wire.decode(bytes(branch.events()[0].payload), wire.Handed).sealed
    settle(branch, verdicts=[EventVerdict(receipt.id, Verdict.REFUSED, "too_large")])
    status = branch.desk.status()
    assert (status.pending, status.unsafe) == (0, 1)
    assert [fault["code"] for fault in status.faults] == ["S08"]
    branch.desk.withdraw(receipt.code, erase=True)
    branch.close()
    assert base64.b64encode(sealed) not in branch.bytes_on_disk()


def test_the_librarys_answer_opens_with_the_code_and_with_nothing_else(branch: Branch) -> None:
    receipt = branch.hand_in()
    (event,) = branch.events()
    locked = branch.locked_answer(event, Answer("Tack, katten heter Maj.", BEGINNING, "Maj"))
    keys = seal.receipt_keys(receipt.code, branch.device.salt)
    foreign = seal.lock(b"x" * 32, b"{}")
    odd = seal.lock(keys.key, b"not an answer")
    told = ReceiptState(
        keys.locator, "answered", "2026-11-27T10:00:00+00:00", 7, answers=(foreign, locked, odd)
    )
    settle(branch, verdicts=[EventVerdict(receipt.id, Verdict.STORED)], states=[told])
    found = branch.desk.look_up(receipt.code)
    assert found.state is State.ANSWERED
    assert [(each.text, each.signed) for each in found.answers] == [
        ("Tack, katten heter Maj.", "Maj")
    ]
    assert b"katten" not in branch.bytes_on_disk()


def test_guessing_is_slowed_down_also_after_a_restart_and_a_right_code_is_never_refused(
    branch: Branch,
) -> None:
    code = branch.hand_in().code

    def takes(typed: str) -> float:
        began = branch.world.now()
        with contextlib.suppress(Trouble):
            assert branch.desk.look_up(typed).state is State.SAVED
        return (branch.world.now() - began).total_seconds()

    assert [takes("0000-0000-0000") for _ in range(MOST_WRONG)] == [0.0] * MOST_WRONG
    branch.close()
    slower = [takes("0000-0000-0000") for _ in range(40)]
    assert slower == pytest.approx([slowed_s(MOST_WRONG + number) for number in range(40)])
    assert branch.desk.look_up(code).state is State.SAVED
    assert takes(code) == LONGEST_S, "for the next visitor it is a moment longer, and no more"
    branch.world.later(seconds=WINDOW_S + 1)
    assert takes(code) == 0.0


def test_slips_of_the_finger_and_right_codes_are_no_guesses(branch: Branch) -> None:
    code = branch.hand_in().code
    for _ in range(MOST_WRONG + 1):
        with pytest.raises(Trouble, match="is not a receipt code"):
            branch.desk.look_up("0000-0000-0001")
        assert branch.desk.look_up(code).state is State.SAVED
