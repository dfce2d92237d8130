"""Numbers: what each number on a screen presses; 0 goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.widgets.answers import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile

if TYPE_CHECKING:
    from screens.intent import HasIntent

ON = 0
"""The number of the way on."""
MOST = 99
"""Two digits are the most that anybody types."""
_WAYS = frozenset({"doings", "nav", "box"})
"""Classes of what holds the ways; the tiles are the choices."""


class NumberKeys:
    """The choices of one screen first, then its ways back and out."""

    def __init__(self, screen: Screen[Any]) -> None:
        """Count what is on *screen* now."""
        self._screen = screen
        there = list(screen.query("*"))  # looked through once: this is asked at every digit
        self._field = next((each for each in there if isinstance(each, AnswerField)), None)
        tiles = [each for each in there if isinstance(each, Tile) and each.number]
        self._tiles = {each.number: each for each in tiles}
        self._choices = max([self._field.highest if self._field else 0, *self._tiles])
        self._buttons = [each for each in there if isinstance(each, BigButton) and _is_way(each)]
        ways = self._buttons
        forward = [each for each in ways if each.has_class("-primary")][:1]
        self._ways = {ON: forward[0]} if forward else {}
        self._ways |= self._numbered([each for each in ways if each not in forward])
        texts = [each for each in there if isinstance(each, Input | TextArea) and each.display]
        self._writes = bool(texts) or (self._field is not None and self._field.takes_digits)

    @property
    def highest(self) -> int:
        """The highest number that means something here."""
        return max(self._choices, *self._ways, 0)

    def has(self, number: int) -> bool:
        """Tell whether *number* stands for anything."""
        return 0 < number <= self._choices or number in self._ways

    def pick(self, number: int) -> bool:
        """Do what *number* stands for; False when it stands for nothing."""
        cast("HasIntent", self._screen.app).led_by = number
        button = self._ways.get(number)
        if button is None and self._field is not None and self._field.highest:
            return self._field.pick(number)
        button = button or self._tiles.get(number)
        if button is None:
            return False
        if button.is_meant:  # else a key pressed by habit behind it would press it
            button.focus()
            button.press()
        return True

    def _numbered(self, ways: list[BigButton]) -> dict[int, BigButton]:
        """Give numbers behind the choices to *ways*.

        Twenty is two and then on. What leaves has one digit, and never the one that led here: a
        digit that comes once more, or one typed behind another, means what was there before.
        """
        numbered: dict[int, BigButton] = {}
        free = iter(each for each in range(self._choices + 1, MOST + 1) if each % 10)
        came_by = getattr(self._screen, "came_by", None)
        for way in ways:
            number = next(free, MOST + 1)
            if way.after_s and number == came_by:
                number = next(free, MOST + 1)
            if number <= (9 if way.after_s else MOST):
                numbered[number] = way
        return numbered

    def write(self) -> None:
        """Put the numbers on the ways; where one writes, a digit is only a digit."""
        worn = {} if self._writes else {each: number for number, each in self._ways.items()}
        for button in self._buttons:
            button.wear(worn.get(button))


def _is_way(button: Widget) -> bool:
    return button.display and any(
        not _WAYS.isdisjoint(each.classes) for each in button.ancestors if isinstance(each, Widget)
    )
