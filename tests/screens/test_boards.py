"""The boards: what a visitor reads there, and what she says of an idea."""

from dataclasses import replace

import pytest

from kiosk import wire
from kiosk.desk import Desk
from kiosk.problems import CANNOT_WRITE, Trouble
from screens.postings import Postings
from screens.resting import Resting
from screens.widgets.tile import Tile
from tests.drivers.branch import Branch
from tests.drivers.visitor import Visitor, visiting

SEEDS = "seed-library"
"""A shipped idea that others can join."""


async def reads(visitor: Visitor, board: str, posting: str) -> None:
    """Open one thing on a board."""
    await visitor.opens(board)
    await visitor.presses_in(f"#entry-{number_of(visitor, posting)}")


def number_of(visitor: Visitor, value: str) -> int:
    """Return the digit on a tile."""
    return next(each.number for each in visitor.app.screen.query(Tile) if each.value == value)


def said(branch: Branch) -> list[str]:
    """List the ideas of which somebody has said "me too"."""
    return [each.about for each in branch.events() if each.type == wire.SUPPORTED]


async def says_me_too(visitor: Visitor) -> None:
    await visitor.touches("#me-too")
    await visitor.app.workers.wait_for_complete()
    await visitor.settles()


@pytest.mark.parametrize(
    ("board", "posting", "words"),
    [
        ("answers", "answer-lamp", ["You said: The reading places", "We did: We have put up six"]),
        ("goals", "goal-media", ["Partly fulfilled", "The money was enough", "December 2027"]),
        ("partners", "partner-culture", ["culture bazaar"]),
        ("methods", "method-small-trial", ["Decide the next step together."]),
        ("book-tips", "tip-goal", ["■■■■· 4/5", "Bokmalen"]),
        ("ideas-board", "all-night", ["Not taken up", "Instead we open at 6:00."]),
    ],
)
async def test_each_board_is_read_by_touch_from_list_to_page_and_back(
    desk: Desk, board: str, posting: str, words: list[str]
) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await reads(visitor, board, posting)
        for each in words:
            assert visitor.sees(each), visitor.text
        await visitor.touches("#back")
        assert isinstance(visitor.app.screen, Postings)


async def test_what_is_coming_up_leads_to_the_workshop(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("highlights")
        assert 1 < len(visitor.app.screen.query(Tile)) <= 6
        await visitor.presses("1")
        assert visitor.sees("Languages spoken")


async def test_book_tips_tell_how_the_reading_challenge_goes(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("book-tips")
        assert visitor.sees("The hunt for a hundred book tips: 0 book tips so far of 100")


async def test_me_too_is_said_once_a_visit_and_again_by_the_next_visitor(
    desk: Desk, branch: Branch
) -> None:
    async with visiting(desk) as visitor:
        await reads(visitor, "ideas-board", SEEDS)
        assert visitor.sees("Nobody has said “me too” yet.")
        await says_me_too(visitor)
        assert visitor.sees("You said “me too”")
        assert visitor.sees("1 has said “me too”")
        assert visitor.app.screen.focused
        assert visitor.app.screen.focused.id == "join"
        await visitor.presses("escape")
        await visitor.presses(str(number_of(visitor, SEEDS)))
        assert not visitor.app.screen.query("#me-too")
        while not isinstance(visitor.app.screen, Resting):
            await visitor.presses("escape")
        assert visitor.app.visit.supported == set(), "nothing stays for the next visitor"
        await reads(visitor, "ideas-board", SEEDS)
        await says_me_too(visitor)
        assert visitor.sees("2 have said “me too”")
    assert said(branch) == [SEEDS, SEEDS]


async def test_however_often_the_button_is_pressed_it_is_said_once(
    desk: Desk, branch: Branch
) -> None:
    async with visiting(desk) as visitor:
        await reads(visitor, "ideas-board", SEEDS)
        button = visitor.button("#me-too")
        for _ in range(5):
            button.press()
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
    assert said(branch) == [SEEDS]


async def test_me_too_that_cannot_be_saved_is_not_counted_and_can_be_tried_again(
    desk: Desk, branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_idea: str) -> None:
        raise Trouble(CANNOT_WRITE, path="x", why="full")

    async with visiting(desk) as visitor:
        await reads(visitor, "ideas-board", SEEDS)
        with monkeypatch.context() as patch:
            patch.setattr(desk, "support", full)
            await says_me_too(visitor)
        assert visitor.app.screen.query("#mistake")
        assert said(branch) == []
        await says_me_too(visitor)
        assert not visitor.app.screen.query("#mistake")
    assert said(branch) == [SEEDS]


async def test_joining_an_idea_begins_with_the_idea_chosen_and_ends_in_a_receipt(
    desk: Desk, branch: Branch
) -> None:
    async with visiting(desk) as visitor:
        await reads(visitor, "ideas-board", SEEDS)
        await visitor.presses("tab", "enter")
        assert visitor.form.draft.answers["idea"] == SEEDS
        await visitor.answers(contact="siri@example.org", consent=True)
        receipt = await visitor.hands_in()
    assert receipt.errand == "join"
    assert branch.unsealed(branch.events()[-1]).answers["idea"] == SEEDS


async def test_what_is_taken_down_while_it_is_read_says_nothing_more(
    desk: Desk,
) -> None:
    async with visiting(desk) as visitor:
        await reads(visitor, "ideas-board", SEEDS)
        desk.published.current = replace(desk.published.current, postings=())
        await visitor.touches("#language-sv")
        assert not visitor.sees("fröer")
        assert not visitor.app.screen.query("#me-too")


async def test_a_text_that_is_not_in_her_language_says_in_which_it_is(desk: Desk) -> None:
    (tip,) = [each for each in desk.content.postings if each.id == "tip-goal"]
    only = replace(tip, title={"sv": "Mål"}, text={"sv": "Bra bok."})
    desk.published.replace(wire.encode_content(replace(desk.content, postings=(only,))))
    async with visiting(desk, language="da") as visitor:
        await reads(visitor, "book-tips", "tip-goal")
        assert visitor.sees("Mål (svensk)")
        assert visitor.sees("Bra bok. (svensk)")
