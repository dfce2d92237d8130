"""The form: any errand, one question a screen."""

from typing import Any

import pytest
from textual.widgets import Input
from textual.widgets.text_area import TextAreaTheme

from kiosk.desk import Desk
from kiosk.domain.errand import Errand, Kind
from kiosk.errands import ERRANDS
from screens.form import Form
from screens.home import Home
from screens.keys import CONTRAST
from screens.widgets.answers.writing import LimitedText
from screens.widgets.big_button import BigButton
from screens.widgets.keyboard import Keyboard
from screens.widgets.shelf import Reel
from tests.drivers.answering import full_answers
from tests.drivers.branch import Branch
from tests.drivers.visitor import Visitor, visiting

FEEDBACK = {"mood": 4, "about": "premises", "words": "Kallt vid fönstren", "wants_answer": "yes"}
SIGN_UP = {
    "workshop": "build-a-lamp",
    "seats": {"adults": 2, "children": 1},
    "name": "Anna",
    "guardian": "Anna",
    "needs": ["wheelchair", "other"],
    "need_in_words": "En stol",
    "consent": True,
}


@pytest.mark.parametrize("errand", ERRANDS.values(), ids=list(ERRANDS))
async def test_an_errand_is_answered_and_handed_in(branch: Branch, errand: Errand) -> None:
    answers = full_answers(errand, branch.desk.content, branch.desk.now())
    async with visiting(branch.desk, size=(100, 30)) as visitor:
        await visitor.begins()
        visitor.app._open_errand(_opening(errand))
        await visitor.settles()
        await visitor.answers(**answers)
        assert visitor.sees("Is this right?")
        receipt = await visitor.hands_in()
    (event,) = branch.events()
    assert event.id == receipt.id
    told = branch.unsealed(event).answers
    for given in (told, answers):
        given.get("agreement", {}).pop("version", None)
    assert told == answers


def _opening(errand: Any) -> Any:
    from screens.messages import OpenErrand

    return OpenErrand(errand)


def test_every_kind_of_question_has_a_field() -> None:
    from screens.widgets.answers import _FIELDS

    assert set(_FIELDS) == set(Kind)


