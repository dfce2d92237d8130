"""The first frame: what can wait begins after it."""

import pytest

from kiosk.desk import Desk
from screens.app import KioskApp
from tests.drivers.visitor import visiting


async def test_what_can_wait_begins_once_the_resting_screen_is_drawn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(KioskApp, "beside", lambda app: begun.append(app.screen.size.height > 0))
    async with visiting(desk) as visitor:
        await visitor.settles()
        assert begun == [True]
