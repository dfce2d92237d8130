"""Every errand by touch alone, by Tab and Enter alone, and at a number pad alone."""

import pytest

from kiosk.desk import Desk
from kiosk.errands import ERRANDS
from screens.messages import OpenErrand
from screens.receipt import ReceiptScreen
from screens.widgets.answers.writing import LineInput
from screens.widgets.keyboard import BACKSPACE
from tests.drivers.answering import full_answers
from tests.drivers.hands import Fingers, Keys, Pad
from tests.drivers.visitor import Visitor, visiting
from tests.drivers.walk import at_rest

HANDS: dict[str, type[Keys]] = {"tab": Keys, "digits": Pad, "touch": Fingers}
ALWAYS = {("feedback", "tab"), ("sign-up", "digits"), ("feedback", "touch")}
EACH = [
    pytest.param(name, hand, marks=() if (name, hand) in ALWAYS else pytest.mark.slow)
    for name in ERRANDS
    for hand in HANDS
]


@pytest.mark.parametrize(("name", "kind"), EACH)
async def test_every_errand_is_done_with_one_kind_of_hand(desk: Desk, name: str, kind: str) -> None:
    async with visiting(desk) as visitor:
        hand = HANDS[kind](visitor)
        await visitor.begins()
        errand = desk.errands[name]
        answers = full_answers(errand, desk.content, desk.now())
        visitor.app._open_errand(OpenErrand(errand))
        await at_rest(visitor.app)
        while (question := visitor.question) is not None:
            await hand.answer(question, answers[question.name])
            await hand.go_on()
            assert visitor.question is not question, visitor.text
        await hand.go_on()
        await visitor.app.workers.wait_for_complete()
        await at_rest(visitor.app)
        assert isinstance(visitor.app.screen, ReceiptScreen)
        await hand.press(visitor.button("#done"))
        assert len(visitor.app.screen_stack) == 1


async def test_an_address_is_written_with_few_touches(desk: Desk) -> None:
    async with visiting(desk, language="da") as visitor:
        hand = await _at_contact(desk, visitor)
        for sign in ("a", "n", "@gmail.com", ".dk"):
            await hand.touch_key(sign)
        assert visitor.form.draft.answers["contact"] == "an@gmail.com.dk"
        labels = visitor.text
        assert labels.index(".dk") < labels.index(".se")


async def test_a_finger_that_rests_on_delete_goes_on_deleting_until_it_is_lifted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.widgets.keyboard.HOLD_AFTER_S", 0.01)
    monkeypatch.setattr("screens.widgets.keyboard.REPEAT_S", 0.05)
    async with visiting(desk) as visitor:
        hand = await _at_contact(desk, visitor)
        line = visitor.app.screen.query_one(LineInput)
        line.value = "x" * 100
        line.cursor_position = 100
        await hand.touch_key(BACKSPACE, lift=False)
        while len(line.value) > 95:
            await visitor.pilot.pause(0.01)
        await hand.lift()
        left = line.value
        assert left
        await visitor.pilot.pause(0.1)
        assert line.value == left


async def _at_contact(desk: Desk, visitor: Visitor) -> Fingers:
    await visitor.begins()
    answers = {"about": "staff", "wants_answer": "yes"}
    visitor.app._open_errand(OpenErrand(desk.errands["feedback"], answers))
    await at_rest(visitor.app)
    visitor.form.draft.go_to("contact")
    await visitor.form._show_page()
    await at_rest(visitor.app)
    return Fingers(visitor)


async def test_a_third_enter_ends_a_long_text_and_two_make_a_paragraph(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        visitor.app._open_errand(OpenErrand(desk.errands["feedback"], {"about": "staff"}))
        await at_rest(visitor.app)
        visitor.form.draft.go_to("words")
        await visitor.form._show_page()
        await visitor.presses("a", "enter", "enter", "b")
        assert visitor.form.draft.answers["words"] == "a\n\nb"
        await visitor.presses("enter", "enter", "enter")
        assert visitor.question is not None
        assert visitor.question.name != "words"
