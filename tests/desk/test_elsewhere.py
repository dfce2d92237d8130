"""A receipt handed in at another branch: asked of central, and kept nowhere here."""

from collections.abc import Iterator

import pytest

from kiosk import seal, wire
from kiosk.domain.guessing import MOST_WRONG, slowed_s
from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer
from kiosk.problems import (
    CANNOT_ASK,
    CANNOT_WITHDRAW,
    TOO_MANY_GUESSES,
    UNKNOWN_CODE,
    Problem,
    Trouble,
)
from kiosk.sync.courier import Courier
from tests.drivers.branch import Branch
from tests.drivers.played_central import (
    Heard,
    PlayedCentral,
    Reply,
    good,
    html,
    refusing,
)
from tests.drivers.world import BEGINNING

CODE = "000000000000"
EVENT = "0198c0de-0000-7000-8000-00000000aaaa"


@pytest.fixture
def central(branch: Branch) -> Iterator[PlayedCentral]:
    central = PlayedCentral(branch.signing.secret)
    branch.move_to(central.url)
    branch.desk.courier = Courier(branch.exchange(), heartbeat_s=3600)
    yield central
    central.close()


@pytest.fixture
def keys(branch: Branch) -> seal.ReceiptKeys:
    return seal.receipt_keys(CODE, branch.device.salt)


def handed_in_elsewhere(
    central: PlayedCentral, keys: seal.ReceiptKeys, state: str = "answered"
) -> None:
    """Let central know a receipt of another branch, with an answer."""
    locked = seal.lock(keys.key, wire.encode(Answer("Välkommen!", BEGINNING, "Karin")))
    central.receipts[keys.locator] = wire.ReceiptState(
        keys.locator, state, BEGINNING.isoformat(), 7, EVENT, "feedback", (locked,)
    )


def refused(branch: Branch) -> Problem:
    """Look the code up in vain, and return why."""
    with pytest.raises(Trouble) as caught:
        branch.desk.look_up(CODE)
    return caught.value.problem


def test_its_state_and_answer_are_shown_and_nothing_is_kept(
    branch: Branch, central: PlayedCentral, keys: seal.ReceiptKeys
) -> None:
    handed_in_elsewhere(central, keys)
    before, asked = branch.bytes_on_disk(), []
    found = branch.desk.look_up(CODE, lambda: asked.append(True))
    assert (found.errand, found.state, asked) == ("feedback", State.ANSWERED, [True])
    assert [each.text for each in found.answers] == ["Välkommen!"]
    assert branch.bytes_on_disk() == before
    assert branch.desk.ledger.note(keys.locator) is None


def test_a_receipt_of_this_branch_is_told_without_asking(
    branch: Branch, central: PlayedCentral
) -> None:
    receipt, asked = branch.hand_in(), []
    assert branch.desk.look_up(receipt.code, lambda: asked.append(True)).state is State.SAVED
    assert asked == []
    assert central.heard == []


@pytest.mark.parametrize(
    ("erase", "kind", "state"),
    [(False, wire.WITHDRAWN, State.WITHDRAWN), (True, wire.ERASED, State.ERASED)],
)
def test_it_can_be_taken_back_or_erased_from_here(
    branch: Branch,
    central: PlayedCentral,
    keys: seal.ReceiptKeys,
    erase: bool,
    kind: str,
    state: State,
) -> None:
    handed_in_elsewhere(central, keys, "read")
    left = branch.desk.withdraw(CODE, erase=erase)
    assert left.state is state
    assert bool(left.answers) is not erase
    (event,) = branch.events()
    assert (event.type, event.about) == (kind, EVENT)
    changed = wire.decode(bytes(event.payload), wire.Changed)
    assert changed.locator == keys.locator
    assert seal.proves(keys.key, wire.changed_text(kind, EVENT), changed.proof)
    assert branch.desk.ledger.note(keys.locator) is None


def test_what_is_erased_already_cannot_be_taken_back_again(
    branch: Branch, central: PlayedCentral, keys: seal.ReceiptKeys
) -> None:
    handed_in_elsewhere(central, keys, "erased")
    assert branch.desk.look_up(CODE).answers == ()
    with pytest.raises(Trouble) as caught:
        branch.desk.withdraw(CODE, erase=True)
    assert caught.value.problem is CANNOT_WITHDRAW
    assert branch.events() == []


def test_a_state_from_a_newer_central_is_at_least_sent(
    branch: Branch, central: PlayedCentral, keys: seal.ReceiptKeys
) -> None:
    handed_in_elsewhere(central, keys, "framed")
    assert branch.desk.look_up(CODE).state is State.SENT


def test_a_code_of_nobodys_is_counted_as_a_guess(branch: Branch, central: PlayedCentral) -> None:
    assert [refused(branch) for _ in range(MOST_WRONG)] == [UNKNOWN_CODE] * MOST_WRONG
    began = branch.world.now()
    assert refused(branch) is UNKNOWN_CODE
    assert (branch.world.now() - began).total_seconds() == slowed_s(MOST_WRONG)


def another_receipt(central: PlayedCentral, heard: Heard) -> Reply:
    """Tell of a receipt that was not asked for."""
    told = wire.ReceiptState("f" * 32, "read", BEGINNING.isoformat(), 1, EVENT, "feedback")
    return central.signed(wire.encode(told), _asked(heard))


def no_time(central: PlayedCentral, heard: Heard) -> Reply:
    """Tell of a state without saying when."""
    path = _asked(heard)
    told = wire.ReceiptState(path[-32:], "read", "soon", 1, EVENT, "feedback")
    return central.signed(wire.encode(told), path)


def _asked(heard: Heard) -> str:
    return heard.path.partition("?")[0]


@pytest.mark.parametrize(
    ("play", "problem"),
    [
        (refusing(429, "too_many"), TOO_MANY_GUESSES),
        (refusing(503, "busy"), CANNOT_ASK),
        (refusing(403, "revoked"), CANNOT_ASK),
        (html, CANNOT_ASK),
        (another_receipt, CANNOT_ASK),
        (no_time, CANNOT_ASK),
    ],
)
def test_whatever_else_answers_nothing_is_shown(
    branch: Branch, central: PlayedCentral, play: object, problem: Problem
) -> None:
    central.plays = [play]  # type: ignore[list-item]
    assert refused(branch) is problem
    central.plays = [good]
    assert refused(branch) is UNKNOWN_CODE


def test_without_contact_it_is_said_honestly(branch: Branch) -> None:
    assert refused(branch) is CANNOT_ASK
    branch.desk.courier = Courier(branch.exchange(), heartbeat_s=3600)
    assert refused(branch) is CANNOT_ASK
