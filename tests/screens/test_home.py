"""Home and its rooms: at most eight big tiles, each reached by touch, digit, Tab or arrows."""

from dataclasses import replace

import pytest

from kiosk.desk import Desk
from kiosk.domain.errand import Errand
from kiosk.errands import ERRANDS
from kiosk.errands.rooms import HOME, MOST_TILES, ROOMS, room_of
from kiosk.i18n import LANGUAGES
from screens.home import Home, is_about_one
from screens.own_tiles import OWN_TILES, PROGRAMME
from screens.resting import Resting
from screens.widgets.tile import Tile
from tests.drivers.visitor import Visitor, visiting

LEAST_ROWS = 2
SIZES = [(60, 20), (80, 24), (100, 30), (160, 45)]


def values(visitor: Visitor) -> list[str]:
    """List what the tiles on screen stand for, in their order."""
    return [tile.value for tile in visitor.app.screen.query(Tile)]


async def test_a_room_is_drawn_like_home_and_leads_back_to_it(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        outside = values(visitor)
        await visitor.touches("#do-take-part")
        assert visitor.sees(ROOMS["take-part"].ask)
        assert "volunteer" in values(visitor)
        await visitor.presses("escape")
        assert values(visitor) == outside
        await visitor.presses(str(1 + outside.index("take-part")))
        await visitor.touches("Back")
        assert values(visitor) == outside
        await visitor.presses("escape")
        assert isinstance(visitor.app.screen, Resting)


async def test_an_errand_in_a_room_is_reached_by_digits_and_comes_back_to_the_room(
    desk: Desk,
) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        await visitor.presses(str(1 + values(visitor).index("take-part")))
        await visitor.presses(str(1 + values(visitor).index("volunteer")))
        assert visitor.form.draft.errand.name == "volunteer"
        await visitor.presses("escape")
        assert isinstance(visitor.app.screen, Home)
        assert visitor.app.screen.room is ROOMS["take-part"]


async def test_a_room_speaks_another_language_without_being_left(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        await visitor.touches("#do-take-part")
        await visitor.touches("#language-sv")
        assert visitor.sees("Hur vill du vara med?")
        await visitor.presses("escape")
        assert visitor.sees("Vad vill du göra?")


async def test_no_errand_is_out_of_reach_and_none_makes_home_too_full(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        seen = values(visitor)
        assert len(seen) <= MOST_TILES
        for room in set(seen) & set(ROOMS):
            await visitor.touches(f"#do-{room}")
            seen += values(visitor)
            await visitor.presses("escape")
        now = desk.now()
        known = {each.name for each in ERRANDS.values() if not is_about_one(each)}
        known |= {value for value, tile in OWN_TILES.items() if tile.offered(desk.content, now)}
        assert known <= set(seen)


def test_no_two_things_share_the_name_of_a_tile() -> None:
    names = [*ERRANDS, *OWN_TILES, *ROOMS]
    assert len(set(names)) == len(names)


async def test_what_there_is_nothing_of_has_no_tile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = replace(PROGRAMME, offered=lambda content, _now: not content.programme)
    monkeypatch.setitem(OWN_TILES, PROGRAMME.value, shut)
    async with visiting(desk) as visitor:
        await visitor.begins()
        assert PROGRAMME.value not in values(visitor)


@pytest.mark.parametrize("size", SIZES)
async def test_eight_tiles_fit_with_their_titles_whole_in_every_language(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(desk.__class__, "errands", full_house())
    async with visiting(desk, size=size) as visitor:
        await visitor.begins()
        for language in LANGUAGES:
            await visitor.touches(f"#language-{language}")
            tiles = list(visitor.app.screen.query(Tile))
            assert len(tiles) == MOST_TILES
            for tile in tiles:
                assert tile.region.height >= LEAST_ROWS
                drawn = " ".join(str(tile.render()).split())
                assert tile.label in drawn, (language, visitor.text)
            assert visitor.button("#done").region.bottom <= size[1] - 1


def full_house() -> dict[str, Errand]:
    """Return the errands, and as many more at home as make eight tiles there."""
    there = [
        value
        for value in HOME.tiles
        if value in ERRANDS
        or value in OWN_TILES
        or any(room_of(name) == value for name in (*ERRANDS, *OWN_TILES))
    ]
    more = (f"more-{n}" for n in range(MOST_TILES - len(there)))
    return dict(ERRANDS) | {name: replace(ERRANDS["feedback"], name=name) for name in more}
