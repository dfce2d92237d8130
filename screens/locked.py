"""The locked-down app: no way out by keys, no traces left by a crash, signals end it tidily."""

import asyncio
import logging
import signal
from typing import Any

from textual.app import App

from kiosk.problems.traces import where
from screens.driver import KioskDriver
from screens.guard import guard_terminal
from screens.terminal import name_colours

_log = logging.getLogger("kiosk.screens")


class LockedApp(App[None], inherit_bindings=False):
    """A Textual app without the stock exits: keys, palette, clipboard, links, tracebacks."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = ""
    NOTIFICATION_TIMEOUT = 4

    def __init__(self) -> None:
        """Use the driver that survives any input."""
        name_colours()
        guard_terminal()
        super().__init__(driver_class=KioskDriver)

    def end_on_signals(self) -> None:
        """Restore the terminal and exit with 128 + n on TERM, INT and HUP; call in the loop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, 128 + number)

    def _end(self, return_code: int) -> None:
        self.exit(return_code=return_code)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 - as in Textual
        """Look for no key that goes before what has the focus: here is none.

        Textual would copy the keys of everything around it for that, at every letter.
        """
        return not priority and await super()._check_bindings(key)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep nothing: the clipboard would outlive the visitor."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: there is no browser here."""

    async def action_quit(self) -> None:
        """Stay."""

    def action_suspend_process(self) -> None:
        """Stay."""

    def _handle_exception(self, error: Exception) -> None:
        """Log where it went wrong without any value, and end with exit code 1.

        The stock traceback prints local variables, a visitor's e-mail address among them.
        """
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        _log.error("stopped by %s", where(error))
        self._exit_renderables.clear()
        self._close_messages_no_wait()

    def panic(self, *_renderables: Any) -> None:
        """End with exit code 1 and print nothing."""
        self._return_code = 1
        self._exit_renderables.clear()
        self._close_messages_no_wait()
