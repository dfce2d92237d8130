"""The steady app: a touch or a press that comes twice by mistake counts once."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from screens.messages import Way
from screens.quick import QuickApp
from screens.widgets.answers.number import PadKey
from screens.widgets.big_button import Stepper
from screens.widgets.keyboard import Keyboard

SOON_S = 0.4
"""Two touches closer in time are a double tap: nobody has read what the first one opened."""
OFTEN = (Keyboard, PadKey, Stepper)
"""What one touches many times in a row, as fast as one can."""
NEAR = Offset(3, 1)
"""Columns and rows by which a fingertip misses its own place."""


class SteadyApp(QuickApp):
    """Hears one tap where a hand that is used to a mouse, or trembles, taps twice."""

    _touched_at = float("-inf")
    _touched = Offset(0, 0)
    _is_lifted_unheard = False

    async def on_event(self, event: events.Event) -> None:
        """Leave out the second of two taps where one is meant, and its lifting."""
        if isinstance(event, events.MouseEvent) and event.is_forwarded:
            pass  # on its way back from whatever was touched
        elif isinstance(event, events.MouseDown):
            self._is_lifted_unheard = self._is_second(event) and self._wants_one(event)
            if self._is_lifted_unheard:
                return
        elif isinstance(event, events.MouseUp) and self._is_lifted_unheard:
            self._is_lifted_unheard = False
            return
        await super().on_event(event)

    async def _dispatch_message(self, message: Message) -> None:
        """Go nowhere for a screen that was left meanwhile: its button was pressed once more."""
        if not (isinstance(message, Way) and self._was_left(message._sender)):
            await super()._dispatch_message(message)

    def _is_second(self, touch: events.MouseDown) -> bool:
        """Tell whether *touch* is the second half of a double tap; its time is that of the hand."""
        place, moved = touch.screen_offset, touch.screen_offset - self._touched
        soon = touch.time - self._touched_at < SOON_S
        self._touched_at, self._touched = touch.time, place
        return soon and abs(moved.x) <= NEAR.x and abs(moved.y) <= NEAR.y

    def _wants_one(self, touch: events.MouseDown) -> bool:
        """Tell whether nothing lies there that one touches many times in a row."""
        lying = self.screen.get_widgets_at(touch.screen_x, touch.screen_y)
        return not any(isinstance(each, OFTEN) for each, _ in lying)

    def _was_left(self, sender: MessagePump | None) -> bool:
        return isinstance(sender, Screen) and sender is not self.screen
