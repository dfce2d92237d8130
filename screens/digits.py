"""Digits: numbers that pick an answer, also those of two digits."""

from collections.abc import Callable

from textual import events
from textual.timer import Timer
from textual.widget import Widget

from screens.numbers import ON, NumberKeys

WAIT_S = 0.8
"""How long a first digit waits for a second one, where there are more than nine answers."""


class Digits:
    """Collects digits until they can mean only one answer."""

    def __init__(self, owner: Widget) -> None:
        """Take the widget whose timers it uses."""
        self._owner = owner
        self._typed = ""
        self._waiting: Timer | None = None

    def take(self, event: events.Key, count: Callable[[], NumberKeys]) -> bool:
        """Take a key; True when it was a digit that means something.

        Only then *count* is asked what there is to press: it looks through the whole screen.
        """
        digit = event.character or ""
        if len(digit) != 1 or not digit.isdecimal():
            return False
        numbers = count()
        if not self._typed and int(digit) == ON:
            return numbers.pick(ON)
        typed = self._typed + digit
        if self._typed and not numbers.has(int(typed)):
            self._pick(numbers)
            if int(digit) == ON:
                return numbers.pick(ON)
            typed = digit
        self.forget()
        self._typed = typed
        if int(typed) * 10 <= numbers.highest:
            self._waiting = self._owner.set_timer(WAIT_S, lambda: self._pick(numbers))
            return True
        return self._pick(numbers)

    @property
    def waits(self) -> bool:
        """Whether a first digit waits for a second one."""
        return bool(self._typed)

    def forget(self) -> None:
        """Drop what was typed so far."""
        self._typed = ""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def _pick(self, numbers: NumberKeys) -> bool:
        typed = self._typed
        self.forget()
        return bool(typed) and numbers.pick(int(typed))
