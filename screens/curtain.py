"""The curtain: a screen is styled once and drawn once, when all of it stands."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from screens.intent import HasIntent

SCENE_CHANGES = 3
"""Rounds of the loop in which widgets answer the size that they have got."""


class Curtain(Screen[None]):
    """Hides a screen until its widgets have found their places.

    Textual styles a new screen twice, and once more when it knows how large it is; it lays it out
    and draws it after each of those, and again for every widget that answers its size.
    """

    def __init__(self) -> None:
        """Begin behind it."""
        super().__init__()
        self._is_up = False
        self.shown_at = float("inf")
        """When what is shown now was shown; before that no touch can mean it."""
        self.came_at = float("-inf")
        """When the press was made that led to it."""
        self.came_by: int | None = None
        """The number that was pressed to come here, if any."""

    def changes(self) -> None:
        """Begin to show something else."""
        self.shown_at = float("inf")

    def shown(self) -> None:
        """From now on a press can mean what is shown."""
        app = cast("HasIntent", self.app)
        self.came_at = app.led_at
        self.shown_at = Message().time

    def dress(self) -> None:
        """Wear the classes of the terminal's size before anything is laid out."""
        size = self.app.size
        wide = self._get_breakpoint_classes(size.width, list(self.app.HORIZONTAL_BREAKPOINTS or ()))
        high = self._get_breakpoint_classes(size.height, list(self.app.VERTICAL_BREAKPOINTS or ()))
        self.add_class(*wide, *high)

    def on_mount(self) -> None:
        """Raise it after the first layout, for which a message waits already."""
        self.call_later(self._let_them_answer)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Style nothing that has just been styled."""
        event.refresh_styles = False
        if self._is_up:
            self.shown()

    async def _let_them_answer(self) -> None:
        for _ in range(SCENE_CHANGES):
            await asyncio.sleep(0)
        self.call_later(self._raise)

    def _raise(self) -> None:
        self._is_up = True
        self._layout_required = self._repaint_required = False
        self._refresh_layout()
        self.shown()

    def _screen_resized(self, size: Size) -> None:
        if size != self._size:  # where it is that large already, it is laid out
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        if self._is_up:
            self._park_cursor()
            super()._compositor_refresh()

    def _park_cursor(self) -> None:
        """Let the terminal's cursor follow the focus, for braille displays and magnifiers.

        It is sent at the end of what is drawn, so whoever moves it afterwards moves it too late.
        """
        match self.focused:
            case Input() | TextArea() as written:
                self.app.cursor_position = written.cursor_screen_offset
            case Widget() as focused:
                self.app.cursor_position = focused.content_region.offset

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add neither tooltips nor toasts: a finger finds no tooltip, and a toast goes unread."""
