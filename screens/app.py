"""The visitor's app: themes, sizes, the idle reset and the wipe. No rules."""

import asyncio
import os

from textual import events, on

from kiosk.desk import Desk
from kiosk.places import STYLES
from screens import messages
from screens.aloud import aloud
from screens.forgetful import forget_whoever_asks
from screens.idle import IdleClock
from screens.speech import Speech
from screens.still_there import StillThere, endangered
from screens.terminal import other, readable
from screens.themes import THEMES
from screens.visit import Visit
from screens.watchdog import watch
from screens.ways import Ways
from screens.wipe import let_go


class KioskApp(Ways):
    """Everything a visitor sees, from the resting screen back to it."""

    CSS_PATH = sorted(STYLES.glob("*.tcss"))
    HORIZONTAL_BREAKPOINTS = [(0, "-cramped"), (60, "-narrow"), (76, "-plain"), (96, "-roomy")]
    VERTICAL_BREAKPOINTS = [
        (0, "-flat"),
        (18, "-tight"),
        (23, "-low"),
        (28, "-high"),
        (40, "-tall"),
    ]

    def __init__(
        self,
        desk: Desk,
        *,
        language: str = "sv",
        theme: str = "paper",
        idle_s: float = 90,
        idle_warning_s: float = 30,
        notice: str = "",
        speech: Speech | None = None,
    ) -> None:
        """Stand before *desk*; *theme* is one of `screens.themes.THEMES`."""
        super().__init__(desk, Visit(desk, language, notice, speech))
        for each in THEMES:
            self.register_theme(each)
        self.own_theme = readable(theme, self.console.color_system)
        """What a new visitor meets."""
        self.paint_from_the_start(self.own_theme)
        self.idle = IdleClock(idle_s, idle_warning_s)
        """How long nobody has touched anything."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return tokens for any theme that lacks ours."""
        return THEMES[0].variables

    def on_load(self) -> None:
        """Let no task or thread keep what it was made amid, from the first one on."""
        forget_whoever_asks(self)

    def on_mount(self) -> None:
        """Start clocks and guards."""
        self.end_on_signals()
        self.set_interval(min(1.0, self.idle.idle_s / 4), self._watch_idle)
        if os.environ.get("NOTIFY_SOCKET"):
            self._watchdog = asyncio.create_task(watch(self))

    async def on_event(self, event: events.Event) -> None:
        """Notice every key and touch before anything else sees it."""
        if not self.is_stuck(event) and self.idle.notice(event):
            self.visit.speech.hush()
        await super().on_event(event)

    async def start_over(self) -> None:
        """Wipe the visit: screens, drafts, clipboard, language, colours, and the memory of them."""
        self.workers.cancel_all()
        self.forget_presses()
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
        self.visit.forget()
        self.theme = self.own_theme
        self.rest()
        let_go(self)
        self.call_later(let_go, self)  # the message that ended the visit is held until the next

    def _watch_idle(self) -> None:
        if len(self.screen_stack) < 2:
            return
        under = endangered(self.screen_stack)
        self.idle.patience = under.patience
        if not self.idle.left_s:
            self.post_message(messages.StartOver())
        elif self.idle.must_ask and not isinstance(self.screen, StillThere):
            self.push_screen(StillThere(self.idle, under))

    @on(messages.ContrastWanted)
    def _change_contrast(self) -> None:
        self.theme = readable(other(self.theme), self.console.color_system)

    @on(messages.LargeWanted)
    def _change_size(self) -> None:
        self.visit.large = not self.visit.large
        self.draw_anew()

    @on(messages.ListenWanted)
    def _read_aloud(self) -> None:
        if self.visit.speech.there:
            phrases = self.visit.phrases
            self.visit.speech.say(aloud(self.screen, phrases), phrases.locale)

    def on_unmount(self) -> None:
        """Fall silent."""
        self.visit.speech.forget()

    @on(messages.StartOver)
    async def _start_over(self) -> None:
        await self.start_over()
