"""A walk through every screen there is: presses what can be pressed, answers what is asked."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from kiosk.domain.errand import Kind, Question
from kiosk.i18n import EASY, ordinary
from kiosk.problems import CATALOGUE
from screens.app import KioskApp
from screens.form import Form
from screens.frame import ScreenFrame
from screens.intent import LOOK_S
from screens.messages import HelpWanted, OpenTechnician
from screens.out_of_order import OutOfOrder
from screens.receipt import ReceiptScreen
from screens.still_there import StillThere, endangered
from screens.widgets.big_button import BigButton
from screens.widgets.header import Header
from tests.drivers.answering import full_answers

LEAVING = {"back", "done", "cancel", "next"}
"""Buttons that lead back to where the walk has been, or that the form's own walk presses."""
ALIKE = 2
"""So many buttons of one kind are pressed on a screen: `event-1`, `event-2`, and no more."""

NO_CODE = "0000-0000-0000"
"""Typed before there is a receipt."""


async def at_rest(app: KioskApp, then_pass_s: float = 60.0) -> None:
    """Let everything said be heard, drawn, and heard again, without waiting for a clock.

    In a task of its own, as screens are drawn: what draws remembers what it has drawn. Then as much
    time has passed as anybody takes to read.
    """
    await asyncio.create_task(_come_to_rest(app))
    _let_time_pass(app, then_pass_s)


def _let_time_pass(app: KioskApp, seconds: float) -> None:
    """Let everything that was pressed and shown lie so many more *seconds* back."""
    for screen in app.screen_stack:
        if isinstance(screen, ScreenFrame):
            screen.shown_at -= seconds
            screen.came_at -= seconds
    if app._doubted:
        app._doubted.time -= seconds
    app._scan.at -= seconds
    hand = app._hand
    key, at = hand._stuck
    hand._stuck = key, at - seconds
    hand._until -= seconds
    hand._decided_at -= seconds
    hand._last = replace(hand._last, at=hand._last.at - seconds, began=hand._last.began - seconds)
    app.led_at -= seconds


async def _come_to_rest(app: KioskApp) -> None:
    while app._settling or app._scan.kept:
        await (app._settling or asyncio.sleep(LOOK_S))
        await asyncio.sleep(0)
    for frame in range(12):
        calm = 0
        for _ in range(400):
            await asyncio.sleep(0)
            pumps = (app, *app.screen.walk_children(with_self=True))
            calm = calm + 1 if all(each._message_queue.empty() for each in pumps) else 0
            if calm == 3:
                break
        screen = app.screen
        to_do = screen._callbacks or screen._layout_required or screen._dirty_widgets
        if frame >= 2 and not to_do:
            return
        screen._on_timer_update()


