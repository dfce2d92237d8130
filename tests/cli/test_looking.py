"""Commands that look and rescue: on a disk that cannot be written, and beside what holds it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import branch as branch_commands
from kiosk.cli import kiosk
from kiosk.cli import ledger as ledger_commands
from tests.drivers.branch import Branch
from tests.drivers.commands import Case, run
from tests.drivers.needed import needed

_CLOSED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && shift 0 && exec "$@"'


@pytest.fixture
def handed_in(branch: Branch) -> Branch:
    """Give a kiosk with one errand, which nobody holds."""
    branch.hand_in()
    branch.close()
    return branch


def read_only(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of ours while *home* is read-only; skip where that is not allowed."""
    unshare = needed("unshare", "util-linux")
    alone = [unshare, "--mount", "--map-root-user", "sh", "-c", _CLOSED, str(home)]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    command = [sys.executable, "-m", "kiosk.cli", "--home", str(home), *arguments]
    return subprocess.run([*alone, *command], check=False, capture_output=True, text=True)


def test_on_a_read_only_disk_everything_can_be_looked_at_and_rescued(
    handed_in: Branch, tmp_path: Path
) -> None:
    before = handed_in.bytes_on_disk()
    status = json.loads(read_only(handed_in.home, "status", "--json").stdout)
    assert (status["pending"], status["room"]) == (1, 0)
    assert [each["code"] for each in status["faults"]] == ["K05"]
    assert "read-only" in read_only(handed_in.home, "doctor", "--json").stdout
    assert json.loads(read_only(handed_in.home, "ledger", "check", "--json").stdout)["lost"] == 0
    copy = tmp_path / "copy.json"
    assert read_only(handed_in.home, "ledger", "export", str(copy)).returncode == 0
    assert len(json.loads(copy.read_text("utf-8"))["outbox"]) == 1
    assert "K05" in read_only(handed_in.home, "ledger", "repair").stderr
    assert handed_in.bytes_on_disk() == before


assert all((branch_commands, ledger_commands))


def asked(home: Path, *arguments: str) -> Any:
    """Run a command here and return its one JSON object."""
    return json.loads(CliRunner().invoke(kiosk, ["--home", str(home), *arguments, "--json"]).stdout)


def test_the_status_is_told_though_whoever_holds_the_ledger_does_not_answer(
    branch: Branch,
) -> None:
    branch.hand_in()
    assert asked(branch.home, "status")["pending"] == 1


def test_what_keeps_the_app_from_writing_is_a_fault_that_all_commands_name(
    handed_in: Branch,
) -> None:
    lock = handed_in.home / "kiosk.json.lock"
    lock.unlink()
    lock.mkdir()
    assert closed(handed_in.home, rights=True) == ["K05"], "a lock that cannot be opened"
    lock.rmdir()
    assert closed(handed_in.home, rights=True) == []
    handed_in.home.chmod(0o500)
    assert closed(handed_in.home, rights=False) == ["K05"], "a folder that takes no new file"


def closed(home: Path, *, rights: bool) -> list[str]:
    """Return the faults that status names, once the doctor has told as much."""
    looks = ["status", "doctor"]
    cases = [Case(["--home", str(home), each, "--json"], rights=rights) for each in looks]
    told, examined = [json.loads(ended.out) for ended in run(cases)]
    found = [each["found"] for each in examined["checks"] if each["name"] == "disk"]
    codes = [each["code"] for each in told["faults"]]
    assert "; ".join(["", *codes]) == found[0].partition(" saves")[2]
    assert not codes or told["room"] == 0
    return codes


def test_a_kiosk_that_belongs_nowhere_has_no_status(tmp_path: Path) -> None:
    assert asked(tmp_path, "status")["error"] == "K01"


def test_a_folder_in_place_of_an_identity_is_told_alike_and_not_said_to_be_mended(
    handed_in: Branch,
) -> None:
    (handed_in.home / "device.json").unlink()
    (handed_in.home / "device.json").mkdir()
    (handed_in.home / "content.json").unlink(missing_ok=True)
    (handed_in.home / "content.json").mkdir()
    faults = {each["code"]: each["remedy"] for each in asked(handed_in.home, "status")["faults"]}
    assert {"K10", "K20"} <= faults.keys()
    assert "Errno" not in f"{faults}"
    found = {each["name"]: each["found"] for each in asked(handed_in.home, "doctor")["checks"]}
    assert "K10" in found["enrolled"]
    assert asked(handed_in.home, "ledger", "repair")["error"] == "K05"
