"""No pace decides: what is stuck, or pressed without a thought, hands in and leaves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from textual.geometry import Offset, Region

from kiosk.errands import ERRANDS
from screens.confirm import Confirm
from screens.form import Form
from screens.hand import EVEN, LOOKED_S, MOMENT_S, STEPS, Hand, Press
from screens.home import Home
from tests.drivers.answering import full_answers
from tests.drivers.branch import Branch
from tests.drivers.hands import Fingers, hits
from tests.drivers.visitor import Visitor, visiting
from tests.screens.test_intent import at_question

FINGER = "a finger"
KEYS = ("enter", "0", "space", "escape", "1", "tab", FINGER)
PACES_S = (0.05, 0.2, 0.45, 0.6, 0.8, 0.95, 1.1, 1.5)
MANY = 16
LONG_S = 3600.0
DELAYS_S = (0.25, 0.66, 1.0)
"""How long a keyboard waits before it repeats what is held: the shortest, X's own, the longest."""
WALKED = ("feedback", "fault", "wish", "book_tip")

keys = some.sampled_from(KEYS)


def pressed(hand: Hand, key: str, at: float) -> Press:
    """Press *key*, or touch one spot."""
    if key == FINGER:
        return hand.touch(Offset(60, 21), at, Region(50, 20, 20, 3))
    return hand.key(key, at, key if len(key) == 1 else "", moves=key == "tab")


@given(keys, some.floats(0.02, LOOKED_S / 1.05 - 0.01), some.floats(0, 0.05), some.data())
def test_from_the_fourth_press_on_no_even_pace_decides(
    key: str, pace_s: float, unsteady: float, data: some.DataObject
) -> None:
    hand, at = Hand(), LONG_S
    for place in range(MANY):
        press = pressed(hand, key, at)
        if place >= STEPS:
            assert not press.decides
        at += pace_s * (1 + data.draw(some.floats(-unsteady, unsteady)))


@given(keys, keys, some.floats(0.02, MOMENT_S - 0.01))
def test_nothing_decides_within_a_moment_of_anything(one: str, other: str, pace_s: float) -> None:
    hand = Hand()
    for place in range(1, MANY):
        moves = "tab" in (one, other) and one != other
        press = pressed(hand, (one, other)[place % 2], LONG_S + place * pace_s)
        assert place == 1 or not press.decides or moves or one == "tab"


@given(keys, some.floats(LOOKED_S + 0.01, 4))
def test_a_brisk_visitor_hands_in_at_the_pace_at_which_she_went_on(key: str, pace_s: float) -> None:
    hand = Hand()
    for place in range(MANY):
        assert pressed(hand, key, LONG_S + place * pace_s).decides


@given(some.lists(some.tuples(keys, some.floats(0.02, 20)), max_size=12), keys)
def test_who_looks_waits_and_presses_once_decides(
    before: list[tuple[str, float]], key: str
) -> None:
    hand, at = Hand(), LONG_S
    for each, gap_s in before:
        at += gap_s
        pressed(hand, each, at)
    assert pressed(hand, key, at + LOOKED_S).decides


@given(
    keys,
    keys,
    some.floats(LOOKED_S, 60),
    some.floats(0.02, 1.2),
    some.floats(MOMENT_S + 0.01, LOOKED_S),
)
def test_who_pressed_too_soon_and_presses_again_decides(
    led_here: str, key: str, read_s: float, too_soon_s: float, then_s: float
) -> None:
    hand = Hand()
    at = LONG_S
    for gap_s in (0, read_s, read_s):  # she came here question by question, reading each
        at += gap_s
        pressed(hand, led_here, at)
    pressed(hand, key, at + too_soon_s)
    assert pressed(hand, key, at + too_soon_s + then_s).decides


def test_a_pace_is_one_by_what_people_and_machines_keep() -> None:
    assert 1.1 < EVEN < 1.4


async def presses_at(visitor: Visitor, key: str, pace_s: float) -> None:
    times = [place * pace_s for place in range(MANY)]
    if key == FINGER:
        await Fingers(visitor).taps(visitor.button("#next"), *times)
    else:
        await hits(visitor, key, *times)


async def at_first(visitor: Visitor, branch: Branch, errand: str) -> None:
    """Stand before the first question, everything answered."""
    desk = branch.desk
    await visitor.begins()
    answers = full_answers(ERRANDS[errand], desk.content, desk.now())
    first = ERRANDS[errand].asked(answers)[0].name
    await at_question(errand, first, **answers)(visitor)


@pytest.mark.parametrize(
    "pace_s",
    [pytest.param(each, marks=() if each in {0.6, 1.5} else pytest.mark.slow) for each in PACES_S],
)
@pytest.mark.parametrize("key", KEYS)
async def test_a_key_at_an_even_pace_hands_in_and_leaves_nothing(
    branch: Branch, key: str, pace_s: float
) -> None:
    for errand in WALKED:
        async with visiting(branch.desk, size=(100, 30)) as visitor:
            await at_first(visitor, branch, errand)
            await presses_at(visitor, key, pace_s)
            await visitor.app.workers.wait_for_complete()
            await visitor.settles()
            assert branch.events() == [], errand
            assert isinstance(visitor.app.screen, (Form, Home, Confirm)), "nobody was sent away"


@pytest.mark.parametrize("delay_s", DELAYS_S)
async def test_a_key_that_is_held_where_an_idea_opens_supports_it_at_no_delay(
    branch: Branch, delay_s: float
) -> None:
    held = [5.0, *(5 + delay_s + each / 30 for each in range(60))]
    async with visiting(branch.desk) as visitor:
        await visitor.begins()
        await hits(visitor, ["5", "2", *["enter"] * len(held)], 0, 2, *held)
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.app.screen.query("#me-too"), visitor.text
    assert branch.events() == []
