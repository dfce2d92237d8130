"""The first frame: what can wait begins after it, and what goes wrong then is told."""

import pytest

from kiosk.desk import Desk
from kiosk.problems import PLAIN_HTTP
from screens.app import KioskApp
from tests.drivers.branch import Branch
from tests.drivers.terminal import Terminal, kiosk
from tests.drivers.visitor import visiting


async def test_what_can_wait_begins_once_the_resting_screen_is_drawn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(KioskApp, "beside", lambda app: begun.append(app.screen.size.height > 0))
    async with visiting(desk) as visitor:
        await visitor.settles()
        assert begun == [True]


@pytest.mark.terminal
def test_what_keeps_it_from_beginning_ends_the_app_and_is_told_afterwards(
    live_branch: Branch,
) -> None:
    live_branch.move_to("http://library.example")
    with Terminal(kiosk("run", "--home", str(live_branch.home))) as terminal:
        assert terminal.wait_for_end() == PLAIN_HTTP.exit
    _, _, told = terminal.received.rpartition(b"\x1b[?1049l")
    assert b"plain HTTP" in told
