"""What a sign-up is for is known as long as its receipt is, whatever becomes of the content."""

from dataclasses import replace

from kiosk import places, wire
from kiosk.domain.workshop import Workshop
from kiosk.errands.sign_up import SIGN_UP
from kiosk.store.durable import write_durably
from tests.desk.test_correcting import PARTY
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT, KNITTING


def publish(branch: Branch, *programme: Workshop) -> None:
    """Let the kiosk start again with another programme."""
    branch.close()
    content = replace(CONTENT, programme=programme)
    write_durably(places.content(branch.home), wire.encode_content(content))


def test_the_receipt_tells_what_it_is_for(branch: Branch) -> None:
    assert branch.hand_in(SIGN_UP, PARTY).workshop == KNITTING
    assert branch.hand_in().workshop is None


def test_what_left_the_programme_is_told_as_she_was_shown_it(branch: Branch) -> None:
    code = branch.hand_in(SIGN_UP, PARTY).code
    publish(branch)
    told = branch.desk.look_up(code).workshop
    assert told == replace(KNITTING, about={})


def test_what_was_moved_is_told_as_it_is_now(branch: Branch) -> None:
    code = branch.hand_in(SIGN_UP, PARTY).code
    moved = replace(KNITTING, starts=KNITTING.starts.replace(hour=16))
    publish(branch, moved)
    assert branch.desk.look_up(code).workshop == moved


def test_nothing_is_known_any_more_of_what_she_has_erased(branch: Branch) -> None:
    code = branch.hand_in(SIGN_UP, PARTY).code
    branch.desk.withdraw(code)
    assert branch.desk.look_up(code).workshop == KNITTING
    branch.desk.withdraw(code, erase=True)
    assert branch.desk.look_up(code).workshop is None
