"""Programme, receipt and following up: from a place in a workshop to the answer coming back."""

import threading
from datetime import UTC, datetime

import pytest

from kiosk import wire
from kiosk.desk import Desk
from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer, Receipt
from kiosk.errands.sign_up import SIGN_UP
from kiosk.i18n import LANGUAGES
from kiosk.problems import NO_ROOM, Trouble
from kiosk.seal import receipt_keys
from kiosk.sync.courier import Courier
from screens.followed import FollowedScreen
from screens.messages import OpenErrand
from screens.programme import Programme
from screens.widgets.tile import Tile
from tests.drivers.answering import full_answers
from tests.drivers.branch import Branch
from tests.drivers.played_central import Heard, PlayedCentral, Reply, good
from tests.drivers.visitor import Visitor, visiting

NEWS_AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


def answer(branch: Branch, receipt: Receipt, text: str) -> None:
    """Let the library's answer arrive with the next exchange."""
    (event,) = branch.events()
    locked = branch.locked_answer(event, Answer(text, NEWS_AT, "Karin"))
    locator = receipt_keys(receipt.code, branch.device.salt).locator
    told = NEWS_AT.isoformat()
    news = wire.ReceiptState(
        locator, State.ANSWERED.value, told, change=1, errand="feedback", answers=(locked,)
    )
    stored = wire.EventVerdict(event.id, wire.Verdict.STORED)
    branch.desk.ledger.settle(
        wire.InboxAnswer("b", "e", 1, 0, told, verdicts=[stored], states=[news])
    )


def full() -> None:
    """Say that the disk is full."""
    raise Trouble(NO_ROOM, path="kiosk.json", room=1)


async def follows(visitor: Visitor, code: str) -> None:
    await visitor.opens("follow-up")
    await visitor.writes(code)
    await visitor.touches("#look")
    await visitor.app.workers.wait_for_complete()
    await visitor.settles()


async def test_the_receipt_says_plainly_that_it_waits_for_a_connection(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff")
        receipt = await visitor.hands_in()
        assert visitor.sees(receipt.code_in_groups)
        assert visitor.sees("It is saved here. It is sent by itself when we have a connection.")
        assert visitor.sees("1 message waits to be sent")


async def test_the_answer_is_read_with_the_code(branch: Branch) -> None:
    receipt = branch.hand_in()
    answer(branch, receipt, "Vi har [b]värmt[/b] upp.")
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code.lower())
        assert visitor.sees("You have an answer.")
        assert visitor.sees("Vi har [b]värmt[/b] upp."), visitor.text
        assert visitor.sees("Karin")


async def test_she_writes_more_to_what_she_has_handed_in(branch: Branch) -> None:
    receipt = branch.hand_in()
    answer(branch, receipt, "Vi har värmt upp.")
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        await visitor.touches("#more")
        await visitor.answers(words="Men toaletten är kall.")
        await visitor.touches("#next")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert isinstance(visitor.app.screen, FollowedScreen)
        assert visitor.sees("What you added or changed is saved here.")
        assert visitor.sees("Vi har värmt upp."), "the answer stays"
    assert branch.events()[-1].type == wire.ADDED


async def test_she_answers_one_question_anew_and_the_rest_stays(branch: Branch) -> None:
    receipt = branch.hand_in()
    async with visiting(branch.desk, language="sv") as visitor:
        await follows(visitor, receipt.code)
        await visitor.touches("#correct")
        visitor.tile("wants_answer").press()
        await visitor.settles()
        await visitor.answers(wants_answer="yes", contact="070-111 22 33")
        await visitor.touches("#next")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert isinstance(visitor.app.screen, FollowedScreen)
    contents = branch.unsealed_change(branch.events()[-1])
    assert contents.answers == {"wants_answer": "yes", "contact": "070-111 22 33"}
    assert contents.anew == ("wants_answer", "contact")


async def test_an_answer_that_breaks_a_rule_is_told_at_its_question(branch: Branch) -> None:
    receipt = branch.hand_in()
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        await visitor.presses_in("#correct")
        visitor.tile("words").press()
        await visitor.settles()
        await visitor.writes("19 900101-0017")
        await visitor.presses_in("#next")
        assert visitor.sees("looks like")
    assert len(branch.events()) == 1


async def test_with_no_room_left_no_correction_is_begun(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = branch.hand_in()
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        await visitor.touches("#correct")
        monkeypatch.setattr(branch.desk, "check_room", full)
        visitor.tile("words").press()
        await visitor.settles()
        assert visitor.sees("This screen cannot save anything right now.")


async def test_on_the_day_she_says_that_she_is_here_and_before_it_reads_when(
    branch: Branch,
) -> None:
    content, now = branch.desk.content, branch.desk.now()
    here = [each for each in content.programme if each.branch == content.branch.key]
    workshop = next(each for each in here if each.sign_up and each.starts > now)
    answers = full_answers(SIGN_UP, content, now) | {"workshop": workshop.id}
    receipt = branch.hand_in(SIGN_UP, answers)
    seat = wire.Seat("confirmed", "in_order", 0, 3, workshop.id, NEWS_AT.isoformat())
    locator = receipt_keys(receipt.code, branch.device.salt).locator
    news = wire.ReceiptState(locator, "sent", NEWS_AT.isoformat(), change=1, seat=seat)
    stored = wire.EventVerdict(receipt.id, wire.Verdict.STORED)
    told = NEWS_AT.isoformat()
    branch.desk.ledger.settle(
        wire.InboxAnswer("b", "e", 1, 0, told, verdicts=[stored], states=[news])
    )
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        assert visitor.sees("Check in here with your code, from an hour before")
        assert not visitor.app.screen.query("#here")
    branch.world.later(seconds=(workshop.starts - branch.desk.now()).total_seconds() - 600)
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        await visitor.presses("0")
        await visitor.pilot.pause(0.2)
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.sees("You are checked in. Welcome!")
        assert not visitor.app.screen.query("#here")


async def test_a_scanned_address_is_understood_as_its_code(branch: Branch) -> None:
    receipt = branch.hand_in()
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.address.upper())
        assert visitor.sees("It is saved here. It has not been sent yet.")


