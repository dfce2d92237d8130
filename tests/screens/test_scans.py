"""A scanner is a keyboard: what it types is one code, whatever stood there and wherever one is."""

import pytest
from textual.widgets import Input

from screens.followed import FollowedScreen
from tests.drivers.branch import PRAISE, Branch
from tests.drivers.hands import hits
from tests.drivers.visitor import Visitor, visiting
from tests.screens.test_intent import Opening, at_question

MILLISECOND = 0.001


async def scans(visitor: Visitor, typed: str, end: str = "enter", gap_s: float = 0.008) -> None:
    """Scan a receipt, from a while after what was pressed last."""
    keys = [*typed, *([end] if end else [])]
    await hits(visitor, keys, *(place * gap_s for place in range(len(keys))))
    await visitor.pilot.pause(0.3)
    await visitor.app.workers.wait_for_complete()
    await visitor.settles()


async def at_the_line(visitor: Visitor) -> None:
    await visitor.begins()
    visitor.button("#do-follow-up").press()
    await visitor.settles()


@pytest.mark.parametrize("end", ["enter", "tab"])
@pytest.mark.parametrize("before", ["FEL1FEL2FEL3", "123"])
async def test_a_scan_takes_the_place_of_what_stands_there(
    branch: Branch, before: str, end: str
) -> None:
    code = branch.hand_in().code
    async with visiting(branch.desk) as visitor:
        await at_the_line(visitor)
        await visitor.presses(*before, "enter")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.sees("▲"), "that was no code"
        await scans(visitor, f"]Q1HTTPSÖ--BIBLIOTEK.EXAMPLE.SE-r-{code}", end)
        assert visitor.sees("What has happened"), visitor.text


async def test_a_scan_after_a_look_up_is_the_next_receipt(branch: Branch) -> None:
    one, other = branch.hand_in(), branch.hand_in(answers=PRAISE | {"words": "Annat"})
    async with visiting(branch.desk) as visitor:
        await at_the_line(visitor)
        await scans(visitor, one.code)
        first = visitor.app.screen
        assert isinstance(first, FollowedScreen)
        for code in (f"3{other.code[1:]}", other.code):  # a digit first; a wrong one, a right one
            await scans(visitor, code)
            assert visitor.app.screen is not first
        assert isinstance(visitor.app.screen, FollowedScreen)
        assert visitor.app.screen._code == other.code
        assert {each.type for each in branch.events()} == {"feedback.submitted"}


async def test_a_digit_on_the_page_of_a_receipt_is_pressed_when_no_scan_follows(
    branch: Branch,
) -> None:
    code = branch.hand_in().code
    async with visiting(branch.desk) as visitor:
        await at_the_line(visitor)
        await scans(visitor, code, "")
        assert visitor.app.screen.query_one(Input).value == code, "nothing has ended it"
        await visitor.presses("enter")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        erase = visitor.button("#erase").digit
        await visitor.presses(str(erase))
        await visitor.pilot.pause(0.2)
        await visitor.settles()
        assert visitor.sees("Erase everything?")


async def test_what_a_hand_types_or_mends_stays(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await at_the_line(visitor)
        await scans(visitor, "ABCD1234EFGH", "", gap_s=70 * MILLISECOND)
        await scans(visitor, "5" * 20, "", gap_s=33 * MILLISECOND)
        assert visitor.app.screen.query_one(Input).value == "ABCD1234EFGH" + "5" * 20


@pytest.mark.parametrize(("slow", "stuck"), [(0, 12), (2, 9), (4, 8)])
@pytest.mark.parametrize("parted", [False, True])
async def test_what_is_typed_at_a_machine_that_is_stuck_stays(
    branch: Branch, slow: int, stuck: int, *, parted: bool
) -> None:
    receipt = branch.hand_in()
    code = receipt.code_in_groups if parted else receipt.code
    async with visiting(branch.desk) as visitor:
        await at_the_line(visitor)
        await scans(visitor, code[:slow], "", gap_s=200 * MILLISECOND)
        await scans(visitor, code[slow : slow + stuck], "", gap_s=0)
        await scans(visitor, code[slow + stuck :], "", gap_s=200 * MILLISECOND)
        assert visitor.app.screen.query_one(Input).value == code


async def at_rest_again(visitor: Visitor) -> None:
    assert len(visitor.app.screen_stack) == 1


async def at_home(visitor: Visitor) -> None:
    await visitor.begins()


async def in_a_room(visitor: Visitor) -> None:
    await visitor.begins()
    visitor.button("#do-board").press()
    await visitor.settles()


async def at_the_programme(visitor: Visitor) -> None:
    await visitor.begins()
    visitor.button("#do-programme").press()
    await visitor.settles()


ADDRESS = "HTTPS://BIBLIOTEK.EXAMPLE/R/"
ANYWHERE = [at_rest_again, at_home, in_a_room, at_the_programme]


def in_digits(branch: Branch) -> str:
    """Hand in until the code begins with two digits that press something."""
    while True:
        code = branch.hand_in().code
        if code[:2].isdecimal() and not set(code[:2]) & set("09"):
            return code


@pytest.mark.parametrize(("before", "end"), [("", "enter"), ("", ""), (ADDRESS, "tab")])
@pytest.mark.parametrize("place", ANYWHERE)
async def test_a_receipt_is_opened_wherever_it_is_scanned(
    branch: Branch, place: Opening, before: str, end: str
) -> None:
    code = in_digits(branch)
    known = len(branch.events())
    async with visiting(branch.desk) as visitor:
        await place(visitor)
        await scans(visitor, before + code, end)
        assert isinstance(visitor.app.screen, FollowedScreen), visitor.text
        assert visitor.app.screen._code == before + code
        assert len(branch.events()) == known


@pytest.mark.parametrize("question", ["mood", "about", ""])
async def test_a_scan_where_answers_would_be_lost_does_nothing(
    branch: Branch, question: str
) -> None:
    code = in_digits(branch)
    known = len(branch.events())
    async with visiting(branch.desk) as visitor:
        await visitor.begins()
        await at_question("feedback", question, about="hours", words="Hej")(visitor)
        await scans(visitor, code)
        assert visitor.form.draft.answers["about"] == "hours"
        assert visitor.form.counted_as == f"feedback/{question or 'review'}"
        assert len(branch.events()) == known


@pytest.mark.parametrize("gap_s", [0.06, 0.1, 0.2, 0.4])
async def test_a_hand_at_home_opens_no_receipt(branch: Branch, gap_s: float) -> None:
    code = in_digits(branch)
    async with visiting(branch.desk) as visitor:
        await at_home(visitor)
        await hits(visitor, [*code, "enter"], *(place * gap_s for place in range(len(code) + 1)))
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert not isinstance(visitor.app.screen, FollowedScreen)


@pytest.mark.parametrize("typed", ["28", "4", "a1"])
async def test_what_was_kept_back_for_a_scan_is_heard_when_none_comes(
    branch: Branch, typed: str
) -> None:
    async with visiting(branch.desk) as at_once, visiting(branch.desk) as slowly:
        for visitor, gap_s in ((at_once, 0.0), (slowly, 0.3)):
            await at_home(visitor)
            await hits(visitor, [*typed], *(place * gap_s for place in range(len(typed))))
        assert type(at_once.app.screen) is type(slowly.app.screen)
        assert at_once.text == slowly.text
