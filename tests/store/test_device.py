"""Who this kiosk is: kept whole, or said to be unreadable."""

import base64
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import places, seal
from kiosk.problems import DEVICE_DAMAGED, DEVICE_UNREADABLE, NOT_ENROLLED, Trouble
from kiosk.store.device import (
    Device,
    device_troubles,
    load_device,
    mend_device,
    offered_key,
    prove_device,
    save_device,
)
from tests.drivers.branch import Branch


def test_a_device_reads_back_and_its_keys_are_its_owners_only(branch: Branch) -> None:
    assert load_device(branch.home) == branch.device
    assert stat.S_IMODE(places.device(branch.home).stat().st_mode) == 0o600


def test_a_folder_without_a_device_is_not_enrolled(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        load_device(tmp_path)
    assert caught.value.problem is NOT_ENROLLED


DAMAGED = st.binary(max_size=80) | st.sampled_from(
    [b"[" * 100_000, b'{"device": "\xff"}', b"{}", b""]
)


@given(DAMAGED, DAMAGED)
def test_an_identity_of_which_both_copies_are_damaged_is_unreadable_and_never_a_crash(
    branch: Branch, body: bytes, copy: bytes
) -> None:
    places.device(branch.home).write_bytes(body)
    places.device_copy(branch.home).write_bytes(copy)
    assert device_troubles(branch.home) == []
    with pytest.raises(Trouble) as caught:
        load_device(branch.home)
    assert caught.value.problem is DEVICE_UNREADABLE


@given(st.data())
def test_one_flipped_bit_anywhere_in_either_copy_changes_no_key_and_is_told(
    branch: Branch, data: st.DataObject
) -> None:
    for path in (places.device(branch.home), places.device_copy(branch.home)):
        path.unlink(missing_ok=True)  # how often it was saved is in them, and in their length
    save_device(branch.home, branch.device)
    path = data.draw(st.sampled_from([places.device(branch.home), places.device_copy(branch.home)]))
    body = bytearray(path.read_bytes())
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(body)
    assert load_device(branch.home) == branch.device
    (trouble,) = device_troubles(branch.home)
    assert (trouble.problem, trouble.particulars["path"]) == (DEVICE_DAMAGED, path)
    mend_device(branch.home)
    assert device_troubles(branch.home) == []
    assert load_device(branch.home) == branch.device


@pytest.mark.parametrize("which", [places.device, places.device_copy])
def test_a_copy_that_is_gone_is_told_and_the_other_used(
    branch: Branch, which: Callable[[Path], Path]
) -> None:
    which(branch.home).unlink()
    assert load_device(branch.home) == branch.device
    assert [each.problem for each in device_troubles(branch.home)] == [DEVICE_DAMAGED]
    offered = offered_key(branch.home)
    mend_device(branch.home)
    assert device_troubles(branch.home) == []
    assert offered_key(branch.home) == offered, "an enrolment under way goes on"


def test_an_identity_of_an_older_program_is_read_and_given_its_digest_and_copy(
    branch: Branch,
) -> None:
    places.device_copy(branch.home).unlink()
    places.device(branch.home).write_bytes(msgspec.json.encode(branch.device))
    assert load_device(branch.home) == branch.device
    assert device_troubles(branch.home) == []
    prove_device(branch.home)
    assert places.device_copy(branch.home).read_bytes() == places.device(branch.home).read_bytes()
    assert (
        msgspec.json.decode(places.device(branch.home).read_bytes(), type=Device) == branch.device
    )
    prove_device(branch.home)
    assert device_troubles(branch.home) == []
    places.device(branch.home).write_bytes(b"")
    prove_device(branch.home)
    assert places.device(branch.home).read_bytes() == b"", "that is for a technician to see"


def test_a_save_cut_short_leaves_one_whole_identity(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = msgspec.structs.replace(branch.device, next_key=b"n" * seal.KEY_BYTES)
    monkeypatch.setattr("kiosk.store.device.places.device", lambda home: home / "no" / "such")
    with pytest.raises(Trouble):
        save_device(branch.home, later)
    monkeypatch.undo()
    assert load_device(branch.home) == branch.device, "nothing was saved"


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


def test_without_its_digest_a_key_with_a_flipped_bit_would_seal_for_nobody(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.device._digest", lambda body: b"0" * 32)
    save_device(branch.home, branch.device)
    key = bytearray(branch.device.sealing_key)
    key[7] ^= 4
    body = places.device(branch.home).read_bytes()
    was, now = (base64.b64encode(bytes(each)) for each in (branch.device.sealing_key, key))
    places.device(branch.home).write_bytes(body.replace(was, now))
    assert load_device(branch.home).sealing_key == bytes(key)


def test_an_identity_that_is_whole_is_not_written_again(branch: Branch) -> None:
    files = (places.device(branch.home), places.device_copy(branch.home))
    mend_device(branch.home)
    before = [each.stat().st_ino for each in files]
    mend_device(branch.home)
    assert [each.stat().st_ino for each in files] == before


@pytest.mark.parametrize("older", [places.device, places.device_copy])
def test_an_older_copy_beside_a_newer_one_is_told_and_not_used(
    branch: Branch, older: Callable[[Path], Path]
) -> None:
    save_device(branch.home, branch.device)
    before = older(branch.home).read_bytes()
    newer = msgspec.structs.replace(branch.device, branch_name="Annan skylt")
    save_device(branch.home, newer)
    older(branch.home).write_bytes(before)
    assert load_device(branch.home) == newer
    (trouble,) = device_troubles(branch.home)
    assert trouble.particulars == {
        "path": older(branch.home),
        "why": "it is older than its other copy",
    }
    mend_device(branch.home)
    assert load_device(branch.home) == newer
    assert device_troubles(branch.home) == []
