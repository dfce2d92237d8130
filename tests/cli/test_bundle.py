"""`kiosk bundle`: to a stick and from it, whether the app runs or not."""

import contextlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk import places
from kiosk.cli import bundle, kiosk, library
from kiosk.problems import Exit
from kiosk.sync.bell import ControlSocket
from tests.drivers.branch import Branch
from tests.drivers.played_stick import PlayedStick

assert library


def runs(branch: Branch, code: Exit, *words: str) -> Any:
    """Run a command that ends with *code*; return its one JSON object."""
    result = CliRunner().invoke(kiosk, ["--home", str(branch.home), *words, "--json"])
    assert result.exit_code == code, (result.output, result.exception)
    return json.loads(result.stdout)


@pytest.fixture(params=["app", "alone"])
def library_of(request: pytest.FixtureRequest, branch: Branch) -> Iterator[PlayedStick]:
    """Give the library of a branch whose app runs, or does not."""
    branch.hand_in()
    if request.param == "alone":
        branch.close()
        yield PlayedStick(branch)
        return
    replies = bundle.bundle_replies(branch.desk, contextlib.nullcontext)
    bell = ControlSocket(places.bell(branch.home), replies)
    yield PlayedStick(branch)
    bell.close()


def test_an_errand_travels_on_a_stick(
    branch: Branch, library_of: PlayedStick, tmp_path: Path
) -> None:
    file, answer = tmp_path / "a.bundle", tmp_path / "a.answer"
    told = runs(branch, Exit.DONE, "bundle", "write", str(file))
    assert (told["sent"], told["pending"], told["error"]) == (1, 1, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o644, "whoever runs central reads it"
    answer.write_bytes(library_of.answer(file.read_bytes()))
    told = runs(branch, Exit.DONE, "bundle", "read", str(answer))
    assert (told["sent"], told["stored"], told["pending"]) == (1, 1, 0)
    assert set(told) == {
        *("sent", "stored", "duplicate", "held", "conflict", "refused"),
        *("pending", "purged", "content", "error"),
    }
    assert runs(branch, Exit.DONE, "bundle", "read", str(answer))["sent"] == 0


def test_people_are_told_what_to_do_next(branch: Branch, tmp_path: Path) -> None:
    def said(*words: str) -> str:
        result = CliRunner().invoke(kiosk, ["--home", str(branch.home), *words])
        assert result.exit_code == 0
        return result.stdout

    file = tmp_path / "a.bundle"
    assert "Bundle 1 with 0 events" in said("bundle", "write", str(file))
    (tmp_path / "a.answer").write_bytes(PlayedStick(branch).answer(file.read_bytes()))
    assert "Central has answered for 0" in said("bundle", "read", str(tmp_path / "a.answer"))
    assert "nothing has changed" in said("bundle", "read", str(tmp_path / "a.answer"))


def test_whatever_is_wrong_is_told_with_its_remedy(
    branch: Branch, library_of: PlayedStick, tmp_path: Path
) -> None:
    file = tmp_path / "a.bundle"
    runs(branch, Exit.DONE, "bundle", "write", str(file))
    old = tmp_path / "old.answer"
    old.write_bytes(library_of.answer(file.read_bytes()))
    new = tmp_path / "new.answer"
    new.write_bytes(library_of.answer(file.read_bytes()))
    torn = tmp_path / "torn.answer"
    torn.write_bytes(new.read_bytes()[:-1])
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8\xff")
    runs(branch, Exit.DONE, "bundle", "read", str(new))
    for path, code, error in (
        (old, Exit.FAILED, "B05"),
        (torn, Exit.FAILED, "B02"),
        (file, Exit.WRONG_USE, "B04"),
        (other, Exit.WRONG_USE, "B01"),
        (tmp_path, Exit.WRONG_USE, "usage"),
        (tmp_path / "missing", Exit.FAILED, "B07"),
    ):
        told = runs(branch, code, "bundle", "read", str(path))
        assert told["error"] == error
        assert told["remedy"]


def test_a_stick_that_cannot_be_written_is_told_and_everything_still_waits(
    branch: Branch, library_of: PlayedStick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = os.replace

    def full(path: Any, to: Any) -> None:
        if str(to).startswith(str(tmp_path / "stick")):
            raise OSError(28, "No space left on device")
        genuine(path, to)

    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(os, "replace", full)
    told = runs(branch, Exit.FAILED, "bundle", "write", str(tmp_path / "stick" / "a"))
    assert (told["error"], list((tmp_path / "stick").iterdir())) == ("B07", [])
    assert runs(branch, Exit.DONE, "bundle", "write", str(tmp_path / "b"))["pending"] == 1


def test_an_app_from_before_an_update_says_who_holds_the_ledger(
    branch: Branch, tmp_path: Path
) -> None:
    assert branch.desk
    bell = ControlSocket(places.bell(branch.home), {"sync": dict})
    assert runs(branch, Exit.STORE, "bundle", "write", str(tmp_path / "a"))["error"] == "K02"
    bell.close()