@dataclass
class Walk:
    """One walk before one app; every stop names the screen it stands before."""

    app: KioskApp
    """Stands at the resting screen."""
    language: str
    """Begun in; an easy variant is one touch further."""
    through: Collection[str]
    """Names of the errands it goes through to their receipts; at all others it sees the first
    question."""
    met: set[str] = field(default_factory=set)
    """Class names of the screens it has stood before."""
    code: str = NO_CODE
    """The last receipt it got."""
    _seen: Counter[str] = field(default_factory=Counter)

    async def stops(self) -> AsyncIterator[str]:
        """Stand before one screen after another."""
        yield self._here("resting")
        start = f"#start-{ordinary(self.language)}"
        await self._press(self.app.screen.query_one(start, BigButton))
        if self.language in EASY.values():
            await self._press(self.app.screen.query_one("#easy", BigButton))
        home = self.app.screen
        async for stop in self._from(home, "home"):
            yield stop
        self.app.push_screen(OutOfOrder(next(iter(CATALOGUE.values()))))
        yield await self._arrived("out of order")
        await self._back_to(home)
        self.app.push_screen(StillThere(self.app.idle, endangered(self.app.screen_stack)))
        yield await self._arrived("still there")
        await self._back_to(home)
        home.post_message(HelpWanted())
        yield await self._arrived("help")
        await self._back_to(home)
        home.post_message(OpenTechnician())
        yield await self._arrived("technician")
        await self._back_to(home)

    async def _from(self, screen: Screen[Any], name: str) -> AsyncIterator[str]:
        """Stop at *screen*, and at whatever lies behind its buttons."""
        yield self._here(name)
        if isinstance(screen, Form):
            if screen.draft.errand.name in self.through:
                async for stop in self._through(screen):
                    yield stop
            return
        for line in screen.query(Input):
            line.value = self.code
            await self._settle()
            yield self._here(f"{name}, typed")
        for selector in _worth_pressing(screen):
            for button in screen.query(selector).results(BigButton):  # or gone with what was said
                await self._press(button)
                async for stop in self._behind(screen, f"{name} > {button.id}"):
                    yield stop
            if screen not in self.app.screen_stack:
                return

    async def _behind(self, screen: Screen[Any], name: str) -> AsyncIterator[str]:
        """Stop at what a press has opened, and come back."""
        opened = self.app.screen
        if opened is screen:
            yield self._here(name)
            return
        kind = _kind(opened)
        self._seen[kind] += 1
        if self._seen[kind] <= ALIKE and not (isinstance(opened, Form) and self._seen[kind] > 1):
            async for stop in self._from(opened, name):
                yield stop
        await self._back_to(screen)

    async def _through(self, form: Form) -> AsyncIterator[str]:
        """Stop at every question of a form, unanswered where that is wrong, and at its end."""
        draft, desk = form.draft, self.app.desk
        answers = {**full_answers(draft.errand, desk.content, desk.now()), **draft.answers}
        errand = draft.errand.name
        for question in draft.errand.asked(answers):
            if question.required:
                await self._show(form, question)
                form._next()
                await self._settle()
                yield self._here(f"{errand}: {question.name}, not answered")
            draft.answer(question.name, answers[question.name])
            await self._show(form, question)
            yield self._here(f"{errand}: {question.name}")
        draft.go_to("")
        await form._show_page()
        await self._settle()
        yield self._here(f"{errand}: review")
        await self._press(form.query_one("#cancel", BigButton))
        yield await self._arrived(f"{errand}: cancel?")
        await self._back_to(form)
        await self._press(form.query_one("#next", BigButton))
        receipt = self.app.screen
        assert isinstance(receipt, ReceiptScreen), f"{errand} was not handed in: {draft.mistakes}"
        self.code = receipt.receipt.code
        yield self._here(f"{errand}: receipt")
        for button in receipt.query("#phone").results(BigButton):
            if button.display:
                await self._press(button)
                yield self._here(f"{errand}: code for a phone")
                await self._back_to(receipt)

    async def _show(self, form: Form, question: Question) -> None:
        if question.kind is Kind.AGREEMENT:
            form.draft.mistakes.clear()
        form.draft.go_to(question.name)
        await form._show_page()
        await self._settle()

    async def _press(self, button: BigButton) -> None:
        button.press()
        await self._press_done()

    async def _press_done(self) -> None:
        await self._settle()
        with suppress(TypeError):
            await self.app.workers.wait_for_complete()
        await self._settle()

    async def _back_to(self, screen: Screen[Any]) -> None:
        while screen in self.app.screen_stack and self.app.screen is not screen:
            await self.app.pop_screen()
        await self._settle()

    async def _arrived(self, name: str) -> str:
        await self._settle()
        return self._here(name)

    def _here(self, name: str) -> str:
        self.met.add(type(self.app.screen).__name__)
        return name

    async def _settle(self) -> None:
        await at_rest(self.app)


def _worth_pressing(screen: Screen[Any]) -> list[str]:
    """List selectors of the buttons that may lead somewhere, a few of each kind."""
    kinds: Counter[str] = Counter()
    found = []
    for button in screen.query(BigButton):
        kind = _without_number(button)
        kinds[kind] += 1
        in_header = any(isinstance(each, Header) for each in button.ancestors)
        if button.id and button.display and not in_header and kind not in LEAVING:
            found += [f"#{button.id}"] if kinds[kind] <= ALIKE else []
    return found


def _kind(screen: Screen[Any]) -> str:
    """Name what makes two screens worth looking at both."""
    if isinstance(screen, Form):
        return f"Form {screen.draft.errand.name}"
    buttons = sorted({_without_number(each) for each in screen.query(BigButton)})
    return f"{type(screen).__name__} {' '.join(buttons)}"


def _without_number(button: BigButton) -> str:
    return re.sub(r"\d+", "#", button.id or "")
