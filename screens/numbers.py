"""Numbers: what each number on a screen presses; 0 goes on."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.widgets.answers import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile

ON = 0
"""The number of the way on."""
MOST = 99
"""Two digits are the most that anybody types."""
_WAYS = frozenset({"doings", "nav", "box"})
"""Classes of what holds the ways; the tiles are the choices."""


class Numbers:
    """The choices of one screen first, then its ways back and out."""

    def __init__(self, screen: Screen[Any]) -> None:
        """Count what is on *screen* now."""
        there = list(screen.query("*"))  # looked through once: this is asked at every digit
        self._field = next((each for each in there if isinstance(each, AnswerField)), None)
        tiles = [each for each in there if isinstance(each, Tile) and each.number]
        self._tiles = {each.number: each for each in tiles}
        self._choices = max([self._field.highest if self._field else 0, *self._tiles])
        ways = [each for each in there if isinstance(each, BigButton) and _is_way(each)]
        forward = [each for each in ways if each.has_class("-primary")]
        others = [each for each in ways if each not in forward]
        if self._choices + len(others) > MOST:
            others = []
        self._ways = {ON: forward[0]} if forward else {}
        self._ways |= dict(enumerate(others, start=self._choices + 1))
        texts = [each for each in there if isinstance(each, Input | TextArea) and each.display]
        self._writes = bool(texts) or (self._field is not None and self._field.takes_digits)

    @property
    def highest(self) -> int:
        """The highest number that means something here."""
        return max(self._choices, *self._ways, 0)

    def pick(self, number: int) -> bool:
        """Do what *number* stands for; False when it stands for nothing."""
        button = self._ways.get(number)
        if button is None and self._field is not None and self._field.highest:
            return self._field.pick(number)
        button = button or self._tiles.get(number)
        if button is None:
            return False
        button.focus()
        button.press()
        return True

    def write(self) -> None:
        """Put the numbers on the ways; where one writes, a digit is only a digit."""
        for number, button in self._ways.items():
            button.wear(None if self._writes else number)


def _is_way(button: Widget) -> bool:
    return button.display and any(
        not _WAYS.isdisjoint(each.classes) for each in button.ancestors if isinstance(each, Widget)
    )
