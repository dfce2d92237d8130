"""The resting screen: what takes turns on it, where touching it leads, and that it stays calm."""

from dataclasses import replace
from datetime import datetime

import pytest
from textual.widget import Widget

from kiosk import wire
from kiosk.desk import Desk
from kiosk.domain.content import Notice
from kiosk.domain.workshop import Workshop
from kiosk.errands.offer import notice_in_words
from kiosk.i18n import LANGUAGES, phrases
from screens.home import Home
from screens.posting import PostingScreen
from screens.programme import Programme
from screens.resting import TURN_TICKS, Resting
from screens.turns import turns
from screens.widgets.placard import Placard
from tests.drivers import eye
from tests.drivers.published import CONTENT, KNITTING
from tests.drivers.visitor import Visitor, visiting

NOW = datetime.fromisoformat("2026-12-03T14:30")


async def waits(visitor: Visitor, turns: int = 1) -> str:
    """Stand there for so many turns; read what is shown."""
    assert isinstance(visitor.app.screen, Resting)
    for _ in range(turns * TURN_TICKS):
        visitor.app.screen._tick()
    await visitor.settles()
    return visitor.app.screen.query_one(Placard).label


def headings(**changed: object) -> list[str]:
    content = replace(CONTENT, **changed)  # type: ignore[arg-type] # fields of content
    return [each.heading for each in turns(content, NOW, phrases("en"))]


def test_the_programme_comes_again_between_answers_and_book_tips() -> None:
    assert headings() == ["Coming up here", "You said – we did", "Book tips"]
    many = [replace(each, id=f"{each.id}-2") for each in CONTENT.postings]
    assert headings(postings=(*CONTENT.postings, *many)) == headings() * 2
    assert headings(programme=()) == ["You said – we did", "Book tips"]
    assert headings(programme=(), postings=()) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "Today 18:00–20:00"),
        ({"all_day": True, "ends": None}, "Today"),
        (
            {"starts": datetime.fromisoformat("2026-12-02T09:00")},
            "Wed 2 Dec – Thu 3 Dec, 09:00–20:00",
        ),
        (
            {"starts": datetime.fromisoformat("2026-12-04T09:00"), "ends": None},
            "Friday 4 December 09:00",
        ),
    ],
)
def test_what_happens_today_says_so(changed: dict[str, object], told: str) -> None:
    workshop: Workshop = replace(KNITTING, **changed)  # type: ignore[arg-type] # its fields
    (first, *_) = turns(replace(CONTENT, programme=(workshop,)), NOW, phrases("en"))
    assert first.lines == ((told, "Knitting café"),)


def test_a_text_in_another_language_than_the_readers_says_in_which() -> None:
    _programme, answer, tip = turns(CONTENT, NOW, phrases("fi"))
    assert answer.lines[0] == ("Te sanoitte: Det är mörkt. (ruotsi)", "")
    assert tip.lines[0] == ("", "Fyren (ruotsi)")
    easy = phrases("sv-simple")
    assert notice_in_words(Notice({"sv": "Välkommen"}), easy) == "Välkommen"
    assert notice_in_words(Notice({"da": "Velkommen"}), easy) == "Velkommen (danska)"


async def test_each_turn_leads_to_more_of_it_and_back_home(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        for turn, screen, words in [
            (0, Programme, "What happens here"),
            (1, PostingScreen, "We did: We have put up six lamps"),
            (2, PostingScreen, "The lighthouse that blinked twice"),
        ]:
            await waits(visitor, turn)
            await visitor.touches("#rest-turn")
            assert isinstance(visitor.app.screen, screen)
            assert visitor.sees(words), visitor.text
            await visitor.presses("escape")
            assert isinstance(visitor.app.screen, Home)
            await visitor.presses("escape")
            assert isinstance(visitor.app.screen, Resting), "the next visitor meets the first turn"
            assert "Coming up here" in await waits(visitor, 0)


async def test_a_turn_is_reached_and_opened_by_keys_too(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.presses("tab", "enter")
        assert isinstance(visitor.app.screen, Programme)
        await visitor.presses("escape", "escape")
        await visitor.presses("tab", "tab", "tab", "enter")
        assert visitor.app.visit.language == "da", "a language has the focus"


@pytest.mark.parametrize(("number", "language"), enumerate(LANGUAGES, start=1))
async def test_each_language_has_its_own_key_and_says_so(
    desk: Desk, number: int, language: str
) -> None:
    async with visiting(desk, size=(100, 30), language="fi") as visitor:
        assert visitor.sees(f"{number} {LANGUAGES[language]}")
        await visitor.presses(str(number))
        assert isinstance(visitor.app.screen, Home)
        assert visitor.app.visit.language == language


@pytest.mark.parametrize("key", ["enter", "space", "a", "9", "0", "down"])
async def test_any_other_key_begins_in_the_first_language_of_the_branch(
    desk: Desk, key: str
) -> None:
    async with visiting(desk, language="fi") as visitor:
        await visitor.presses(key)
        assert visitor.app.visit.language == "fi"
        assert isinstance(visitor.app.screen, Home)


async def test_only_the_first_language_says_any_key(desk: Desk) -> None:
    async with visiting(desk, size=(120, 30), language="fi") as visitor:
        assert visitor.sees("jotain näppäintä")
        assert visitor.sees("press 5")
        assert not visitor.sees("press any key")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (160, 45)])
async def test_every_turn_can_be_read_whole_whatever_the_size(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with visiting(desk, size=size, language="da") as visitor:
        seen = set()
        for _ in range(6):
            seen |= {line.strip() for line in (await waits(visitor)).splitlines()}
            assert eye.cut(visitor.app, eye.drawn(visitor.app)) == []
            assert visitor.app.screen.query_one("#starts").region.bottom <= size[1]
        assert {"Det sker snart her", "I sagde – vi gjorde", "Bogtips"} <= seen


async def test_what_has_no_room_ends_in_dots(desk: Desk) -> None:
    async with visiting(desk, size=(60, 20)) as visitor:
        assert "Story time for…" in await waits(visitor, 0)
        told = await waits(visitor, 2)
        assert told.splitlines()[0] == "You said – we did"
        assert len(told.splitlines()) == 4


async def test_nothing_is_drawn_while_nothing_changes(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        screen = visitor.app.screen
        assert isinstance(screen, Resting)
        await visitor.settles()
        screen._tick()
        assert not screen._layout_required
        assert not [each for each in screen.walk_children(Widget) if each._repaint_regions]


async def test_a_branch_that_is_named_anew_is_named_so_before_anybody_begins(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        content = desk.content
        named = replace(content.branch, name="Nya Hamnen", library="Lindö stadsbibliotek")
        desk.published.replace(wire.encode_content(replace(content, branch=named)))
        await waits(visitor)
        assert visitor.sees("Nya Hamnen")
        assert visitor.sees("Lindö stadsbibliotek")
