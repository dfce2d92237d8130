"""Intent: the one place that decides what a press means, and to which screen it belongs."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.hand import FINGER, TREMBLE_S, Hand, Press
from screens.keys import WISHED
from screens.messages import Way
from screens.quick import QuickApp
from screens.scan import NEXT_S, Scan
from screens.widgets.answers import AnswerField
from screens.widgets.answers.number import PadKey
from screens.widgets.big_button import BigButton, Stepper
from screens.widgets.keyboard import Keyboard

if TYPE_CHECKING:
    from screens.frame import ScreenFrame

OFTEN = (Keyboard, PadKey, Stepper)
"""What one presses many times in a row, as fast as one can."""
DECIDING = {"enter", "escape", *WISHED}
"""Keys that write nothing and lead on; all others only move about in what is shown."""
LOOK_S = 0.002
"""Between two looks at whether all that a press has led to stands there."""
LONGEST_S = 5.0
"""So long a screen may take until keys go to whatever is there: no keyboard stays dead."""
_HEARD = (events.Key, events.MouseDown, events.MouseUp)


class HasIntent(Protocol):
    """An app that knows what was pressed."""

    led_at: float
    """When the last press was made that could lead on."""
    led_by: int | None
    """The number that it was, if any."""

    @property
    def is_touched(self) -> bool:
        """Whether what happens now comes from a finger."""
        ...

    def decides(self, after_s: float) -> bool:
        """Tell whether what happens now may decide what has to be in sight for *after_s*."""
        ...


class IntentApp(QuickApp):
    """Hears one press after another, each when all that the one before led to stands there.

    So what is typed ahead of a slow screen comes to that screen, and nothing else does: a touch
    belongs to what was under the finger, and whatever comes twice counts once.
    """

    def __init__(self) -> None:
        """Begin with nothing pressed."""
        super().__init__()
        self.led_at = float("-inf")
        self.led_by: int | None = None
        self._hand = Hand()
        self._waiting: deque[events.InputEvent] = deque()
        self._settling: asyncio.Task[None] | None = None
        self._press: Press | None = None
        self._doubted: events.Key | None = None
        self._scan = Scan()
        self._is_lifted_unheard = False

    async def on_event(self, event: events.Event) -> None:
        """Hear keys and touches in turn."""
        if not isinstance(event, _HEARD) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        await self._hear()

    @property
    def is_touched(self) -> bool:
        """Whether what happens now comes from a finger."""
        return self._press is not None and self._press.key == FINGER

    def is_stuck(self, event: events.Event) -> bool:
        """Tell whether *event* comes from a key that is held down; ask once for each."""
        return isinstance(event, events.Key) and self._hand.is_stuck(event.key, event.time)

    def decides(self, after_s: float) -> bool:
        """Tell whether what happens now may decide something that was in sight for *after_s*."""
        press = self._press
        return press is None or (press.decides and press.at >= self._view.shown_at + after_s)

    def forget_presses(self) -> None:
        """Hear nothing more of what was pressed so far: whoever pressed it has gone."""
        self._waiting.clear()
        self._doubted = self._press = None
        self._scan = Scan()

    async def _dispatch_message(self, message: Message) -> None:
        """Go nowhere for a screen that was left meanwhile: its button was pressed once more."""
        if not (isinstance(message, Way) and self._was_left(message._sender)):
            await super()._dispatch_message(message)

    async def _hear(self) -> None:
        while self._waiting and self._settling is None:
            for event in self._meant(self._waiting.popleft()):
                await super().on_event(event)
                if self._leads_on(event):
                    self._settling = asyncio.create_task(self._settle())

    def _meant(self, event: events.InputEvent) -> Iterator[events.InputEvent]:
        """Give *event* if it is meant, behind one that was in doubt until now."""
        match event:
            case events.Key():
                yield from self._keys(event)
            case events.MouseDown() if self._was_typed(event):
                pass
            case events.MouseDown():
                self._is_lifted_unheard = not self._is_touched(event)
                if not self._is_lifted_unheard:
                    yield event
            case events.MouseUp() if self._is_lifted_unheard:
                self._is_lifted_unheard = False
            case _:
                yield event

    def _is_scanned(self, event: events.Key, sign: str) -> bool:
        """Tell whether a key is part of a scan, or might be: then it is heard later, or never.

        Where one writes, it is written meanwhile, and only who looks for receipts takes scans.
        """
        view, scan = self._view, self._scan
        writes = bool(view.query("#writing"))
        if scan.was_kept(event) or (writes and not view.looks_for_receipts):
            return False
        if not sign:
            ends = event.key in {"enter", "tab"} and view.takes(scan.text) and scan.is_one
            if ends:
                view.scanned(scan.end(), ended=True)
            return ends or self._was_typed(event)
        if not scan.goes_on(event.time) and self._was_typed(event):
            return True
        taken = scan.take(sign, event.time)
        if not writes:
            taken = scan.keep(event) or self._was_typed()
        if taken:
            self._end_scan_later(scan.text)
        return taken

    def _was_typed(self, *behind: events.InputEvent) -> bool:
        """Hear what was kept back, and *behind* it what has come since; False if there is none."""
        kept = self._scan.let_go()
        self._waiting.extendleft(reversed([*kept, *behind] if kept else []))
        return bool(kept)

    def _end_scan_later(self, so_far: str) -> None:
        after_s = 4 * NEXT_S if self._scan.is_one else NEXT_S
        self.set_timer(after_s, partial(self._end_scan, self._view, so_far))

    async def _end_scan(self, view: ScreenFrame, so_far: str) -> None:
        """Take a scan that nothing ends, once no more signs come; what was none was typed."""
        scan = self._scan
        if scan.text != so_far or self._exit:
            return
        if self._waiting or not self._has_heard_all:
            self._end_scan_later(so_far)
        elif view is self._view and scan.is_one and view.takes(so_far):
            view.scanned(scan.end(), ended=False)
        elif self._was_typed():
            await self._hear()

    def _keys(self, event: events.Key) -> Iterator[events.Key]:
        sign = event.character if event.is_printable and event.character else ""
        if self._is_scanned(event, sign):
            return
        moves = not sign and event.key not in DECIDING
        press = self._hand.key(event.key, event.time, sign, moves=moves)
        doubted, self._doubted = self._doubted, None
        crossed = press.again and press.began <= self._view.came_at
        if sign and self._finds_text():
            self._press = None
            if crossed and not press.held:
                self._doubted = event  # it may be the key that led here, or the first of a text
            elif not crossed:
                if doubted and press.at - doubted.time < TREMBLE_S:
                    yield doubted
                self._hand.wrote()
                yield event
            return
        self._press, self.led_by = press, None
        if self._is_key_meant(event, press, crossed=crossed):
            yield event

    def _is_key_meant(self, event: events.Key, press: Press, *, crossed: bool) -> bool:
        """Tell whether a key is meant that writes nothing here."""
        if not press.sign and event.key not in DECIDING:
            return not (press.held and self._view.any_key)
        writes_here = isinstance(self.focused, Input | TextArea)
        if press.held or crossed or (press.writing and not writes_here):
            return False
        return not press.again or self._is_pressed_often(event)

    def _is_pressed_often(self, event: events.Key) -> bool:
        """Tell whether the key that comes again is one that one presses many times in a row."""
        focused = self.focused
        if event.key == "enter" and isinstance(focused, TextArea):
            return True
        if (event.character or "").isdecimal():
            field = next(iter(self.screen.query(AnswerField)), None)
            return self._view.digits.waits or (field is not None and field.takes_digits_often)
        return isinstance(focused, OFTEN)

    def _finds_text(self) -> bool:
        """Give the focus to the text that is written here, if any: a key that writes, writes."""
        if isinstance(self.focused, Input | TextArea):
            return True
        for text in self.screen.query("#writing").results(Widget):
            self.screen.set_focus(text)
            return True
        return False

    def _is_touched(self, touch: events.MouseDown) -> bool:
        """Tell whether *touch* means what lies there now; its time is that of the hand."""
        lying = list(self.screen.get_widgets_at(touch.screen_x, touch.screen_y))
        button = next((region for each, region in lying if isinstance(each, BigButton)), None)
        here = Region(touch.screen_x, touch.screen_y, 1, 1)
        press = self._hand.touch(touch.screen_offset, touch.time, button or here)
        self._press, self.led_by, self._doubted = press, None, None
        if touch.time < self._view.shown_at:
            return False
        often = any(isinstance(each, OFTEN) for each, _ in lying)
        return not press.again or (often and press.began > self._view.came_at)

    def _leads_on(self, event: events.InputEvent) -> bool:
        """Tell whether what comes after *event* has to wait for what it leads to."""
        if self._press is None or isinstance(event, events.MouseDown):
            return False
        if isinstance(event, events.MouseUp) and isinstance(self._mouse_down_widget, Keyboard):
            return False
        self.led_at = self._press.at
        return True

    async def _settle(self) -> None:
        """Wait until all that was pressed has been heard, and what it led to stands there."""
        calm, began = 0, Message().time
        while calm < 2 and Message().time - began < LONGEST_S:
            await asyncio.sleep(LOOK_S if calm else 0)
            calm = calm + 1 if self._stands else 0
            if not calm:
                await asyncio.sleep(LOOK_S)
        self._settling = self._press = None
        self.call_later(self._hear)

    @property
    def _has_heard_all(self) -> bool:
        pump: MessagePump = self
        return pump._message_queue.empty()

    @property
    def _stands(self) -> bool:
        pumps: tuple[MessagePump, ...] = (self, *self.screen.walk_children(with_self=True))
        shown = self._view.shown_at < float("inf")
        return shown and all(each._message_queue.empty() for each in pumps)

    @property
    def _view(self) -> ScreenFrame:
        return cast("ScreenFrame", self.screen)

    def _was_left(self, sender: MessagePump | None) -> bool:
        return isinstance(sender, Screen) and sender is not self.screen
