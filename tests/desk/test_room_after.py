"""After handing in, room for the next visitors is made where nobody waits for it."""

import pytest

from kiosk.store.ledger import AMPLE_ROOM, Ledger
from tests.drivers.branch import Branch


def test_what_a_save_used_up_is_made_again_aside(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    desk = branch.desk
    monkeypatch.setattr(Ledger, "room", lambda _: AMPLE_ROOM - 1)
    monkeypatch.setattr(Ledger, "make_room", lambda _, saves: asked.append(saves))
    branch.hand_in()
    desk.close()
    assert asked[-1] == AMPLE_ROOM
