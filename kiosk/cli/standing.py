"""Standing before visitors: whatever keeps the kiosk from going on, they read it until it can."""

import contextlib
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.cli.opening import open_desk
from kiosk.cli.output import complain, in_words, is_terminal
from kiosk.problems import CRASHED, Trouble

if TYPE_CHECKING:
    from kiosk.desk import Desk
    from kiosk.sync.courier import Courier

_STOPPED = (1, 70)
"""What the screens end with after a mistake of the program."""
_log = logging.getLogger("kiosk.cli")


def readable(read: Callable[[], config.Settings]) -> None:
    """Try to *read* the settings until they can be; visitors read meanwhile that they cannot.

    Raises Trouble where nobody could see a screen, and SystemExit when a signal ends it.
    """

    def can_read() -> bool:
        try:
            read()
        except Trouble:
            return False
        return True

    try:
        read()
    except Trouble as trouble:
        if not is_terminal(sys.stdin):
            raise
        if ended := _stand_closed(trouble, "", config.Settings(), can_read):
            raise SystemExit(ended) from trouble


def _stand_closed(
    trouble: Trouble, device: str, settings: config.Settings, can_go_on: Callable[[], bool]
) -> int:
    """Tell technicians and visitors; return 0 once the kiosk *can_go_on*, else the exit code."""
    from screens.closed import Closed, ClosedApp
    from screens.quick import run_kiosk

    gc.enable()
    told = f"{trouble.problem.code}: {trouble.remedy}"
    _log.error("%s", told)
    if not is_terminal(sys.stderr):
        complain(told)
    shown = Closed(trouble.problem, device, settings.language)
    return run_kiosk(ClosedApp(shown, settings.theme, can_go_on))


class StandingKiosk:
    """A kiosk of *settings* that stands before visitors until a signal ends it."""

    def __init__(self, settings: config.Settings) -> None:
        """Begin with nothing open."""
        self._settings = settings
        self._courier: Courier | None = None

    def show(self, screens: "Callable[[Desk, contextlib.ExitStack], int]") -> int:
        """Open the desk for *screens* until they end; return the exit code.

        What keeps it from opening or ends it is logged, and stands on the screen until it can be
        opened. Raises Trouble, or what the screens raise, where nobody could see a screen.
        """
        while True:
            try:
                with contextlib.ExitStack() as leaving:
                    desk = leaving.enter_context(open_desk(self._settings))
                    leaving.callback(self._remember, desk)
                    code = screens(desk, leaving)
                if code not in _STOPPED:
                    return code
                trouble = Trouble(CRASHED, why="the screens stopped; the log says where")
            except (Trouble, OSError) as error:
                if not is_terminal(sys.stdin):
                    raise
                trouble = in_words(error)
            if ended := _stand_closed(trouble, self._device(), self._settings, self._can_open):
                return ended

    def _remember(self, desk: "Desk") -> None:
        self._courier = desk.courier

    def _can_open(self) -> bool:
        """Tell whether all can begin, and nothing of before is still going on."""
        from kiosk.cli.exchanging import try_exchanging

        if self._courier and self._courier.is_busy:
            return False
        try:
            with open_desk(self._settings) as desk:
                try_exchanging(desk, self._settings)
        except (Trouble, OSError):
            return False
        return True

    def _device(self) -> str:
        from kiosk.store.device import load_device

        try:
            return load_device(Path(self._settings.home)).device
        except Trouble:
            return ""
