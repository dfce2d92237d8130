"""A folder named in the place of a file is wrong use, and said the same way by every command."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import branch, bundle, kiosk, ledger, library, safekeeping
from kiosk.problems import Exit

REGISTERED = (branch, bundle, ledger, library, safekeeping)
"""Importing them is what gives the program its commands."""

COMMANDS = [
    ("bundle", "write"),
    ("bundle", "write", "--code", "K7M2Q9XP4R"),
    ("bundle", "read"),
    ("ledger", "export"),
    ("central", "backup"),
    ("central", "restore"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_folder_in_the_place_of_a_file_is_wrong_use(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    done = CliRunner().invoke(kiosk, [*words, str(tmp_path), "--json"])
    assert done.exit_code == Exit.WRONG_USE
    told = json.loads(done.stdout)
    assert told["error"] == "usage"
    assert f"{tmp_path} is a folder; name a file in it." in told["remedy"]
    assert list(tmp_path.iterdir()) == []


def test_answers_to_a_folder_of_bundles_go_to_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "hamnen.answer"
    done = CliRunner().invoke(kiosk, ["central", "bundle", str(tmp_path), str(target), "--json"])
    assert done.exit_code == Exit.WRONG_USE
    assert "must be one that is there" in json.loads(done.stdout)["remedy"]
    assert not target.exists()
