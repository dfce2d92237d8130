"""Every screen there is, found by walking: readable, whole, translated, and big enough to touch."""

from itertools import product

import pytest

from kiosk.desk import Desk
from kiosk.errands import ERRANDS
from kiosk.i18n import EASY, LANGUAGES, ordinary
from screens.aloud import aloud
from screens.frame import ScreenFrame
from screens.listed import Listed
from screens.phone_code import PhoneCode
from screens.terminal import SIXTEEN
from tests.drivers import eye
from tests.drivers.visitor import visiting
from tests.drivers.walk import Walk, at_rest

TOKENS = eye.TOKENS.name
LEAST_SAID = 20
"""Letters that any screen has to say aloud."""
SIZES = [(80, 24), (100, 30), (160, 45), (60, 20)]
LEAST = {"paper": 4.5, "paper-256": 4.5, "contrast": 7.0}
SIXTEENS_LEAST = 4.5
RECOMMENDED = [(80, 24), (100, 30)]
"""Sizes that the recommended font gives on a 15 inch panel."""
NAMES = list(ERRANDS)
SAMPLE = [
    ("fi", (80, 24), TOKENS, False, NAMES[0::2]),
    ("da-simple", (60, 20), SIXTEEN, True, NAMES[1::2]),
]
"""The longest words and the least room; each errand once to its receipt."""
EVERYTHING = list(product((TOKENS, SIXTEEN), (False, True), (*LANGUAGES, *EASY.values()), SIZES))
"""Four themes in two walks: three differ in nothing but what colours their tokens are."""


pytestmark = pytest.mark.usefixtures("_untidied")


async def walks(
    desk: Desk, language: str, size: tuple[int, int], theme: str, large: bool, through: list[str]
) -> set[str]:
    """Look at every screen, hear it, go *through* these errands; name the classes of screens."""
    wrong: dict[tuple[str, str], str] = {}
    worn = SIXTEEN if theme == SIXTEEN else "paper"
    async with visiting(desk, language=ordinary(language), size=size, theme=worn) as visitor:
        app = visitor.app
        if theme == TOKENS:
            app.register_theme(eye.TOKENS)
            app.theme = app.own_theme = TOKENS
        app.visit.large = large
        await at_rest(app)
        walk = Walk(app, language, through)
        async for stop in walk.stops():
            strips = eye.drawn(app)
            faint = (
                eye.too_faint_in(LEAST, strips)
                if theme == TOKENS
                else eye.too_faint(strips, SIXTEENS_LEAST)
            )
            found = [("too faint", each) for each in faint]
            found += [("cut", each) for each in eye.cut(app, strips)]
            found += [("not translated", each) for each in eye.not_translated(app, language)]
            if size in RECOMMENDED:
                found += [("too small to touch", each) for each in eye.too_small(app)]
            if len(aloud(app.screen, app.visit.phrases)) < LEAST_SAID:
                found.append(("silent", ""))
            wrong = {**dict.fromkeys(found, stop), **wrong}
    told = [f"{what}: {each} (first at {stop})" for (what, each), stop in wrong.items()]
    assert not told, "\n".join(told)
    return walk.met


@pytest.mark.parametrize(("language", "size", "theme", "large", "through"), SAMPLE)
async def test_every_screen_can_be_read_and_touched(
    desk: Desk, language: str, size: tuple[int, int], theme: str, large: bool, through: list[str]
) -> None:
    met = await walks(desk, language, size, theme, large, through)
    met.add(Listed.__name__)  # stands before nobody by itself
    if size in RECOMMENDED:
        met.add(PhoneCode.__name__)  # the receipt has room for its QR code
    assert {each.__name__ for each in _screens(ScreenFrame)} - met == set()


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "large", "language", "size"), EVERYTHING)
async def test_every_screen_in_every_language_size_and_theme(
    desk: Desk, language: str, size: tuple[int, int], theme: str, large: bool
) -> None:
    await walks(desk, language, size, theme, large, NAMES)


async def test_the_eye_tells_of_three_themes_what_it_sees_in_each(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        seen = set()
        for theme, least in dict.fromkeys(LEAST, 22.0).items():
            visitor.app.theme = theme
            await visitor.settles()
            strips = eye.drawn(visitor.app)
            seen |= {f"{each} in {theme}" for each in eye.too_faint(strips, least)}
        visitor.app.register_theme(eye.TOKENS)
        visitor.app.theme = TOKENS
        await visitor.settles()
        told = eye.too_faint_in(dict.fromkeys(LEAST, 22.0), eye.drawn(visitor.app))
    assert len(seen) > 3 * LEAST_SAID
    assert set(told) == seen


def _screens(kind: type[ScreenFrame]) -> set[type[ScreenFrame]]:
    below = {each for each in kind.__subclasses__() if each.__module__.startswith("screens.")}
    return below | {each for one in below for each in _screens(one)}
