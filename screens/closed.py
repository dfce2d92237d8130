"""Closed: what a visitor sees of a kiosk that cannot open what it holds, until it can."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kiosk.i18n import LANGUAGES
from kiosk.places import STYLES
from kiosk.problems import Problem
from screens.quick import QuickApp
from screens.terminal import readable
from screens.themes import THEMES
from screens.visit import spoken
from screens.watchdog import watch

TRY_EVERY_S = 5.0


class Closed(Screen[None]):
    """Says it in every language, the branch's own first: nobody can choose one here."""

    def __init__(self, problem: Problem, device: str, language: str) -> None:
        """Take what is wrong, who this kiosk is as far as that is known, and its *language*."""
        super().__init__()
        self._problem, self._device = problem, device
        self._languages = sorted(LANGUAGES, key=lambda each: each != language)

    def compose(self) -> ComposeResult:
        """Lay out the sentences, and the codes for a technician."""
        problem = self._problem
        with Vertical(id="column"):
            for language in self._languages:
                words = spoken(language).say(problem.visitor, code=problem.code)
                yield Static(Content(words), classes="closed")
            told = "  ·  ".join(each for each in (problem.code, self._device) if each)
            yield Static(Content(told), classes="help")


class ClosedApp(QuickApp):
    """Stands before a ledger or an identity that cannot be opened, and tries again and again."""

    CSS_PATH = sorted(STYLES.glob("*.tcss"))

    def __init__(self, shown: Closed, theme: str, can_open: Callable[[], bool]) -> None:
        """Take the screen, and what tells whether the kiosk *can_open* now, in a thread."""
        super().__init__()
        self._shown, self._can_open = shown, can_open
        for each in THEMES:
            self.register_theme(each)
        self.paint_from_the_start(readable(theme, self.console.color_system))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return tokens for any theme that lacks ours."""
        return THEMES[0].variables

    def get_default_screen(self) -> Screen[None]:
        """Show nothing else."""
        return self._shown

    def on_mount(self) -> None:
        """Start to try."""
        self.end_on_signals()
        self.set_interval(TRY_EVERY_S, self._try)
        if os.environ.get("NOTIFY_SOCKET"):
            self._watchdog = asyncio.create_task(watch(self))

    async def _try(self) -> None:
        if await asyncio.to_thread(self._can_open):
            self.exit(return_code=0)
