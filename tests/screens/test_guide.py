"""Find the right help: three questions, a card, and whether it helped."""

import pytest

from kiosk.desk import Desk
from kiosk.domain.guide import LIBRARY
from screens.guide import GuideScreen
from screens.help_card import HelpCard, in_big_letters
from screens.home import Home
from screens.widgets.qr_code import QrCode
from tests.drivers.branch import Branch
from tests.drivers.visitor import Visitor, visiting
from tests.screens.test_counting import counted


async def asks_about_a_letter(visitor: Visitor, sender: str) -> None:
    await visitor.opens("guide")
    await visitor.touches("A letter")
    await visitor.presses_in(f"#pick-{place(visitor, sender)}")


def place(visitor: Visitor, value: str) -> int:
    return visitor.tile(value).number


async def test_a_letter_leads_to_the_office_that_sent_it(desk: Desk) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await asks_about_a_letter(visitor, "migrationsverket")
        assert isinstance(visitor.app.screen, HelpCard)
        assert visitor.sees("Migrationsverket")
        assert visitor.sees("We do not do this ourselves. This is who does.")
        assert visitor.sees("Phone: 0771-235 235")
        assert visitor.sees("Hours: Monday–Friday 9–15")
        assert visitor.sees("Last checked: March 2021")
        assert visitor.app.screen.query_one(QrCode).text == "https://www.migrationsverket.se"


async def test_a_number_from_a_page_without_a_date_says_so(desk: Desk) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await asks_about_a_letter(visitor, "skatteverket")
        assert visitor.sees("From a page without a date, read on 24 November 2026")


async def test_the_library_itself_is_a_card_with_its_own_phone_and_hours(desk: Desk) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await visitor.opens("guide")
        await visitor.presses_in(f"#pick-{place(visitor, 'device')}")
        await visitor.presses_in(f"#pick-{place(visitor, 'settings')}")
        assert isinstance(visitor.app.screen, GuideScreen)
        assert visitor.sees("Question 3 of 3")
        await visitor.presses_in(f"#pick-{place(visitor, LIBRARY)}")
        here = desk.content.branch
        assert visitor.sees(here.name)
        assert visitor.sees(f"Phone: {here.phone}")
        assert visitor.sees("Hours: Nobody works here right now.")
        assert not visitor.app.screen.query(QrCode)


async def test_whether_it_helped_is_counted_once_and_nobody_sees_who(
    branch: Branch, desk: Desk
) -> None:
    async with visiting(desk) as visitor:
        await asks_about_a_letter(visitor, "csn")
        await visitor.touches("#solved")
        assert visitor.sees("Thank you. Nobody sees who answered.")
        await visitor.touches("#language-fi")
        assert not visitor.app.screen.query("#solved")
        await visitor.app.start_over()
    assert counted(branch) == {
        "guide letter/csn/csn en": 1,
        "solved letter/csn/csn en": 1,
        "visit fi": 1,
    }


async def test_that_it_did_not_help_is_counted_too(branch: Branch, desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await asks_about_a_letter(visitor, "bank")
        await visitor.touches("#unsolved")
        await visitor.app.start_over()
    assert counted(branch)["unsolved letter/bank/bank en"] == 1


async def test_it_works_by_digits_alone_also_of_two_digits(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("guide")
        await visitor.presses("1", "4")
        assert visitor.sees("What is it about?")
        await visitor.presses("2")
        assert isinstance(visitor.app.screen, HelpCard)
        assert visitor.sees("Polisen")


async def test_it_works_by_tab_and_enter_alone_and_escape_goes_back(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("guide")
        await visitor.presses("tab", "tab", "enter")
        assert visitor.sees("What do you want to do?")
        await visitor.presses("enter")
        assert isinstance(visitor.app.screen, HelpCard)
        await visitor.presses("escape", "escape", "escape")
        assert isinstance(visitor.app.screen, Home)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 45)])
async def test_every_size_shows_the_phone_and_the_way_back(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with visiting(desk, size=size) as visitor:
        await asks_about_a_letter(visitor, "forsakringskassan")
        assert visitor.sees("Phone: 0771-524 524")
        await visitor.touches("#back")
        await visitor.touches("#back")
        await visitor.touches("#back")
        assert isinstance(visitor.app.screen, Home)


@pytest.mark.parametrize(
    ("phone", "lines"),
    [
        ("0771-524 524", ["0771", "524 524"]),
        ("70 20 00 00", ["70 20", "00 00"]),
        ("1177", ["1177"]),
        ("08-465-004 01", []),
        ("0123-45 67", ["0123", "45 67"]),
        ("+46 771 524 524", []),
        ("010-12 34 56 (växel)", []),
        ("012345678901", []),
    ],
)
def test_a_number_that_is_too_long_or_odd_is_only_written_small(
    phone: str, lines: list[str]
) -> None:
    assert in_big_letters(phone) == lines
