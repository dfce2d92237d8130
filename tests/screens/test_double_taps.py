"""A double tap is one tap: hands that are used to a mouse tap twice, and hands that tremble."""

import pytest

from kiosk.desk import Desk
from screens.home import Home
from screens.messages import OpenErrand
from screens.resting import Resting
from screens.widgets.big_button import BigButton
from tests.drivers.hands import Fingers
from tests.drivers.visitor import Visitor, visiting


async def at(visitor: Visitor, desk: Desk, errand: str, question: str) -> Fingers:
    """Stand before one question of an errand, with a finger."""
    await visitor.begins()
    visitor.app._open_errand(OpenErrand(desk.errands[errand]))
    await visitor.settles()
    visitor.form.draft.go_to(question)
    await visitor.form._show_page()
    await visitor.settles()
    return Fingers(visitor)


async def test_a_double_tap_on_back_leads_one_question_back(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        finger = await at(visitor, desk, "feedback", "about")
        await finger.taps(visitor.button("#back"), 0, 0.2)
        assert visitor.form.counted_as == "feedback/mood"


async def test_a_double_tap_on_the_way_out_stays_at_home(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        finger = await at(visitor, desk, "feedback", "mood")
        await finger.taps(visitor.button("#back"), 0, 0.2)
        assert isinstance(visitor.app.screen, Home)


async def test_a_double_tap_on_one_of_several_choices_chooses_it(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        finger = await at(visitor, desk, "volunteer", "languages")
        tile = next(iter(visitor.app.screen.query("#pick-1").results(BigButton)))
        await finger.taps(tile, 0, 0.2)
        assert len(visitor.form.draft.answers["languages"]) == 1


async def test_a_double_tap_on_done_begins_no_new_visit(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        await Fingers(visitor).taps(visitor.button("#done"), 0, 0.2)
        assert isinstance(visitor.app.screen, Resting)


async def test_a_double_tap_on_plus_counts_two(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        finger = await at(visitor, desk, "sign-up", "seats")
        await finger.taps(
            next(iter(visitor.app.screen.query("#count-adults .-plus").results(BigButton))), 0, 0.1
        )
        assert visitor.form.draft.answers["seats"] == {"adults": 3, "children": 0}


@pytest.mark.parametrize(("times", "question"), [((0, 1.1), "mood"), ((0, 0.3, 0.6), "about")])
async def test_time_between_two_touches_tells_two_from_a_tremble(
    desk: Desk, times: tuple[float, ...], question: str
) -> None:
    async with visiting(desk) as visitor:
        finger = await at(visitor, desk, "feedback", "words")
        await finger.taps(visitor.button("#back"), *times)
        assert visitor.form.counted_as == f"feedback/{question}"
