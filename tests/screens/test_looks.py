"""What people notice: nothing moves for a mistake, the way on stands apart, hours are told."""

import pytest
from textual.geometry import Region

from kiosk.desk import Desk
from screens.hours import openness_in_words
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile
from tests.drivers.visitor import Visitor, visiting

SIZES = [(80, 24), (100, 30), (160, 45), (60, 20)]


def places(visitor: Visitor) -> list[tuple[str, Region]]:
    """Tell where every tile stands."""
    return [(tile.value, tile.region) for tile in visitor.app.screen.query(Tile)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_mistake_moves_no_tile(desk: Desk, size: tuple[int, int]) -> None:
    async with visiting(desk, size=size) as visitor:
        await visitor.opens("feedback")
        visitor.form.draft.go_to("about")
        await visitor.form._show_page()
        await visitor.settles()
        before = places(visitor)
        await visitor.presses_in("#next")
        assert visitor.form.draft.mistakes
        assert before
        assert places(visitor) == before


@pytest.mark.parametrize("size", [(100, 30), (160, 45)])
async def test_a_row_stays_free_between_the_choices_and_the_way_on(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with visiting(desk, size=size) as visitor:
        await visitor.opens("feedback")
        visitor.form.draft.go_to("about")
        await visitor.form._show_page()
        await visitor.settles()
        lowest = max(place.bottom for _, place in places(visitor))
        assert lowest < visitor.button("#next").region.y


async def test_home_tiles_are_equally_high(desk: Desk) -> None:
    for size in SIZES:
        async with visiting(desk, size=size) as visitor:
            await visitor.begins()
            assert len({place.height for _, place in places(visitor)}) == 1, size


@pytest.mark.parametrize("language", ["sv", "da", "nb", "fi", "en"])
async def test_the_header_tells_the_hours_in_the_least_room(desk: Desk, language: str) -> None:
    async with visiting(desk, size=(60, 20), language=language) as visitor:
        await visitor.begins()
        calendar = desk.content.branch.calendar
        phrases = visitor.app.visit.phrases
        assert visitor.sees(openness_in_words(calendar, desk.now(), phrases))


async def test_a_button_of_a_shelf_has_an_arrow_only_where_there_is_more(desk: Desk) -> None:
    async with visiting(desk, size=(60, 20)) as visitor:
        await visitor.opens("programme")
        shelf = visitor.app.screen.query(Shelf).first()
        assert shelf.is_long
        seen = [(shelf._up.label, shelf._down.label)]
        for _ in range(30):
            await visitor.presses_in(".shelf-down")
            seen.append((shelf._up.label, shelf._down.label))
        assert seen[0] == ("Up", "▼\nMore")
        assert seen[-1] == ("▲\nUp", "More")
