"""A scanner is a keyboard: what it types is one code, whatever stood there and wherever one is."""

import pytest
from textual.widgets import Input

from screens.followed import FollowedScreen
from tests.drivers.branch import PRAISE, Branch
from tests.drivers.hands import hits
from tests.drivers.visitor import Visitor, visiting

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