async def test_progress_counts_only_the_questions_that_are_asked(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        assert visitor.sees("Question 1 of 5")
        for _ in range(1):
            await visitor.touches("#next")
        await visitor.presses("7")
        await visitor.touches("#next")
        await visitor.touches("#next")
        await visitor.touches("#next")
        await visitor.presses("1")
        await visitor.touches("#next")
        assert visitor.sees("Question 6 of 6")


async def test_a_required_question_says_in_words_that_it_needs_an_answer(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.touches("#next")
        assert visitor.form.counted_as == "feedback/about"
        assert visitor.sees("Please answer this one, or cancel.")
        await visitor.presses("7")
        assert not visitor.sees("Please answer this one, or cancel.")


async def test_a_number_of_two_digits_picks_an_answer(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.presses("1", "1")
        assert visitor.form.draft.answers["about"] == "other"


async def test_digits_that_cannot_be_one_number_are_two(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        visitor.app._open_errand(_opening(desk.errands["volunteer"]))
        await visitor.settles()
        visitor.form.draft.go_to("languages")
        await visitor.form._show_page()
        await visitor.presses("1", "3")
        assert visitor.form.draft.answers["languages"] == ["sv", "nb"]


async def test_going_back_keeps_what_was_answered(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses("4")
        await visitor.touches("#next")
        await visitor.presses("escape")
        assert visitor.sees("Question 1 of 5"), visitor.text
        assert visitor.tile("4").chosen


async def test_keys_alone_are_enough(branch: Branch) -> None:
    async with visiting(branch.desk) as visitor:
        await visitor.begins()
        await visitor.presses("1", "5", "enter", "7", "enter")
        await visitor.presses(*"Bra", "tab", "enter")
        assert visitor.sees("Who is speaking?")
        await visitor.presses("1", "enter", "2", "enter")
        assert visitor.sees("Is this right?")
        await visitor.presses("enter")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.receipt.code
    assert branch.unsealed(branch.events()[0]).answers["words"] == "Bra"


async def test_cancelling_asks_before_anything_is_thrown_away(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses("4")
        await visitor.touches("#cancel")
        assert visitor.sees("Throw away your answers?")
        await visitor.touches("No, go on")
        assert isinstance(visitor.app.screen, Form)
        await visitor.touches("#cancel")
        await visitor.touches("Yes, throw them away")
        assert isinstance(visitor.app.screen, Home)


async def test_cancelling_an_empty_form_just_leaves(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#cancel")
        assert isinstance(visitor.app.screen, Home)


async def test_a_change_from_the_review_leads_back_to_the_review(desk: Desk) -> None:
    async with visiting(desk, size=(100, 40)) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(**FEEDBACK)
        await visitor.touches("#review-about")
        assert visitor.form.counted_as == "feedback/about"
        assert not visitor.form.draft.mistakes
        await visitor.presses("5")
        await visitor.touches("#next")
        assert visitor.sees("Is this right?")
        assert visitor.sees("The staff")


async def test_a_full_disk_is_told_at_the_review_and_nothing_typed_is_lost(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.problems import CANNOT_WRITE, Trouble

    def full(*_: object) -> None:
        raise Trouble(CANNOT_WRITE, path="x", why="full")

    async with visiting(branch.desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(**FEEDBACK)
        monkeypatch.setattr(branch.desk.ledger, "append", full)
        await visitor.touches("#next")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert visitor.sees("cannot save anything right now")
        monkeypatch.undo()
        assert visitor.form.draft.answers["words"] == FEEDBACK["words"]
        assert (await visitor.hands_in()).code


async def test_a_kiosk_that_cannot_save_says_so_before_anybody_types(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.room.LEAST_FREE_MB", 1 << 62)
    async with visiting(branch.desk) as visitor:
        await visitor.opens("feedback")
        assert visitor.sees("Code K05")
        await visitor.touches("#back")
        assert isinstance(visitor.app.screen, Home)


async def test_the_keyboard_stands_on_every_text_question_and_can_be_hidden(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        assert not visitor.app.screen.query_one(Keyboard).display
        await visitor.touches("#next")
        await visitor.presses("7")
        await visitor.touches("#next")
        assert visitor.app.screen.query_one(Keyboard).display
        visitor.app.screen.query_one(Keyboard).post_message(Keyboard.Hidden())
        await visitor.settles()
        assert not visitor.app.screen.query_one(Keyboard).display
        await visitor.touches("#keys")
        assert visitor.app.screen.query_one(Keyboard).display


async def test_the_language_changes_without_losing_what_was_typed(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.presses("7")
        await visitor.touches("#next")
        await visitor.writes("Kallt här")
        for language, ask in (("sv", "Fråga 3 av 5"), ("da", "Spørgsmål 3 af 5")):
            await visitor.touches(f"#language-{language}")
            assert visitor.sees(ask)
            assert visitor.sees("Kallt här")
            assert visitor.app.focused is not None
            assert visitor.app.focused.id == "writing"


async def test_what_a_visitor_writes_is_never_read_as_markup(desk: Desk) -> None:
    hostile = "[@click=app.quit]x[/x] [bold"
    async with visiting(desk, size=(100, 40)) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff", words=hostile)
        assert visitor.sees(hostile)


async def test_text_over_the_limit_is_cut_while_it_is_written(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff", words="x" * 200_000)
        assert len(visitor.form.draft.answers["words"]) == 2000


async def at_the_agreement(visitor: Visitor) -> Form:
    """Open the volunteer errand at its agreement, with the keyboard up."""
    await visitor.begins()
    visitor.app._open_errand(_opening(visitor.app.desk.errands["volunteer"]))
    await visitor.settles()
    visitor.tile("reading-friend").press()
    await visitor.settles()
    await visitor.touches("#next")
    await visitor.touches("#keys")
    assert visitor.app.screen.query_one(Keyboard).display
    return visitor.form


async def test_going_on_without_agreeing_shows_what_to_press(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        form = await at_the_agreement(visitor)
        beside_keys = form.query_one(Reel).size.height
        await visitor.touches("#next")
        assert visitor.sees("Press “I agree” to go on, or cancel.")
        assert not form.query_one(Keyboard).display
        assert visitor.app.focused is visitor.button("#yes")
        assert form.query_one(Reel).size.height > beside_keys, "she reads more without the keys"


async def test_done_writing_puts_the_keyboard_away_and_leads_to_the_yes(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        form = await at_the_agreement(visitor)
        visitor.button("#next").focus()
        await visitor.settles()
        keyboard = form.query_one(Keyboard)
        assert visitor.sees("Done writing")
        keyboard.post_message(Keyboard.Hidden())
        await visitor.settles()
        assert not keyboard.display
        assert visitor.app.focused is visitor.button("#yes")


async def test_tab_leads_from_the_answer_to_the_way_on(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.presses("7", "enter", "tab")
        assert visitor.form.counted_as == "feedback/words"
        assert visitor.app.focused is visitor.button("#next")
        await visitor.presses("tab")
        assert visitor.app.focused is visitor.button("#back")


async def test_a_consent_that_is_missing_says_which_button_gives_it(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        visitor.app._open_errand(_opening(desk.errands["sign-up"]))
        await visitor.settles()
        visitor.form.draft.go_to("consent")
        await visitor.form._show_page()
        await visitor.touches("#next")
        assert visitor.sees("Press “Yes, that is fine” to go on, or cancel.")


async def test_the_review_shows_when_a_workshop_is_in_full(desk: Desk) -> None:
    async with visiting(desk, language="nb") as visitor:
        await visitor.begins()
        visitor.app._open_errand(_opening(desk.errands["sign-up"]))
        await visitor.settles()
        await visitor.answers(**SIGN_UP)
        assert visitor.sees("torsdag 26. november 16:30–19:00") or visitor.sees(
            "torsdag 3. desember 16:30–19:00"
        ), visitor.text


async def test_the_review_shows_the_beginning_of_a_long_text(desk: Desk) -> None:
    async with visiting(desk, size=(80, 45)) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff", words="ord " * 200)
        assert visitor.sees("ord…")
        assert visitor.sees("Would you like an answer?")


async def test_a_number_is_typed_wherever_the_focus_is_or_touched_and_never_too_large(
    desk: Desk,
) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("book_tip")
        visitor.form.draft.answers.update(counts="pages")
        visitor.form.draft.go_to("read")
        await visitor.form._show_page()
        await visitor.presses("2", "1", "2", "backspace", "3", "4")
        assert visitor.form.draft.answers["read"] == 213, "2134 pages are more than it takes"
        await visitor.touches("#pad-mend")
        await visitor.touches("#pad-0")
        assert visitor.form.draft.answers["read"] == 210
        await visitor.presses("backspace", "backspace", "backspace")
        await visitor.touches("#next")
        assert visitor.sees("Please answer this one, or cancel.")
        await visitor.presses("7", "enter")
        assert visitor.question is None or visitor.question.name != "read"


async def test_a_fault_says_whom_to_call_before_and_after_it_is_told(branch: Branch) -> None:
    phone = branch.desk.content.branch.phone
    async with visiting(branch.desk) as visitor:
        await visitor.opens("fault")
        assert visitor.sees(f"Can't wait? Call {phone}. In an emergency: 112.")
        await visitor.answers(what="lock")
        await visitor.hands_in()
        assert visitor.sees(f"Can't wait? Call {phone}. In an emergency: 112.")


@pytest.mark.parametrize("question", ["words", "group_name", "contact"])
@pytest.mark.usefixtures("_drawn")
async def test_a_letter_behind_others_lays_nothing_out_anew(
    question: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await visitor.opens("feedback")
        visitor.form.draft.answers |= {"as_whom": "group", "wants_answer": "yes"}
        visitor.form.draft.go_to(question)
        visitor.form._turn()
        await visitor.settles()
        await visitor.presses("a")
        await visitor.settles()
        laid_out: list[object] = []
        monkeypatch.setattr(Form, "_refresh_layout", lambda *told, **_: laid_out.append(told))
        await visitor.presses("b")
        assert visitor.form.draft.answers[question] == "ab"
        assert laid_out == []


@pytest.mark.usefixtures("_drawn")
async def test_a_letter_behind_others_reads_no_colours_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visiting(desk, size=(100, 30)) as visitor:
        await visitor.opens("feedback")
        visitor.form.draft.go_to("words")
        visitor.form._turn()
        await visitor.settles()
        read: list[object] = []
        stock = TextAreaTheme.apply_css
        monkeypatch.setattr(
            TextAreaTheme, "apply_css", lambda theme, text: read.append(stock(theme, text))
        )
        await visitor.presses("b")
        assert read == []
        assert _paper_under_writing(visitor) == visitor.app.theme_variables["field"].casefold()
        await visitor.presses(CONTRAST)
        assert read != []
        assert _paper_under_writing(visitor) == visitor.app.theme_variables["field"].casefold()


def _paper_under_writing(visitor: Visitor) -> str:
    strip = visitor.form.query_one(LimitedText).render_line(0)
    papers = {each.style.bgcolor.name for each in strip if each.style and each.style.bgcolor}
    return min(papers - {visitor.app.theme_variables["ink"].casefold()})


async def test_a_line_that_is_longer_than_its_room_shows_what_is_written_last(desk: Desk) -> None:
    async with visiting(desk, size=(80, 24)) as visitor:
        await visitor.opens("feedback")
        visitor.form.draft.answers |= {"as_whom": "group", "group_name": "x" * 72}
        visitor.form.draft.go_to("group_name")
        visitor.form._turn()
        await visitor.settles()
        written = "x"
        for letter in "abcdef":
            await visitor.presses(letter)
            written += letter
            assert visitor.sees(written)
        line = visitor.form.query_one(Input)
        assert line.scroll_offset.x == len(line.value) + 1 - line.content_size.width
        await visitor.presses("home", "z")
        assert visitor.sees("zx")
        assert line.scroll_offset.x == 0


async def test_what_is_pressed_once_too_often_answers_no_other_question(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses("0")
        tile = visitor.app.screen.focused
        assert isinstance(tile, BigButton)
        for _ in range(6):  # as they arrive on a machine that has no time to draw in between
            tile.press()
        await visitor.settles()
        assert visitor.form.counted_as == "feedback/words"
        assert visitor.form.draft.answers == {"about": "learning"}


async def test_going_on_twice_at_once_passes_over_no_question(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        way_on = visitor.form.query_one("#next", BigButton)
        for _ in range(2):
            way_on.press()
        await visitor.settles()
        assert visitor.form.counted_as == "feedback/about"
        assert not visitor.form.draft.mistakes


async def test_back_pressed_twice_at_once_leads_one_question_back(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(**FEEDBACK)
        way_back = visitor.form.query_one("#back", BigButton)
        for _ in range(2):
            way_back.press()
        await visitor.settles()
        assert visitor.form.counted_as == "feedback/contact"


async def test_leaving_twice_at_once_leads_one_screen_back(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        before = visitor.app.screen_stack[-2]
        for _ in range(2):
            visitor.form.query_one("#back", BigButton).press()
        await visitor.settles()
        assert visitor.app.screen is before


async def test_a_tile_pressed_twice_at_once_opens_one_form(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        many = len(visitor.app.screen_stack)
        for _ in range(2):
            visitor.button("#do-feedback").press()
        await visitor.settles()
        assert len(visitor.app.screen_stack) == many + 1
