"""No state is told by colour alone: who sees no colours sees focus, choices, mistakes and ends."""

from itertools import product

import pytest
from rich.color import Color
from rich.style import Style
from textual.widgets import TextArea

from kiosk.desk import Desk
from screens.terminal import SIXTEEN
from tests.drivers.colourless import Colourless
from tests.drivers.visitor import visiting
from tests.drivers.walk import Walk, at_rest

SIZES = [(80, 24), (100, 30), (160, 45), (60, 20)]
THEMES = {"paper": 4.5, "contrast": 7.0, SIXTEEN: 4.5}
THROUGH = ["feedback", "sign-up", "volunteer", "book_tip"]
"""Together they ask every kind of question."""
SAMPLE = ["feedback", "volunteer"]
"""They ask most kinds, a minute sooner."""


async def walks(
    desk: Desk, size: tuple[int, int], theme: str, through: list[str], *, large: bool
) -> None:
    """Look at every screen without its colours."""
    wrong: dict[str, str] = {}
    async with visiting(desk, language="sv", size=size, theme=theme) as visitor:
        visitor.app.visit.large = large
        await at_rest(visitor.app)
        eye = Colourless(visitor.app, THEMES[theme])
        async for stop in Walk(visitor.app, "sv", through).stops():
            wrong = {**dict.fromkeys(await eye.wrong(), stop), **wrong}
    assert not wrong, "\n".join(f"{each} (first at {stop})" for each, stop in wrong.items())


def paper(style: Style | None) -> Color | None:
    """Return the colour behind a letter, as it is seen."""
    if style is None:
        return None
    return style.color if style.reverse else style.bgcolor


@pytest.mark.usefixtures("_untidied")
async def test_every_state_is_told_without_colours(desk: Desk) -> None:
    await walks(desk, (80, 24), SIXTEEN, SAMPLE, large=False)


@pytest.mark.parametrize("theme", THEMES)
async def test_one_sees_where_one_writes(desk: Desk, theme: str) -> None:
    async with visiting(desk, theme=theme) as visitor:
        await visitor.opens("feedback")
        visitor.form.draft.go_to("words")
        await visitor.form._show_page()
        await visitor.writes("ab")
        column, row = visitor.app.screen.query_one(TextArea).cursor_screen_offset
        line = visitor.app.screen._compositor.render_strips(visitor.app.size)[row]
        cursor, beside = (line.crop(x, x + 1)._segments[0].style for x in (column, column + 1))
        assert paper(cursor) != paper(beside)


@pytest.mark.slow
@pytest.mark.usefixtures("_untidied")
@pytest.mark.parametrize(("size", "theme", "large"), product(SIZES, THEMES, (False, True)))
async def test_every_state_is_told_without_colours_in_every_size(
    desk: Desk, size: tuple[int, int], theme: str, large: bool
) -> None:
    await walks(desk, size, theme, THROUGH, large=large)
