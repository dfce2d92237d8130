"""Submissions: what a receipt allows, and identities that sort by time."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.domain.receipt import State
from kiosk.domain.submission import FollowUp, Receipt
from kiosk.domain.world import RealWorld, boot_id, new_id
from tests.drivers.world import FakeWorld


def test_the_receipt_writes_its_code_in_groups(world: FakeWorld) -> None:
    receipt = Receipt("id", "7F3K9XQ2B4MT", "feedback", world.now(), connected=False)
    assert receipt.code_in_groups == "7F3K-9XQ2-B4MT"


@pytest.mark.parametrize("state", State)
def test_what_is_gone_can_be_neither_withdrawn_nor_erased(state: State) -> None:
    found = FollowUp("feedback", state, ())
    assert found.can_erase is (state is not State.ERASED)
    assert found.can_withdraw is (state not in {State.WITHDRAWN, State.ERASED})


def test_an_identity_is_a_uuid_of_version_seven_that_sorts_by_time(world: FakeWorld) -> None:
    made = []
    for _ in range(50):
        made.append(new_id(world))
        world.later(milliseconds=1)
    assert made == sorted(made)
    assert len(set(made)) == 50
    shape = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert all(shape.fullmatch(each) for each in made)
    assert int(made[0].replace("-", "")[:12], 16) == 1_795_685_400_000


def test_a_boot_is_named_even_where_the_system_has_no_name_for_it(tmp_path: Path) -> None:
    named = tmp_path / "boot_id"
    named.write_text("0123456789-abcd\n", encoding="ascii")
    assert boot_id(named) == "01234567"
    assert re.fullmatch("[0-9a-f]{8}", boot_id(tmp_path / "missing"))
    assert boot_id(tmp_path / "missing") != boot_id(tmp_path / "missing")


def test_the_real_world_tells_time_with_its_offset_and_moves_on() -> None:
    world = RealWorld()
    assert world.now().utcoffset() is not None
    assert abs((world.now() - datetime.now(UTC)).total_seconds()) < 5
    assert world.monotonic_ms() <= world.monotonic_ms()
    assert 0 <= world.random_bits(55) < 2**55
    assert len(world.boot) == 8
