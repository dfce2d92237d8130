"""Places: one file knows every path."""

import stat
from pathlib import Path

import pytest

from kiosk import places


def test_shipped_folders_are_there() -> None:
    assert (places.CONTENT / "branches.toml").is_file()
    assert places.ASSETS.is_dir()
    assert places.CENTRAL.is_dir()


def test_a_wheels_own_folder_is_taken_before_the_checkouts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets").mkdir()
    monkeypatch.setattr(places, "_IN_WHEEL", tmp_path)
    assert places._shipped("assets") == tmp_path / "assets"
    assert places._shipped("data") == places._CHECKOUT / "data"


def test_a_checkout_keeps_its_state_beside_the_code() -> None:
    assert places.default_home().parts[-2:] == ("data", "local")


def test_an_installed_kiosk_keeps_its_state_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_CHECKOUT", tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert places.default_home() == tmp_path / "state" / "kiosk"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert places.default_home() == tmp_path / ".local" / "state" / "kiosk"


def test_centrals_state_is_where_it_is_told_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_CENTRAL_HOME", str(tmp_path))
    assert places.central_home() == tmp_path
    monkeypatch.delenv("KIOSK_CENTRAL_HOME")
    assert places.central_home() == places.default_home().parent / "central"


def test_every_file_of_a_kiosk_lies_in_its_state_folder(tmp_path: Path) -> None:
    known = [
        places.ledger,
        places.device,
        places.offered_key,
        places.content,
        places.settings,
        places.bell,
        places.log,
    ]
    found = [where(tmp_path) for where in known]
    assert all(each.parent == tmp_path for each in found)
    assert len(set(found)) == len(known)


def test_a_state_folder_is_its_owners_only(tmp_path: Path) -> None:
    made = places.private_folder(tmp_path / "deep" / "kiosk")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert places.private_folder(made) == made
