"""A shared screen: what was written and drawn is not remembered when the visitor has gone."""

import functools
import gc

from textual._styles_cache import StylesCache
from textual.worker import Worker

from kiosk.desk import Desk
from tests.drivers.visitor import Visitor, visiting

SECRET = "hemligt-om-katten-7731"


async def test_nothing_that_was_asked_or_drawn_is_remembered_after_the_wipe(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        code = await hand_in(visitor)
        assert remembered(SECRET)
        assert remembered(code)
        await visitor.app.start_over()
        assert remembered(SECRET) == []
        assert remembered(code) == []


async def test_no_worker_is_described_by_what_was_handed_in(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await hand_in(visitor)
        workers = [each for each in gc.get_objects() if isinstance(each, Worker)]
        assert [each.description for each in workers if SECRET in each.description] == []


async def hand_in(visitor: Visitor) -> str:
    """Go through the errand with the most words; return the code as it is shown."""
    await visitor.opens("feedback")
    await visitor.answers(about="staff", words=SECRET)
    return (await visitor.hands_in()).code_in_groups


def remembered(secret: str) -> list[str]:
    """Name every remembering function that holds *secret*, or lines drawn with it."""
    found = []
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            held = gc.get_referents(each)
            held += [part for whole in held if type(whole) is tuple for part in whole]
            if any(holds(one, secret) for one in held):
                found.append(each.__wrapped__.__qualname__)
    return found


def holds(remembered: object, secret: str) -> bool:
    """Tell whether a text, or what was drawn, holds *secret*."""
    if isinstance(remembered, StylesCache):
        return any(secret in strip.text for strip in remembered._cache.values())
    return isinstance(remembered, str) and secret in remembered
