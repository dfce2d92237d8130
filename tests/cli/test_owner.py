"""A command run once as root leaves the kiosk's files to the kiosk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.owner import give_back
from tests.drivers.branch import PRAISE, Branch

NOBODY = 65_534
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root leaves root's files")


@pytest.fixture
def of_nobody(branch: Branch) -> Iterator[Path]:
    """Give the state folder of a kiosk that runs as somebody else."""
    branch.close()
    for path in [branch.home, *branch.home.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    yield branch.home
    give_back(branch.home)


def owners(home: Path) -> set[tuple[int, int]]:
    """Return whose the files are."""
    return {(each.lstat().st_uid, each.lstat().st_gid) for each in [home, *home.rglob("*")]}


@pytest.mark.parametrize(
    "arguments",
    [
        ["hand-in", "feedback", "-"],
        ["status"],
        ["doctor"],
        ["sync"],
        ["ledger", "repair"],
        ["ledger", "check"],
        ["bundle", "write", "../a.bundle"],
        ["enrol", "http://127.0.0.1:9", "K7M2Q9XP4R"],
    ],
    ids=" ".join,
)
def test_whatever_root_does_the_files_stay_the_kiosks(
    of_nobody: Path, arguments: list[str]
) -> None:
    command = [sys.executable, "-m", "kiosk.cli", "--home", str(of_nobody), *arguments]
    subprocess.run(
        command,
        check=False,
        capture_output=True,
        input=json.dumps(PRAISE).encode(),
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=of_nobody,
    )
    assert owners(of_nobody) == {(NOBODY, NOBODY)}
    files = [each for each in of_nobody.rglob("*") if each.is_file()]
    assert {each.stat().st_mode & 0o077 for each in files} == {0}


def test_nothing_but_roots_own_files_is_given_back(of_nobody: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("x")
    (of_nobody / "link").symlink_to(precious)
    os.link(precious, of_nobody / "name")
    other = of_nobody / "other"
    other.touch()
    os.chown(other, 12, 12)
    give_back(of_nobody)
    assert precious.stat().st_uid == 0
    assert other.stat().st_uid == 12
    other.unlink()
    for name in ("link", "name"):
        (of_nobody / name).unlink()


def test_a_folder_of_roots_own_or_none_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    give_back(tmp_path)
    give_back(tmp_path / "none")
    assert owners(tmp_path) == {(0, os.getegid())}
