"""Nothing happens that she did not mean: what comes twice counts once, wherever it comes."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from kiosk.domain.errand import Choice, Errand, Kind, Question
from kiosk.domain.receipt import State
from screens.draft import Draft
from screens.form import Form
from screens.frame import ScreenFrame
from screens.intent import OFTEN
from screens.messages import HelpWanted, OpenErrand, StartOver
from screens.numbers import NumberKeys
from screens.receipt import WRITE_DOWN_S, ReceiptScreen
from screens.saving import nothing
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.header import Header
from screens.widgets.keyboard import Keyboard
from tests.drivers.branch import Branch
from tests.drivers.hands import Fingers, _as_key, hits, holds
from tests.drivers.sampled import only
from tests.drivers.visitor import Visitor, visiting
from tests.drivers.walk import at_rest

GAPS = only([0.7], (0.1, 0.4, 0.7, 0.95))
KEYS = only(["enter"], ("enter", "space", "escape", "0", "1", "a"))

Opening = Callable[[Visitor], Awaitable[None]]


def at_question(errand: str, question: str, **answers: Any) -> Opening:
    """Stand before one *question*, with *answers* to others; the review where it is empty."""

    async def opens(visitor: Visitor) -> None:
        app = visitor.app
        app._open_errand(OpenErrand(app.desk.errands[errand], answers))
        await visitor.settles()
        visitor.form.draft.go_to(question)
        await visitor.form._show_page()
        await visitor.settles()

    return opens


def behind(*ids: str) -> Opening:
    """Stand behind what opens when these are touched, one after another."""

    async def opens(visitor: Visitor) -> None:
        for each in ids:
            visitor.button(each).press()
            await visitor.settles()

    return opens


async def starts_over(visitor: Visitor) -> None:
    visitor.app.post_message(StartOver())
    await visitor.settles()
    await visitor.begins()


async def at_receipt(visitor: Visitor) -> None:
    await at_question("feedback", "", about="hours", words="Hej")(visitor)
    await visitor.hands_in()


async def at_followed(visitor: Visitor) -> None:
    await at_receipt(visitor)
    code = visitor.receipt.code
    await starts_over(visitor)
    visitor.button("#do-follow-up").press()
    await visitor.settles()
    await visitor.writes(code)
    visitor.button("#look").press()
    await visitor.settles()
    await visitor.app.workers.wait_for_complete()
    await visitor.settles()


async def at_erasing(visitor: Visitor) -> None:
    await at_followed(visitor)
    await behind("#erase")(visitor)


async def at_cancelling(visitor: Visitor) -> None:
    await at_question("feedback", "words", about="hours")(visitor)
    await behind("#cancel")(visitor)


async def at_help(visitor: Visitor) -> None:
    visitor.app.screen.post_message(HelpWanted())
    await visitor.settles()


PLACES: dict[str, Opening] = {
    "home": behind(),
    "faces": at_question("feedback", "mood"),
    "many choices": at_question("feedback", "about"),
    "a long text": at_question("feedback", "words", about="hours"),
    "a line": at_question("sign-up", "name", workshop="build-a-lamp"),
    "an address": at_question("feedback", "contact", about="hours", wants_answer="yes"),
    "several choices": at_question("volunteer", "languages"),
    "an agreement": at_question("volunteer", "agreement", task="reading-friend"),
    "a consent": at_question("sign-up", "consent", workshop="build-a-lamp"),
    "times": at_question("volunteer", "times"),
    "seats": at_question("sign-up", "seats", workshop="build-a-lamp"),
    "a number": at_question("book_tip", "read", counts="pages"),
    "review": at_question("feedback", "", about="hours", words="Hej"),
    "cancelling": at_cancelling,
    "receipt": at_receipt,
    "follow up": behind("#do-follow-up"),
    "followed": at_followed,
    "erasing": at_erasing,
    "programme": behind("#do-programme"),
    "help": at_help,
}


def stands(visitor: Visitor, branch: Branch) -> tuple[object, ...]:
    """Tell where she stands, what she has answered, and what has been saved."""
    screen, visit = visitor.app.screen, visitor.app.visit
    assert isinstance(screen, ScreenFrame)
    draft = screen.draft if isinstance(screen, Form) else None
    written = [each.value if isinstance(each, Input) else each.text for each in texts(visitor)]
    if not draft:  # a receipt code, another one each time
        written = ["" for _ in written]
    return (
        type(screen).__name__,
        len(visitor.app.screen_stack),
        screen.counted_as,
        draft and sorted((name, repr(answer)) for name, answer in draft.answers.items()),
        written,
        (visit.language, visit.large, visitor.app.theme),
        [each.type for each in branch.events()],
    )


def texts(visitor: Visitor) -> list[Input | TextArea]:
    return [
        each for each in visitor.app.screen.query("#writing") if isinstance(each, Input | TextArea)
    ]


async def after(
    branch: Branch, visitor: Visitor, place: str, doing: Callable[[], Awaitable[None]]
) -> tuple[object, ...]:
    """Come to *place* in a new visit, do something, and tell where that leads."""
    known = len(branch.events())
    await starts_over(visitor)
    await PLACES[place](visitor)
    await doing()
    await visitor.app.workers.wait_for_complete()
    await visitor.settles()
    *before, events = stands(visitor, branch)
    assert isinstance(events, list)
    return *before, events[known:]


def worth_pressing(visitor: Visitor) -> list[str]:
    """List the ids of what a finger finds here, one of what is alike."""
    found: list[str] = []
    for each in visitor.app.screen.query(BigButton):
        in_header = any(isinstance(one, Header) for one in each.ancestors)
        if (
            each.id
            and each.display
            and each.region.area
            and not isinstance(each, OFTEN)
            and not in_header
        ):
            found.append(each.id)
    alike = [each for each in found if each[-1].isdigit() or each.startswith("do-")]
    return [each for each in found if each not in alike[1:]]


def single_digits(visitor: Visitor) -> list[str]:
    """List the digits that press something here, and are not the first of a number with two."""
    if texts(visitor):
        return []
    numbers = NumberKeys(visitor.app.screen)
    field = numbers._field
    if field is not None and field.takes_digits_often:
        return []
    found = {1, *numbers._ways}
    return [
        str(each)
        for each in sorted(found)
        if each < 10 and (not each or 11 * each > numbers.highest)
    ]


@pytest.mark.parametrize("gap_s", GAPS)
@pytest.mark.parametrize("place", only({"review", "receipt"}, PLACES))
async def test_a_second_press_at_the_same_spot_or_digit_does_nothing_more(
    branch: Branch, place: str, gap_s: float
) -> None:
    async with visiting(branch.desk, size=(100, 30)) as visitor:

        def taps(button: str, *times: float) -> Callable[[], Awaitable[None]]:
            return lambda: Fingers(visitor).taps(visitor.button(f"#{button}"), *times)

        def types(key: str, *times: float) -> Callable[[], Awaitable[None]]:
            return lambda: hits(visitor, key, *times)

        await after(branch, visitor, place, visitor.settles)
        buttons, keys = worth_pressing(visitor), single_digits(visitor)
        assert buttons
        for doing, each in [*((taps, each) for each in buttons), *((types, each) for each in keys)]:
            once = await after(branch, visitor, place, doing(each, 0))
            assert await after(branch, visitor, place, doing(each, 0, gap_s)) == once, each


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("place", only({"home", "an agreement"}, PLACES))
async def test_a_key_that_is_held_decides_nothing(branch: Branch, place: str, key: str) -> None:
    async with visiting(branch.desk) as visitor:
        begun = await after(branch, visitor, place, visitor.settles)
        held = await after(branch, visitor, place, lambda: holds(visitor, key))
        pressed_once = await after(branch, visitor, place, lambda: hits(visitor, key, 0))
        assert held[0] == pressed_once[0], "a stuck key leads no further than one press"
        assert held[-1] in (begun[-1], pressed_once[-1])


async def test_nothing_is_agreed_by_writing(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "an agreement", visitor.settles)
        await visitor.presses(*"1", "space", *"kv", "space", *"i")
        answer = visitor.form.draft.answers["agreement"]
        assert (answer["accepted"], answer["mine"]) == (False, "1 kv i")
        await visitor.presses("tab", "enter", "enter")
        assert visitor.form.draft.answers["agreement"]["accepted"]


@pytest.mark.parametrize("place", ["an agreement", "a consent"])
async def test_nothing_is_agreed_by_pressing_on(branch: Branch, place: str) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, place, lambda: visitor.presses("enter"))
        assert not visitor.button("#yes").chosen  # type: ignore[attr-defined] # a tile
        assert visitor.app.focused is visitor.button("#yes"), "it shows what is missing"
        await visitor.presses("enter", "enter")
        assert visitor.form.counted_as not in {"volunteer/agreement", "sign-up/consent"}


@pytest.mark.parametrize("many", range(12))
async def test_one_and_on_is_never_ten_and_no_way_out_has_two_digits(
    branch: Branch, many: int
) -> None:
    async with visiting(branch.desk) as visitor:
        choices = tuple(Choice(f"c{each}", f"C {each}") for each in range(many))
        question = Question("one", Kind.CHOICES, "Which?", choices=choices)
        errand = Errand("odd", "Odd", "Odd.", (question,), "Thanks.")
        visitor.app.push_screen(Form(Draft(errand), nothing))
        await visitor.settles()
        ways = NumberKeys(visitor.app.screen)._ways
        assert all(number % 10 for number in ways if number)
        assert [each for number, each in ways.items() if number > 9 and each.after_s] == []


async def test_no_way_wears_the_number_of_the_page_before(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "faces", visitor.settles)
        assert visitor.button("#cancel").digit == 7
        await visitor.presses("0")
        assert visitor.form.counted_as == "feedback/about"
        assert visitor.button("#cancel").digit is None, "7 is a choice here"


async def test_one_then_on_goes_on_where_there_are_eight_tiles(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await visitor.begins()
        await at_question("volunteer", "task")(visitor)
        await hits(visitor, "1", 0)
        before = visitor.form.draft.at
        await hits(visitor, "0", 0)
        assert visitor.form.draft.at != before


async def test_a_receipt_is_not_left_in_its_first_seconds_nor_by_habit(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "review", visitor.settles)
        hand_in = visitor.button("#next").region
        await hits(visitor, "0", 0)
        await visitor.app.workers.wait_for_complete()
        await at_rest(visitor.app, 0)
        done = visitor.button("#done")
        assert not hand_in.overlaps(done.region)
        assert done.digit != 0
        for key in ("enter", "escape", "space", "0"):
            await hits(visitor, key, 2.0)
        await at_rest(visitor.app, 0)
        assert visitor.receipt
        receipt = visitor.app.screen
        assert isinstance(receipt, ReceiptScreen)
        receipt.shown()
        await Fingers(visitor).taps(done, WRITE_DOWN_S - 0.5)
        assert visitor.receipt
        await Fingers(visitor).taps(done, 0)
        assert len(visitor.app.screen_stack) == 1


@pytest.mark.parametrize("place", ["receipt", "erasing", "review", "home"])
async def test_what_is_pressed_too_soon_is_not_pressed_by_habit_behind_it(
    branch: Branch, place: str
) -> None:
    async with visiting(branch.desk) as visitor:
        begun = await after(branch, visitor, place, visitor.settles)
        ways = NumberKeys(visitor.app.screen)._ways
        deciding = [(number, each.id) for number, each in ways.items() if each.after_s]
        assert deciding
        for number, name in deciding:

            async def by_key(digit: str = str(number)) -> None:
                await at_rest(visitor.app, 0)
                focused = visitor.app.focused
                hits_too_soon(visitor)
                await hits(visitor, digit, 0)
                assert visitor.app.focused is focused

            async def by_finger(name: str = f"#{name}") -> None:
                await at_rest(visitor.app, 0)
                focused = visitor.app.focused
                hits_too_soon(visitor)
                await Fingers(visitor).taps(visitor.button(name), 0)
                assert visitor.app.focused is focused

            assert await after(branch, visitor, place, by_key) == begun, name
            assert await after(branch, visitor, place, by_finger) == begun, name


async def test_what_is_typed_ahead_comes_to_the_screen_that_comes(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "many choices", lambda: visitor.presses("7"))
        types_at_once(visitor, "0ahha, 00")
        await at_rest(visitor.app)
        assert visitor.form.draft.answers["words"] == "ahha, 00"


async def test_a_whole_code_typed_before_the_screen_stands_is_looked_up(branch: Branch) -> None:
    code = branch.hand_in().code
    async with visiting(branch.desk) as visitor:
        await visitor.begins()
        types_at_once(visitor, f"8{code}\r")
        await at_rest(visitor.app)
        await visitor.app.workers.wait_for_complete()
        await at_rest(visitor.app)
        assert visitor.sees("What has happened"), visitor.text
        assert branch.desk.look_up(code).state is State.SAVED


async def test_what_is_pressed_right_behind_a_text_is_heard(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "a long text", visitor.settles)
        await hits(visitor, [*"bra", "tab", "enter", "1", "0"], *(each / 5 for each in range(7)))
        answers = visitor.form.draft.answers
        assert (answers["words"], answers["as_whom"]) == ("bra", "person")
        assert visitor.form.counted_as == "feedback/wants_answer"


async def test_letters_that_nobody_writes_decide_nothing_behind_them(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "faces", visitor.settles)
        await hits(visitor, [*"br1", "enter", "0"], *(each / 5 for each in range(5)))
        assert visitor.form.counted_as == "feedback/mood"
        assert "mood" not in visitor.form.draft.answers


async def test_nobody_agrees_by_a_key_right_behind_a_text(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "an agreement", visitor.settles)
        visitor.app.screen.set_focus(texts(visitor)[0])
        await hits(visitor, [*"bra", "tab", "enter"], *(each / 5 for each in range(5)))
        assert not visitor.form.draft.answers["agreement"]["accepted"]


async def test_a_digit_that_comes_twice_is_no_part_of_the_text_it_led_to(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "many choices", lambda: visitor.presses("7"))
        await hits(visitor, "0", 0, 0.5)
        await visitor.presses("a")
        assert visitor.form.draft.answers["words"] == "a"
        await after(branch, visitor, "many choices", lambda: visitor.presses("7"))
        await hits(visitor, [*"007b"], 0, 0.3, 0.5, 0.7)
        assert visitor.form.draft.answers["words"] == "07b", "but it may be the first of one"


async def test_a_double_tap_on_the_way_to_a_text_types_nothing(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "many choices", lambda: visitor.presses("7"))
        keyboard = visitor.app.screen.query_one(Keyboard)
        await Fingers(visitor).taps(visitor.button("#next"), 0, 0.6)
        assert keyboard.display
        assert "words" not in visitor.form.draft.answers


async def test_what_decides_is_meant_only_by_who_could_read_it(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await after(branch, visitor, "review", visitor.settles)
        visitor.form.shown()
        await Fingers(visitor).taps(visitor.button("#next"), READ_S - 0.2)
        assert isinstance(visitor.app.screen, Form)


def hits_too_soon(visitor: Visitor) -> None:
    """Begin anew to count how long what is shown has been in sight."""
    visitor.app.screen.shown()  # type: ignore[attr-defined] # a frame


def types_at_once(visitor: Visitor, typed: str) -> None:
    """Send keys as they come where nobody has had time to draw in between."""
    for sign in typed:
        visitor.app.post_message(_as_key({"\r": "enter", " ": "space"}.get(sign, sign)))
