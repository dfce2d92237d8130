"""Hands of one kind: fingers that only touch, a hand at Tab and Enter, one at a number pad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, ClassVar

from textual.events import Key, MouseDown, MouseUp
from textual.message import Message
from textual.widget import Widget

from kiosk.domain.errand import Kind, Question
from screens.numbers import NumberKeys
from screens.scan import NEXT_S
from screens.widgets.big_button import BigButton
from screens.widgets.keyboard import Keyboard
from tests.drivers.visitor import Visitor
from tests.drivers.walk import at_rest

WRITES = (Kind.TEXT, Kind.LONG_TEXT, Kind.CONTACT)


@dataclass
class Keys:
    """Tab and Enter, and letters where one writes."""

    visitor: Visitor
    words = "ja"
    """What it writes where words are asked for."""
    address: ClassVar[Sequence[str]] = "a@b.se"
    """What it writes where an address is asked for, sign by sign."""

    async def press(self, button: BigButton) -> None:
        """Go to a button and press it."""
        for _ in range(80):
            if self.visitor.app.focused is button:
                await self._key("enter")
                return
            await self._key("tab")
        raise AssertionError(f"Tab does not reach {button.label!r} on\n{self.visitor.text}")

    async def write(self, text: Sequence[str]) -> None:
        """Write where one is."""
        await self._key(*text)

    async def answer(self, question: Question, answer: Any) -> None:
        """Answer the question on screen."""
        if question.kind in WRITES:
            contact = question.kind is Kind.CONTACT
            await self.write(self.address if contact else self.words)
        elif question.kind in (Kind.CONSENT, Kind.AGREEMENT):
            await self.press(self.visitor.button("#yes"))
        elif question.kind is Kind.NUMBER:
            for digit in str(answer):
                await self.count(digit)
        elif question.kind is not Kind.SEATS:  # which begin with one grown-up
            for value in answer[:2] if isinstance(answer, list) else [answer]:
                await self.press(self.visitor.tile(str(value)))

    async def count(self, digit: str) -> None:
        """Press a digit on the pad."""
        await self.press(self.visitor.button(f"#pad-{digit}"))

    async def go_on(self) -> None:
        """Press what leads on."""
        await self.press(self.visitor.button("#next"))

    async def _key(self, *keys: str) -> None:
        for key in keys:
            await self.visitor.pilot._wait_for_screen()
            self.visitor.app.post_message(_as_key(key))
            await at_rest(self.visitor.app)


class Pad(Keys):
    """Ten digits and Enter."""

    words = "070123"
    address = words

    async def press(self, button: BigButton) -> None:
        """Type the number that stands on a button."""
        numbers = NumberKeys(self.visitor.app.screen)
        buttons = {**numbers._tiles, **numbers._ways}
        (number,) = [number for number, each in buttons.items() if each is button]
        await self._key(*str(number))
        waiting = self.visitor.app.screen.digits  # type: ignore[attr-defined]
        if waiting._typed:  # a second digit might follow: nobody waits for it here
            waiting._pick(numbers)
            await at_rest(self.visitor.app)

    async def answer(self, question: Question, answer: Any) -> None:
        """Answer it; at an agreement every digit writes, so Enter leads to the yes."""
        if question.kind is Kind.AGREEMENT:
            await self._key("enter", "enter")
        else:
            await super().answer(question, answer)

    async def count(self, digit: str) -> None:
        """Type a digit."""
        await self._key(digit)

    async def go_on(self) -> None:
        """Type 0; where digits are written, press Enter until it leads on."""
        question = self.visitor.question
        counts = question is not None and question.kind is Kind.NUMBER
        if not counts and not self.visitor.app.screen.query("#writing"):
            await self.press(self.visitor.button("#next"))
            return
        for _ in range(4):
            if self.visitor.question is question:
                await self._key("enter")


class Fingers(Keys):
    """Touches, and the keyboard on the screen."""

    words = "åJa"
    address = ("a", "@gmail.com")

    async def press(self, button: BigButton) -> None:
        """Touch a button, turning the shelf it lies on until it is there."""
        for _ in range(40):
            shown = self.visitor.app.screen._compositor.visible_widgets.get(button)
            if shown and shown[0].intersection(shown[1]).area:
                here = shown[0].intersection(shown[1])
                await self._touch(button, here.x + here.width // 2, here.y + here.height // 2)
                return
            (more, *_) = self.visitor.app.screen.query(".shelf-down").results(BigButton)
            await self._touch(more, more.region.x + 2, more.region.y + 1)
        raise AssertionError(f"no finger reaches {button.label!r} on\n{self.visitor.text}")

    async def write(self, text: Sequence[str]) -> None:
        """Touch the keys of the keyboard, with its shift key before a capital."""
        for letter in text:
            for sign in ("shift", letter.lower()) if letter.isupper() else (letter,):
                await self.touch_key(sign)

    async def touch_key(self, sign: str, *, lift: bool = True) -> None:
        """Touch one key."""
        keyboard = self.visitor.app.screen.query_one(Keyboard)
        row, place = next(
            (row, place)
            for row, keys in enumerate(keyboard._rows)
            for place, key in enumerate(keys)
            if key.sign == sign
        )
        start, _ = keyboard._spans(row)[place]
        region = keyboard.region
        x, y = region.x + start + 1, region.y + row * keyboard._row_height
        await self._touch(keyboard, x, y, lift=lift)

    async def _touch(self, widget: Widget, x: int, y: int, *, lift: bool = True) -> None:
        """Put a finger on a cell, and lift it; *widget* is what ought to lie there."""
        app = self.visitor.app
        assert app.screen.get_widget_at(x, y)[0] is widget, f"something covers {widget}"
        for kind in (MouseDown, MouseUp) if lift else (MouseDown,):
            app.post_message(_finger(kind, x, y))
            await at_rest(app)

    async def taps(self, button: BigButton, *times: float) -> None:
        """Tap where *button* is now, at so many seconds from now, whatever lies there then."""
        x, y = button.region.center
        app = self.visitor.app
        for moment in _moments(times):
            for kind in (MouseDown, MouseUp):
                touch = _finger(kind, int(x), int(y))
                touch.time = moment
                app.post_message(touch)
                await at_rest(app, 0)
        await at_rest(app)

    async def lift(self) -> None:
        """Lift the finger, wherever it is."""
        self.visitor.app.post_message(_finger(MouseUp, 0, 0))
        await at_rest(self.visitor.app)


def _finger(kind: type[MouseDown | MouseUp], x: int, y: int) -> MouseDown | MouseUp:
    return kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)


async def hits(visitor: Visitor, keys: str | Sequence[str], *times: float) -> None:
    """Hit one key, or one after another, at so many seconds from now, whatever the focus is on."""
    named = [keys] * len(times) if isinstance(keys, str) else keys
    moments = _moments(times)
    for key, moment, then in zip(named, moments, [*moments, inf][1:], strict=True):
        event = _as_key(key)
        event.time = moment
        visitor.app.post_message(event)
        if then - moment > NEXT_S:
            await at_rest(visitor.app, 0)
    await at_rest(visitor.app)


async def holds(visitor: Visitor, key: str, seconds: float = 10.0, per_s: float = 30.0) -> None:
    """Hold one key down: it comes as often as a keyboard repeats it, and nobody waits for it."""
    for moment in _moments([each / per_s for each in range(int(seconds * per_s))]):
        event = _as_key(key)
        event.time = moment
        visitor.app.post_message(event)
    await at_rest(visitor.app)


def _moments(times: Sequence[float]) -> list[float]:
    """Return *times*, counted from now, as the clock of messages tells them."""
    return [Message().time + each for each in times]


def _as_key(key: str) -> Key:
    return Key(key, {"enter": "\r", "tab": "\t", "space": " ", "escape": "\x1b"}.get(key, key))
