"""Standing before visitors: a kiosk that cannot be opened says so to them, until it can be."""

import contextlib
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.cli.opening import open_desk
from kiosk.cli.output import is_terminal
from kiosk.problems import Trouble

if TYPE_CHECKING:
    from kiosk.desk import Desk

_log = logging.getLogger("kiosk.cli")


def opened(settings: config.Settings, leaving: contextlib.ExitStack) -> "Desk | int":
    """Open the desk, to be closed by *leaving*; until that can be done, say so on the screen.

    Returns the exit code where a signal ended it meanwhile. Raises Trouble where nobody could see
    a screen.
    """
    while True:
        try:
            return leaving.enter_context(open_desk(settings))
        except Trouble as trouble:
            if not is_terminal(sys.stdin):
                raise
            _log.error("%s: %s", trouble.problem.code, trouble.remedy)
            if code := _stand_closed(trouble, settings):
                return code


def _stand_closed(trouble: Trouble, settings: config.Settings) -> int:
    """Show that the kiosk is closed; return 0 once it can be opened, else the exit code."""
    from screens.closed import Closed, ClosedApp
    from screens.quick import run_kiosk

    shown = Closed(trouble.problem, _device(settings), settings.language)
    return run_kiosk(ClosedApp(shown, settings.theme, lambda: _can_open(settings)))


def _can_open(settings: config.Settings) -> bool:
    try:
        with open_desk(settings):
            return True
    except Trouble:
        return False


def _device(settings: config.Settings) -> str:
    from kiosk.store.device import load_device

    try:
        return load_device(Path(settings.home)).device
    except Trouble:
        return ""
