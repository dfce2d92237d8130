"""Help promises what there is on this screen, in this language, on this machine; nothing else."""

import pytest

from kiosk.desk import Desk
from kiosk.i18n import EASY, LANGUAGES
from screens.help import HelpScreen
from screens.themes import CONSOLE, CONTRAST, PAPER
from screens.widgets.wish_button import WishButton
from tests.drivers.sampled import sampled
from tests.drivers.visitor import visiting


@pytest.mark.parametrize(
    ("language", "theme"),
    sampled([*LANGUAGES, *EASY.values()], [each.name for each in (PAPER, CONTRAST, CONSOLE)]),
)
async def test_every_mark_at_the_top_is_explained_and_no_other(
    desk: Desk, language: str, theme: str
) -> None:
    async with visiting(desk, size=(160, 45), language=language) as visitor:
        visitor.app.theme = theme
        await visitor.begins()
        await visitor.presses("f1")
        assert isinstance(visitor.app.screen, HelpScreen)
        drawn = {str(each.render()).lstrip("● ") for each in visitor.app.screen.query(WishButton)}
        for mark in drawn:
            assert visitor.text.count(mark) >= 2, f"{mark} is drawn and not explained"
        told = {mark for mark in ("♪", "◐", "◑", "A+") if visitor.text.count(mark)}
        assert told <= drawn
