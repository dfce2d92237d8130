"""The visitor's app: which screen stands on which, the language, the idle reset. No rules."""

import asyncio
import os
from typing import cast

from textual import events, on
from textual.screen import Screen

from kiosk.desk import Desk
from kiosk.places import STYLES
from kiosk.problems import Trouble
from screens import messages
from screens.confirm import Confirm
from screens.draft import Draft
from screens.follow_up import FollowUpScreen
from screens.followed import FollowedScreen
from screens.form import Form
from screens.frame import Frame
from screens.home import Home
from screens.idle import IdleClock
from screens.locked import LockedApp
from screens.out_of_order import OutOfOrder
from screens.programme import Programme
from screens.receipt import ReceiptScreen
from screens.resting import Resting
from screens.still_there import StillThere
from screens.technician import Technician
from screens.terminal import readable
from screens.themes import THEMES
from screens.visit import Visit
from screens.watchdog import watch
from screens.wipe import let_go
from screens.workshop import WorkshopScreen


class KioskApp(LockedApp):
    """Everything a visitor sees, from the resting screen back to it."""

    CSS_PATH = sorted(STYLES.glob("*.tcss"))
    HORIZONTAL_BREAKPOINTS = [(0, "-cramped"), (60, "-narrow"), (90, "-roomy"), (132, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (28, "-high"), (40, "-tall")]

    def __init__(
        self,
        desk: Desk,
        *,
        language: str = "sv",
        theme: str = "paper",
        idle_s: float = 90,
        idle_warning_s: float = 30,
        notice: str = "",
    ) -> None:
        """Stand before *desk*; *theme* is one of `screens.themes.THEMES`."""
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = readable(theme, self.console.color_system)
        self.desk = desk
        """The one door to everything below."""
        self.visit = Visit(desk, language, notice)
        """The stay of the visitor in front."""
        self.idle = IdleClock(idle_s, idle_warning_s)
        """How long nobody has touched anything."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return tokens for any theme that lacks ours."""
        return THEMES[0].variables

    def get_default_screen(self) -> Screen[None]:
        """Rest until somebody comes."""
        return Resting()

    def on_mount(self) -> None:
        """Start clocks and guards."""
        self.end_on_signals()
        self.set_interval(min(1.0, self.idle.idle_s / 4), self._watch_idle)
        if os.environ.get("NOTIFY_SOCKET"):
            self._watchdog = asyncio.create_task(watch(self))

    async def on_event(self, event: events.Event) -> None:
        """Notice every key and touch before anything else sees it."""
        self.idle.notice(event)
        await super().on_event(event)

    async def start_over(self) -> None:
        """Wipe the visit: screens, drafts, clipboard, language, and the memory behind them."""
        self.workers.cancel_all()
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
        self.visit.forget()
        await self.screen.recompose()
        let_go(self)

    async def _watch_idle(self) -> None:
        if len(self.screen_stack) == 1:
            return
        if not self.idle.left_s:
            await self.start_over()
        elif self.idle.must_ask and not isinstance(self.screen, StillThere):
            self.push_screen(StillThere(self.idle))

    @on(messages.BeginVisit)
    def _begin_visit(self, event: messages.BeginVisit) -> None:
        if len(self.screen_stack) == 1:
            self.visit.language = event.language or self.visit.language
            self.push_screen(Home())

    @on(messages.LanguageChosen)
    def _choose_language(self, event: messages.LanguageChosen) -> None:
        self.visit.language = event.language
        for screen in self.screen_stack[1:]:
            if isinstance(screen, Frame):
                screen.call_later(screen.speak_anew)

    @on(messages.OpenErrand)
    def _open_errand(self, event: messages.OpenErrand) -> None:
        try:
            begun = self.desk.begin(event.errand)
        except Trouble as trouble:
            self.push_screen(OutOfOrder(trouble.problem))
        else:
            self.push_screen(Form(Draft(event.errand, begun, event.answers)))

    @on(messages.OpenProgramme)
    def _open_programme(self) -> None:
        self.push_screen(Programme(self.desk.content.branch.key))

    @on(messages.OpenWorkshop)
    def _open_workshop(self, event: messages.OpenWorkshop) -> None:
        workshop = self.desk.content.workshop(event.workshop_id)
        if workshop is not None:
            self.push_screen(WorkshopScreen(workshop))

    @on(messages.OpenFollowUp)
    def _open_follow_up(self) -> None:
        self.push_screen(FollowUpScreen())

    @on(messages.Found)
    def _found(self, event: messages.Found) -> None:
        self.push_screen(FollowedScreen(event.code, event.follow_up))

    @on(messages.OpenTechnician)
    def _open_technician(self) -> None:
        if not isinstance(self.screen, Technician):
            self.push_screen(Technician())

    @on(messages.AskFirst)
    def _ask_first(self, event: messages.AskFirst) -> None:
        self.push_screen(Confirm(cast("Screen[None]", self.screen), event))

    @on(messages.HandedIn)
    def _handed_in(self, event: messages.HandedIn) -> None:
        self.switch_screen(ReceiptScreen(event.receipt, self.desk.errands[event.receipt.errand]))

    @on(messages.GoBack)
    def _go_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()

    @on(messages.StartOver)
    async def _start_over(self) -> None:
        await self.start_over()


def run_kiosk(app: KioskApp) -> int:
    """Run the app and return its exit code: 128 + n after a signal, not 0 after a crash."""
    app.run()
    return 70 if app.return_code is None else app.return_code
