"""The frame of every screen: header, a column of readable width, status line."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from kiosk.domain.receipt import MistypedCode, read_code
from screens.curtain import Curtain
from screens.digits import Digits
from screens.keys import ARROWS, CONTRAST, EASIER, HELP, LARGE, LISTEN, TECHNICIAN, nearest
from screens.messages import (
    ContrastWanted,
    EasyWanted,
    GoBack,
    HelpWanted,
    LargeWanted,
    ListenWanted,
    OpenFollowUp,
    OpenTechnician,
)
from screens.numbers import NumberKeys
from screens.widgets.big_button import READ_S
from screens.widgets.header import Header
from screens.widgets.status_line import StatusLine
from screens.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from screens.intent import HasIntent
    from screens.visit import HasVisit, Visit


WISHES: Mapping[str, Callable[[], Message]] = {
    HELP: HelpWanted,
    CONTRAST: ContrastWanted,
    LARGE: LargeWanted,
    LISTEN: ListenWanted,
    EASIER: EasyWanted,
    TECHNICIAN: OpenTechnician,
}
"""Keys that work on every screen."""


class ScreenFrame(Curtain):
    """What all screens have in common; each fills in its `body`."""

    any_key = False
    """Whether any key does something here, so that none may that is stuck."""

    patience = 1.0
    """How many times as long as elsewhere nobody need touch anything here."""
    goes = ""
    """What is said to become of all this when nobody is there any more, a phrase; empty for what
    is said of most."""
    keeps = ""
    """What stays in sight meanwhile."""
    looks_for_receipts = False
    """Whether whatever is scanned here is meant for a receipt, also what is none."""
    leaves_for_scans = True
    """Whether a receipt that is scanned here is looked up; else it does nothing."""

    def __init__(self) -> None:
        """Begin with no digit typed."""
        super().__init__()
        self.digits = Digits(self)
        """Collects numbers that press what they stand on."""

    def compose(self) -> ComposeResult:
        """Lay out the frame around the body."""
        self.dress()
        yield Header(self.visit)
        with Vertical(id="column"):
            yield from self.body()
        yield StatusLine(self.visit)
        yield TooSmall(self.visit)

    def dress(self) -> None:
        """Wear the visitor's size too."""
        super().dress()
        self.set_class(self.visit.large, "-large")

    def body(self) -> ComposeResult:
        """Lay out what this screen is for; each fills it in."""
        yield from ()

    @property
    def visit(self) -> Visit:
        """The stay of the visitor in front."""
        return cast("HasVisit", self.app).visit

    def say(self, text: str, **slots: object) -> str:
        """Say a phrase in the visitor's language."""
        return self.visit.say(text, **slots)

    async def speak_anew(self) -> None:
        """Say everything again in the language of the visit, the focus staying where it was."""
        focused = self.focused.id if self.focused else None
        self.changes()
        await self.recompose()
        self._begin()
        if focused:
            for widget in self.query(f"#{focused}"):
                widget.focus()
        self.shown()

    def on_mount(self) -> None:
        """Get ready once everything is there."""
        self._begin()

    def ready(self) -> None:
        """Put the focus where this screen begins."""

    def _begin(self) -> None:
        self.digits.forget()
        self.came_by = cast("HasIntent", self.app).led_by
        self.ready()
        NumberKeys(self).write()

    @property
    def counted_as(self) -> str:
        """Name where help is asked for: no more than which screen it is."""
        return type(self).__name__.lower().removesuffix("screen")

    def takes(self, scan: str) -> bool:
        """Tell whether a *scan* is one here: a code, or an address with one, is everywhere."""
        with contextlib.suppress(MistypedCode):
            return self.looks_for_receipts or bool(read_code(scan))
        return False

    def scanned(self, text: str, *, ended: bool) -> None:  # noqa: ARG002 - a code is whole
        """Take what a scanner has typed, and whether it *ended* it: open that receipt."""
        if self.leaves_for_scans:
            self.post_message(OpenFollowUp(text))

    @property
    def decides(self) -> bool:
        """Whether what is done now may leave something behind for good."""
        return cast("HasIntent", self.app).decides(READ_S)

    def step_back(self) -> None:
        """Go one screen back; Escape does the same as the Back button."""
        self.post_message(GoBack())

    def on_key(self, event: events.Key) -> None:
        """Move by arrows, press by numbers, go back by Escape; everything else is harmless.

        A screen with keys of its own calls `event.prevent_default()` for those: Textual asks every
        class in turn.
        """
        if self.digits.take(event, partial(NumberKeys, self)):
            event.stop()
        elif event.key in ARROWS:
            widget = nearest(self, event.key)
            if widget is not None:
                widget.focus()
        elif event.key == "escape":
            self.step_back()
        elif event.key in WISHES:
            self.post_message(WISHES[event.key]())
