"""Digits: numbers that pick an answer, also those of two digits."""

from typing import Protocol

from textual import events
from textual.timer import Timer
from textual.widget import Widget

WAIT_S = 0.8
"""How long a first digit waits for a second one, where there are more than nine answers."""


class Numbered(Protocol):
    """Anything whose parts are picked by number."""

    @property
    def highest(self) -> int:
        """The highest number there is."""

    def pick(self, number: int) -> bool:
        """Pick by *number*; tell whether there is such a one."""


class Digits:
    """Collects digits until they can mean only one answer."""

    def __init__(self, owner: Widget) -> None:
        """Take the widget whose timers it uses."""
        self._owner = owner
        self._typed = ""
        self._waiting: Timer | None = None

    def take(self, event: events.Key, field: Numbered) -> bool:
        """Take a key; True when it was a digit that means something to *field*."""
        digit = event.character or ""
        if len(digit) != 1 or not digit.isdecimal() or not field.highest:
            return False
        typed = self._typed + digit
        if int(typed) > field.highest:
            self._pick(field)
            typed = digit
        self.forget()
        self._typed = typed
        if int(typed) * 10 <= field.highest:
            self._waiting = self._owner.set_timer(WAIT_S, lambda: self._pick(field))
            return True
        return self._pick(field)

    def forget(self) -> None:
        """Drop what was typed so far."""
        self._typed = ""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def _pick(self, field: Numbered) -> bool:
        number = int(self._typed or 0)
        self.forget()
        return field.pick(number)
