"""A shared screen: whichever way a visitor goes, nothing of her is left in the program.

What is looked through is everything that Python's collector knows, garbage not collected yet
included, as soon as the last message of the visit was heard: no clock is waited for.
"""

import functools
import gc
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import cast

import pytest
from textual._styles_cache import StylesCache
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from kiosk import wire
from kiosk.desk import Begun, Desk
from kiosk.domain.errand import Kind
from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer, FollowUp, Receipt
from kiosk.errands import ERRANDS
from kiosk.seal import ReceiptKeys, receipt_keys
from screens.draft import Draft
from screens.frame import ScreenFrame
from screens.help_card import HelpCard
from screens.messages import (
    Added,
    BeginVisit,
    Found,
    HandedIn,
    LanguageChosen,
    OpenErrand,
    OpenFollowUp,
    OpenHelp,
    OpenPosting,
    OpenQuestions,
)
from screens.resting import Resting
from tests.drivers.answering import full_answers
from tests.drivers.branch import Branch
from tests.drivers.memory import Secret, count, held, holders, left, only_what_is_new
from tests.drivers.visitor import Visitor, visiting

PERSONAL = (
    Added,
    Answer,
    Begun,
    Draft,
    FollowUp,
    Found,
    HandedIn,
    Receipt,
    ReceiptKeys,
    Screen,
    Worker,
)
"""Kinds of objects that are there only for one visitor."""
OURS = (Resting,)
SECRET = "hemligt-om-katten"
"""Begins what a visitor writes, in each visit with another number."""
WRITTEN = {Kind.TEXT, Kind.LONG_TEXT, Kind.AGREEMENT, Kind.CONTACT}
NEWS_AT = datetime(2026, 11, 27, 9, tzinfo=UTC)

Secrets = list[Secret]
Doing = Callable[[Visitor, Branch, str], Awaitable[Secrets]]
"""What is done in a visit with the words she has; returns what must then be forgotten."""
Leaving = Callable[[Visitor], Awaitable[Secrets]]


async def says(visitor: Visitor, message: Message) -> None:
    """Let the screen in front say something, as a key or touch makes it."""
    visitor.app.screen.post_message(message)
    await visitor.settles()


async def works(visitor: Visitor) -> None:
    await visitor.settles()
    await visitor.app.workers.wait_for_complete()
    await visitor.settles()


async def fills_in(visitor: Visitor, words: str) -> Secrets:
    """Answer everything the form asks, with *words* wherever words are wanted, to the review."""
    desk, draft = visitor.app.desk, visitor.form.draft
    wanted = full_answers(draft.errand, desk.content, desk.now())
    while (question := visitor.question) is not None:
        if question.kind in WRITTEN:
            mail = question.kind is Kind.CONTACT
            await visitor.writes(f"{words}@example.org" if mail else words)
            if question.kind is Kind.AGREEMENT:
                await visitor.presses_in("#yes")
        else:
            draft.answer(question.name, draft.answers.get(question.name, wanted.get(question.name)))
        await visitor.presses_in("#next")
        assert visitor.question is not question, visitor.text
    return [Secret(words)]


def errand(name: str) -> Doing:
    async def fills_in_errand(visitor: Visitor, branch: Branch, words: str) -> Secrets:
        await says(visitor, OpenErrand(branch.desk.errands[name]))
        return await fills_in(visitor, words)

    return fills_in_errand


async def questionnaire(visitor: Visitor, branch: Branch, words: str) -> Secrets:
    await says(visitor, OpenQuestions(branch.desk.content.questionnaires[0].id))
    return await fills_in(visitor, words)


async def joins_an_idea(visitor: Visitor, branch: Branch, words: str) -> Secrets:
    ideas = [each for each in branch.desk.content.postings if each.can_be_joined]
    await says(visitor, OpenPosting(ideas[0].id))
    await visitor.presses_in("#me-too")
    await works(visitor)
    await visitor.presses_in("#join")
    return await fills_in(visitor, words)


async def asks_the_guide(visitor: Visitor, branch: Branch, words: str) -> Secrets:
    guide = branch.desk.content.guide
    need = guide.needs[0]
    topic = need.topics[0]
    contact = guide.who_helps(topic)[0]
    await says(visitor, OpenHelp(need.id, topic.id, contact.id))
    assert isinstance(visitor.app.screen, HelpCard)
    await visitor.presses_in("#solved")
    return []


async def follows_up(visitor: Visitor, branch: Branch, words: str) -> Secrets:
    """Read the library's answer with the code, and write more."""
    secrets = answered(branch, words)
    await says(visitor, OpenFollowUp())
    await visitor.writes(secrets[0].text)
    await visitor.presses_in("#look")
    await works(visitor)
    assert visitor.sees(f"answer-{words}")
    await visitor.presses_in("#more")
    await visitor.answers(words=words)
    await visitor.presses_in("#next")
    await works(visitor)
    return secrets


async def erases(visitor: Visitor, branch: Branch, words: str) -> Secrets:
    secrets = answered(branch, words)
    await says(visitor, OpenFollowUp())
    await visitor.writes(secrets[0].text)
    await visitor.presses_in("#look")
    await works(visitor)
    await visitor.presses_in("#erase")
    await visitor.presses_in("#yes")
    await works(visitor)
    return secrets


