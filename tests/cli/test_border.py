"""The border of the command line: what nobody planned for, and what would steer a terminal."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk import places
from kiosk.cli import demo, kiosk, library
from kiosk.cli.branch import dump_nothing, need_terminal
from kiosk.cli.output import table
from kiosk.problems import Exit, Trouble
from tests.drivers.branch import PRAISE, Branch

assert demo
assert library

HEAPS = """
import sys, threading
from kiosk.cli.branch import keep_memory_together

if sys.argv[1]:
    keep_memory_together()
met = threading.Barrier(8)

def work():
    met.wait()
    kept = [bytearray(700 + each % 300) for each in range(30_000)]
    met.wait()

threads = [threading.Thread(target=work) for _ in range(8)]
for each in threads:
    each.start()
for each in threads:
    each.join()
with open("/proc/self/maps") as maps:
    reserved = [line.split()[0].split("-") for line in maps if line.split()[1] == "---p"]
print(sum(20_000_000 < int(end, 16) - int(begin, 16) <= 2**26 for begin, end in reserved))
"""
"""Prints how many heaps of 64 MiB are reserved (malloc(3), "arenas")."""


def test_what_nobody_planned_for_is_one_problem_and_one_exit_code(branch: Branch) -> None:
    damaged = {"facts": {"1": {"name": "seq"}}}
    places.ledger(branch.home).write_text(json.dumps(damaged), encoding="utf-8")
    arguments = ["--home", str(branch.home), "hand-in", "feedback", "-", "--json"]
    result = CliRunner().invoke(kiosk, arguments, input=json.dumps(PRAISE))
    assert result.exit_code == Exit.FAILED
    assert json.loads(result.stdout)["error"] == "X01"
    assert result.stderr.splitlines()[-1].startswith("kiosk: X01: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("hand-in", "feedback", "gone.json"),
        ("hand-in", "feedback", "-", "--language", "xx"),
        ("look-up",),
        ("central", "export", "nothing"),
        ("status", "--nonsense"),
    ],
)
def test_a_script_reads_one_object_for_wrong_use_too(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(kiosk, [*arguments, "--json"])
    assert result.exit_code == Exit.WRONG_USE
    told = json.loads(result.stdout)
    assert told["error"] == "usage"
    assert told["remedy"] in result.stderr


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
    assert (central.exit_code, "C21" in central.stderr) == (Exit.FAILED, True)


def test_threads_that_come_and_go_leave_no_heaps_of_their_own() -> None:
    together, apart = (
        int(subprocess.check_output([sys.executable, "-c", HEAPS, words], text=True))
        for words in ("together", "")
    )
    assert (together, apart > 0) == (0, True)


def test_a_path_longer_than_the_room_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/var/lib/kiosk/kiosk.json.quarantine/lost-" + "20261201T033313819585" * 4
    table([("fault K23", f"kept as {path}. Send that file.")], "", "")
    assert path in "".join(capsys.readouterr().out.split())