async def test_a_mistyped_code_is_told_in_words(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await follows(visitor, "1234")
        assert visitor.sees("That is not quite right.")
        await visitor.writes("12345")
        assert not visitor.sees("That is not quite right.")


async def test_taking_back_asks_first_and_is_then_shown(branch: Branch) -> None:
    receipt = branch.hand_in()
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        await visitor.touches("#take-back")
        await visitor.touches("No, keep it")
        assert branch.desk.look_up(receipt.code).state is State.SAVED
        await visitor.touches("#take-back")
        await visitor.touches("Yes, take it back")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.sees("You have taken it back.")


async def test_erasing_everything_leaves_only_the_word(branch: Branch) -> None:
    receipt = branch.hand_in()
    async with visiting(branch.desk) as visitor:
        await follows(visitor, receipt.code)
        await visitor.touches("#erase")
        await visitor.touches("Yes, erase it")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert isinstance(visitor.app.screen, FollowedScreen)
        assert visitor.sees("Everything about it is erased.")
    assert branch.desk.look_up(receipt.code).state is State.ERASED


async def test_the_programme_is_filtered_by_branch(branch: Branch) -> None:
    async with visiting(branch.desk, size=(100, 45)) as visitor:
        await visitor.opens("programme")
        assert visitor.sees("Build a lamp")
        await visitor.touches("Kvarnby bibliotek")
        assert isinstance(visitor.app.screen, Programme)
        assert not visitor.sees("Build a lamp")


async def test_signing_up_from_the_programme_begins_after_the_choice(branch: Branch) -> None:
    async with visiting(branch.desk, size=(100, 45)) as visitor:
        await visitor.opens("programme")
        visitor.tile("build-a-lamp").press()
        await visitor.settles()
        assert visitor.sees("seats left")
        await visitor.touches("#sign-up")
        assert visitor.sees("How many are you?")
        assert visitor.form.draft.answers["workshop"] == "build-a-lamp"


async def test_a_long_list_is_turned_by_its_big_buttons(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await visitor.opens("programme")
        assert visitor.sees("IT for beginners")
        await visitor.pilot.click(".shelf-down")
        await visitor.settles()
        assert not visitor.sees("IT for beginners")
        await visitor.pilot.click(".shelf-up")
        await visitor.settles()
        assert visitor.sees("IT for beginners")


async def test_a_workshop_names_its_languages_in_the_visitors_own(desk: Desk) -> None:
    async with visiting(desk, size=(100, 45), language="fi") as visitor:
        await visitor.opens("programme")
        visitor.tile("build-a-lamp").press()
        await visitor.settles()
        assert visitor.sees("ruotsi ja englanti")
        assert visitor.sees("Kohderyhmä Perheet")


@pytest.mark.parametrize("language", list(LANGUAGES))
async def test_a_list_of_workshops_tells_the_seats_in_any_language(
    desk: Desk, language: str
) -> None:
    async with visiting(desk, language=language) as visitor:
        await visitor.begins()
        visitor.app._open_errand(OpenErrand(desk.errands["sign-up"]))
        await visitor.settles()
        for number in range(1, 1 + len(visitor.form.query(Tile))):
            tile = visitor.form.query_one(f"#pick-{number}", Tile)
            seats = tile.note.split(" · ")[1]
            assert seats in " ".join(str(tile.render()).split()), tile.render()


async def test_a_receipt_of_another_branch_is_asked_for_while_the_visitor_is_told(
    branch: Branch,
) -> None:
    central = PlayedCentral(branch.signing.secret)
    branch.move_to(central.url)
    code = "0000-0000-0000"
    locator = receipt_keys(code.replace("-", ""), branch.device.salt).locator
    may_answer = threading.Event()

    def slow(central: PlayedCentral, heard: Heard) -> Reply:
        may_answer.wait(10)
        return good(central, heard)

    central.plays = [slow]
    central.receipts[locator] = wire.ReceiptState(
        locator, "read", NEWS_AT.isoformat(), 1, "0198c0de-0000-7000-8000-00000000aaaa", "feedback"
    )
    branch.desk.courier = Courier(branch.exchange(), heartbeat_s=3600)
    async with visiting(branch.desk) as visitor:
        await visitor.opens("follow-up")
        await visitor.writes(code)
        await visitor.touches("#look")
        while not central.heard:
            await visitor.settles()
        await visitor.settles()
        assert visitor.sees("Asking the library")
        may_answer.set()
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.sees("Somebody at the library has read it"), visitor.text
    central.close()


async def test_without_contact_the_visitor_is_told_honestly(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await follows(visitor, "0000-0000-0000")
        assert visitor.sees("the library cannot be reached right now"), visitor.text