async def types_a_code(visitor: Visitor, branch: Branch, words: str) -> Secrets:
    await says(visitor, OpenFollowUp())
    await visitor.writes(words)
    await visitor.presses_in("#look")
    await works(visitor)
    return [Secret(words)]


def answered(branch: Branch, words: str) -> Secrets:
    """Hand in for her, and let the library's answer arrive; tell only what must be forgotten."""
    receipt = branch.hand_in()
    event = branch.events()[-1]
    locked = branch.locked_answer(event, Answer(f"answer-{words}", NEWS_AT, "Karin"))
    locator = receipt_keys(receipt.code, branch.device.salt).locator
    told = NEWS_AT.isoformat()
    news = wire.ReceiptState(
        locator, State.ANSWERED.value, told, change=1, errand="feedback", answers=(locked,)
    )
    stored = wire.EventVerdict(event.id, wire.Verdict.STORED)
    branch.desk.ledger.settle(
        wire.InboxAnswer("b", "e", 1, 0, told, verdicts=[stored], states=[news])
    )
    return [Secret(receipt.code), Secret(receipt.code_in_groups), Secret(words)]


async def done(visitor: Visitor) -> Secrets:
    """Hand in if there is something to, and go by the big button."""
    secrets = []
    if visitor.app.screen.query("#next"):
        await visitor.presses_in("#next")
        await works(visitor)
        code = visitor.receipt.code
        secrets = [Secret(code), Secret(visitor.receipt.code_in_groups)]
        assert held(secrets)
    if visitor.app.screen.query("#done"):
        await visitor.presses_in("#done")
    else:
        await escape(visitor)
    return secrets


async def cancel(visitor: Visitor) -> Secrets:
    await visitor.presses_in("#cancel")
    await visitor.presses_in("#yes")
    return await escape(visitor)


async def escape(visitor: Visitor) -> Secrets:
    while not isinstance(visitor.app.screen, Resting):
        cast("ScreenFrame", visitor.app.screen).step_back()
        await visitor.settles()
        if visitor.app.screen.query("#yes"):
            await visitor.presses_in("#yes")
    return []


async def silence(visitor: Visitor) -> Secrets:
    """Go away without a word: she is asked, and then everything is wiped."""
    app = visitor.app
    app.idle.last -= app.idle.idle_s
    app._watch_idle()
    await visitor.settles()
    assert visitor.sees("Are you still there?"), visitor.text
    app.idle.last -= app.idle.warning_s
    app._watch_idle()
    await visitor.settles()
    return []


async def another_language(visitor: Visitor) -> Secrets:
    """Read it all in another language before going away."""
    await says(visitor, LanguageChosen("da"))
    visitor.app.idle.last -= 10_000
    visitor.app._watch_idle()
    await visitor.settles()
    return []


@pytest.mark.usefixtures("_drawn")
async def test_no_visit_leaves_anything_of_the_visitor(branch: Branch) -> None:
    await leave_nothing(
        branch,
        (errand("feedback"), done),
        (errand("sign-up"), cancel),
        (joins_an_idea, another_language),
        (questionnaire, silence),
        (follows_up, escape),
        (erases, done),
        (types_a_code, silence),
        (asks_the_guide, escape),
    )


@pytest.mark.slow
@pytest.mark.parametrize("way", [done, cancel, silence, another_language, escape])
@pytest.mark.parametrize("name", list(ERRANDS))
async def test_no_way_out_of_any_errand_leaves_anything(
    branch: Branch, name: str, way: Leaving
) -> None:
    await leave_nothing(branch, (errand(name), way))


async def leave_nothing(branch: Branch, *visits: tuple[Doing, Leaving]) -> None:
    """Come and go, and look for what was written, for codes and for whatever is a visitor's."""
    everybodys: Secrets = []
    with only_what_is_new():
        async with visiting(branch.desk) as visitor:
            await visitor.settles()
            before = count(Widget)
            for number, (does, leaves) in enumerate(visits):
                everybodys += await comes_and_goes(visitor, branch, number, does, leaves)
                assert left(PERSONAL, OURS) == [], (does, leaves)
                assert count(Widget) == before
            gc.unfreeze()
            if holders(everybodys):  # a thread that has just ended may still let go of its frame
                await visitor.settles()
            assert holders(everybodys) == []
    assert SECRET.encode() not in branch.bytes_on_disk()


async def comes_and_goes(
    visitor: Visitor, branch: Branch, number: int, does: Doing, leaves: Leaving
) -> Secrets:
    """Make one visit; return what was forgotten."""
    words = f"{SECRET}-{number}"
    visitor.app.idle.start_anew()
    await says(visitor, BeginVisit())
    secrets = await does(visitor, branch, words)
    assert not secrets or held(secrets)
    visitor.app._clipboard = words
    del words
    secrets += await leaves(visitor)
    assert isinstance(visitor.app.screen, Resting), visitor.text
    assert not any(visitor.sees(each.text) for each in secrets)
    assert holders(secrets) == [], (does, leaves)
    return secrets


@pytest.mark.usefixtures("_drawn")
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
        workers = [each for each in gc.get_objects() if issubclass(type(each), Worker)]
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
        if type(each) is functools._lru_cache_wrapper:
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
