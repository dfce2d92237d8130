"""Who this kiosk is: kept whole, or said to be unreadable."""

import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import places
from kiosk.problems import DEVICE_UNREADABLE, NOT_ENROLLED, Trouble
from kiosk.store.device import load_device, offered_key, save_device
from tests.drivers.branch import Branch


def test_a_device_reads_back_and_its_keys_are_its_owners_only(branch: Branch) -> None:
    assert load_device(branch.home) == branch.device
    assert stat.S_IMODE(places.device(branch.home).stat().st_mode) == 0o600


def test_a_folder_without_a_device_is_not_enrolled(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        load_device(tmp_path)
    assert caught.value.problem is NOT_ENROLLED


@given(st.binary(max_size=80) | st.sampled_from([b"[" * 100_000, b'{"device": "\xff"}', b"{}"]))
def test_a_damaged_device_is_unreadable_and_never_a_crash(branch: Branch, body: bytes) -> None:
    places.device(branch.home).write_bytes(body)
    with pytest.raises(Trouble) as caught:
        load_device(branch.home)
    assert caught.value.problem is DEVICE_UNREADABLE


@pytest.mark.parametrize("key", ["secret_key", "sealing_key", "verify_key", "salt"])
def test_a_key_that_lost_a_byte_is_noticed_before_a_visitor_types(branch: Branch, key: str) -> None:
    short = msgspec.structs.replace(branch.device, **{key: getattr(branch.device, key)[:-1]})
    save_device(branch.home, short)
    with pytest.raises(Trouble) as caught:
        load_device(branch.home)
    assert caught.value.problem is DEVICE_UNREADABLE


def test_a_device_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    places.device(tmp_path).mkdir()
    with pytest.raises(Trouble) as caught:
        load_device(tmp_path)
    assert caught.value.problem is DEVICE_UNREADABLE


def test_the_same_key_is_offered_until_central_has_taken_it(branch: Branch) -> None:
    offered = offered_key(branch.home)
    assert offered_key(branch.home) == offered
    save_device(branch.home, branch.device)
    assert offered_key(branch.home) != offered


def test_a_torn_offered_key_is_made_anew(tmp_path: Path) -> None:
    places.offered_key(tmp_path).write_bytes(b"short")
    assert len(offered_key(tmp_path)) == 32
