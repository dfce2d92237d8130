"""Checking in on the day, by the code on the receipt, with no network."""

import pytest

from kiosk import wire
from kiosk.desk import check_in, why_not
from kiosk.domain.check_in import Hindrance
from kiosk.domain.seats import SeatStatus, Standing
from kiosk.domain.submission import FollowUp, Receipt
from kiosk.errands.sign_up import SIGN_UP
from kiosk.problems import CANNOT_CHECK_IN, CANNOT_WITHDRAW, Trouble
from kiosk.wire import EventVerdict, ReceiptState, Verdict
from tests.desk.conftest import settle
from tests.desk.test_correcting import PARTY
from tests.drivers.branch import Branch
from tests.drivers.published import KNITTING


def confirmed(branch: Branch) -> Receipt:
    """Sign somebody up, and let central give her the places."""
    receipt = branch.hand_in(SIGN_UP, PARTY)
    (event,) = branch.events()
    seat = wire.Seat("confirmed", "in_order", 0, 3, "w-knit", "2026-11-27T10:00:00+00:00")
    locator = wire.decode(bytes(event.payload), wire.Handed).locator
    told = ReceiptState(locator, "sent", "2026-11-27T10:00:00+00:00", 7, seat=seat)
    settle(branch, verdicts=[EventVerdict(receipt.id, Verdict.STORED)], states=[told])
    return receipt


def on_the_day(branch: Branch) -> None:
    """Let it be the hour before."""
    ahead = KNITTING.starts - branch.desk.now()
    branch.world.later(seconds=ahead.total_seconds() - 1800)


def test_she_checks_in_once_however_often_she_says_so(branch: Branch) -> None:
    receipt = confirmed(branch)
    on_the_day(branch)
    assert why_not(branch.desk, branch.desk.look_up(receipt.code)) is None
    for _ in range(2):
        told = check_in(branch.desk, receipt.code)
        assert told.came == (KNITTING.starts.date(),)
    (event,) = [each for each in branch.events() if each.type == wire.CHECKED_IN]
    assert event.about == receipt.id
    branch.close()
    assert branch.desk.look_up(receipt.code).came, "a restart remembers"


def test_at_the_wrong_time_nothing_is_noted(branch: Branch) -> None:
    receipt = confirmed(branch)
    before = len(branch.events())
    with pytest.raises(Trouble) as caught:
        check_in(branch.desk, receipt.code)
    assert caught.value.problem is CANNOT_CHECK_IN
    assert len(branch.events()) == before


@pytest.mark.parametrize("erase", [True, False])
def test_what_was_taken_back_or_erased_does_not_check_in(branch: Branch, erase: bool) -> None:
    receipt = confirmed(branch)
    on_the_day(branch)
    check_in(branch.desk, receipt.code)
    gone = branch.desk.withdraw(receipt.code, erase=erase)
    assert why_not(branch.desk, gone) is Hindrance.NO_PLACE
    with pytest.raises(Trouble) as caught:
        check_in(branch.desk, receipt.code)
    assert caught.value.problem in {CANNOT_CHECK_IN, CANNOT_WITHDRAW}
    if erase:
        assert wire.CHECKED_IN not in {each.type for each in branch.events()}


def test_at_another_branch_it_says_where(branch: Branch) -> None:
    found = FollowUp("sign-up", branch.desk.look_up(branch.hand_in().code).state, ())
    assert why_not(branch.desk, found) is Hindrance.NO_PLACE
    seat = SeatStatus(Standing.CONFIRMED, workshop="w-tablet")
    workshop = branch.desk.content.workshop("w-tablet")
    elsewhere = FollowUp("sign-up", found.state, (), seat=seat, workshop=workshop)
    assert why_not(branch.desk, elsewhere) is Hindrance.ELSEWHERE
