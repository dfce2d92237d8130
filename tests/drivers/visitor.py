"""A visitor before the screen: does in sentences what a hand does, and tells what the eye sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kiosk.desk import Desk
from kiosk.domain.errand import Kind, Question
from kiosk.domain.submission import Receipt
from kiosk.errands.rooms import HOME, room_of
from screens.app import KioskApp
from screens.form import Form
from screens.receipt import ReceiptScreen
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile
from tests.drivers.walk import at_rest

PAPER_SIZE = (80, 24)


@asynccontextmanager
async def visiting(
    desk: Desk, *, size: tuple[int, int] = PAPER_SIZE, **settings: Any
) -> AsyncIterator[Visitor]:
    """Stand before a kiosk at *desk*; *settings* are those of the app, English unless told."""
    app = KioskApp(desk, **{"language": "en", "idle_s": 900, **settings})
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Visitor(app, pilot)


@dataclass
class Visitor:
    """One person, one visit."""

    app: KioskApp
    """What she stands before."""
    pilot: Pilot[None]
    """Her hand."""

    async def begins(self) -> None:
        """Wake the resting screen."""
        await self.presses("space")

    async def opens(self, errand: str) -> None:
        """Wake the screen and open an errand, by its name, or `programme`, `follow-up`."""
        await self.begins()
        room = room_of(errand)
        if room not in {"", HOME.name}:
            await self.touches(f"#do-{room}")
        await self.touches(f"#do-{errand}")

    async def presses(self, *keys: str) -> None:
        """Press keys one after another, taking her time."""
        for key in keys:
            await self.pilot.press(key)
            await self.settles()

    async def resizes(self, width: int, height: int) -> None:
        """Stand before a window of another size; it takes a moment to get through."""
        await self.pilot.resize_terminal(width, height)
        for _ in range(2):
            await self.pilot.pause()

    async def touches(self, what: str) -> None:
        """Touch a button, by its id (`#next`) or by what stands on it."""
        await self.pilot.click(self.button(what))
        await self.settles()

    async def writes(self, text: str) -> None:
        """Write into the text field on screen."""
        for line in self.app.screen.query(Input):
            line.value = text
        for page in self.app.screen.query(TextArea):
            page.clear()
            page.insert(text)
        await self.settles()

    async def answers(self, **answers: Any) -> None:
        """Answer question after question, skipping what is not named, up to the review."""
        while (question := self.question) is not None:
            if question.name in answers:
                await self.gives(question, answers[question.name])
            before = question.name
            await self.presses_in("#next")
            assert self.question is None or self.question.name != before, self.text

    async def gives(self, question: Question, answer: Any) -> None:
        """Give one answer the way its kind is answered."""
        match question.kind:
            case Kind.TEXT | Kind.LONG_TEXT | Kind.CONTACT:
                await self.writes(answer)
            case Kind.SEATS:
                for _ in range(answer.get("adults", 1) - 1):
                    await self.presses_in("#count-adults .-plus")
                for _ in range(answer.get("children", 0)):
                    await self.presses_in("#count-children .-plus")
            case Kind.AGREEMENT:
                await self.writes(answer.get("mine", ""))
                await self.presses_in("#yes")
            case Kind.CONSENT:
                await self.presses_in("#yes")
            case Kind.NUMBER:
                for digit in str(answer):
                    await self.presses_in(f"#pad-{digit}")
            case _:
                for value in answer if isinstance(answer, list) else [answer]:
                    self.tile(str(value)).press()
                    await self.settles()

    async def presses_in(self, selector: str) -> None:
        """Press a button that may lie outside what is visible."""
        self.app.screen.query_one(selector, BigButton).press()
        await self.settles()

    async def hands_in(self) -> Receipt:
        """Hand in at the review, and take the receipt."""
        await self.touches("#next")
        await self.app.workers.wait_for_complete()
        await self.settles()
        return self.receipt

    async def settles(self) -> None:
        """Wait until everything said has been heard, and what it led to as well."""
        await at_rest(self.app)

    @property
    def receipt(self) -> Receipt:
        """The receipt on screen."""
        assert isinstance(self.app.screen, ReceiptScreen), self.text
        return self.app.screen.receipt

    @property
    def form(self) -> Form:
        """The form on screen."""
        return cast("Form", self.app.screen)

    @property
    def question(self) -> Question | None:
        """The question on screen; None at the review."""
        return self.form.draft.question

    @property
    def text(self) -> str:
        """Everything that can be read on the screen, line by line."""
        screen = self.app.screen
        strips = screen._compositor.render_strips(self.app.size)
        return "\n".join(strip.text.rstrip() for strip in strips)

    def sees(self, text: str) -> bool:
        """Tell whether *text* stands on the screen, however its lines are broken."""
        return " ".join(text.split()) in " ".join(self.text.split())

    def button(self, what: str) -> BigButton:
        """Find a button by its id or by what stands on it."""
        for button in self.app.screen.query(BigButton):
            if what in (f"#{button.id}", button.label) and button.display:
                return button
        raise AssertionError(f"no button {what!r} in\n{self.text}")

    def tile(self, value: str) -> Tile:
        """Find a tile by what it stands for."""
        for tile in self.app.screen.query(Tile):
            if tile.value == value:
                return tile
        raise AssertionError(f"no tile {value!r} in\n{self.text}")
