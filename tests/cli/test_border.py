"""The border of the command line: what nobody planned for, and what would steer a terminal."""

import json
import resource
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk import places
from kiosk.cli import demo, kiosk, library
from kiosk.cli.branch import dump_nothing, need_terminal
from kiosk.problems import Exit, Trouble
from tests.drivers.branch import PRAISE, Branch

assert demo
assert library


def test_what_nobody_planned_for_is_one_problem_and_one_exit_code(branch: Branch) -> None:
    damaged = {"facts": {"1": {"name": "seq"}}}
    places.ledger(branch.home).write_text(json.dumps(damaged), encoding="utf-8")
    arguments = ["--home", str(branch.home), "hand-in", "feedback", "-", "--json"]
    result = CliRunner().invoke(kiosk, arguments, input=json.dumps(PRAISE))
    assert result.exit_code == Exit.FAILED
    assert json.loads(result.stdout)["error"] == "X01"
    assert result.stderr.splitlines()[-1].startswith("kiosk: X01: ")


def test_words_from_elsewhere_steer_no_terminal(branch: Branch) -> None:
    arguments = ["--home", str(branch.home), "hand-in", "feedback", "-"]
    result = CliRunner().invoke(kiosk, arguments, input='{"a\\u001b]0;b\\u0007": 1}')
    assert result.exit_code == Exit.WRONG_USE
    assert "unknown_question" in result.stderr
    assert not {"\x1b", "\x07"} & set(result.stderr)


def test_refused_answers_are_told_as_the_contract_says(branch: Branch) -> None:
    arguments = ["--home", str(branch.home), "hand-in", "feedback", "-", "--json"]
    result = CliRunner().invoke(kiosk, arguments, input="{}")
    assert (result.exit_code, json.loads(result.stdout)) == (2, {"mistakes": {"about": "required"}})


@pytest.mark.parametrize("command", [("demo", "--no-screen"), ("central", "serve")])
def test_a_port_that_no_machine_has_is_wrong_use(command: tuple[str, ...]) -> None:
    assert CliRunner().invoke(kiosk, [*command, "--port", "99999"]).exit_code == Exit.WRONG_USE


def test_the_app_is_not_started_where_nobody_could_type(branch: Branch, tmp_path: Path) -> None:
    for arguments in (["--home", str(branch.home), "run"], ["demo", "--keep", str(tmp_path / "x")]):
        result = CliRunner().invoke(kiosk, arguments)
        assert result.exit_code == Exit.WRONG_USE
        assert "X02" in result.stderr
    assert not (tmp_path / "x").exists()
    with pytest.raises(Trouble):
        need_terminal()


def test_a_crash_writes_no_visit_to_the_disk() -> None:
    dump_nothing()
    dump_nothing()
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] in {0, 1}


def test_a_folder_that_cannot_be_made_is_told_by_whoever_needs_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    there = {"KIOSK_HOME": str(tmp_path / "file"), "KIOSK_CENTRAL_HOME": str(tmp_path / "file")}
    enrolled = CliRunner().invoke(kiosk, ["enrol", "http://localhost:1", "X"], env=there)
    assert (enrolled.exit_code, "K05" in enrolled.stderr) == (Exit.STORE, True)
    central = CliRunner().invoke(kiosk, ["central", "init"], env=there)
    assert (central.exit_code, "C01" in central.stderr) == (Exit.FAILED, True)
