"""The `kiosk` command as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import places
from kiosk.store.ledger import Ledger
from tests.drivers.branch import PRAISE, Branch


def run(*arguments: str, given: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk.cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=os.environ | environment,
    )


def test_an_errand_is_handed_in_through_a_pipe(branch: Branch) -> None:
    done = run(
        "hand-in",
        "feedback",
        "-",
        "--json",
        given=json.dumps(PRAISE),
        KIOSK_HOME=str(branch.home),
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    receipt = json.loads(done.stdout)
    assert branch.events()[0].id == receipt["id"]
    assert "underbar" not in done.stdout + done.stderr


def test_a_second_process_on_the_same_ledger_is_told_who_holds_it(branch: Branch) -> None:
    ledger = Ledger(places.ledger(branch.home))
    done = run("ledger", "repair", KIOSK_HOME=str(branch.home))
    ledger.close()
    assert done.returncode == 5
    assert f"process {os.getpid()}" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_command_line_alone_loads_nothing_heavy() -> None:
    heavy = "textual", "rich", "tinydb", "django", "qrcode", "nacl", "urllib3"
    code = f"import sys, kiosk.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_two_who_set_central_up_at_once_both_find_it_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_CENTRAL_HOME", str(tmp_path / "central"))
    command = [sys.executable, "-m", "kiosk.cli", "central", "init", "--json"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    logins = [json.loads(each)["logins"] for each in told]
    assert sorted(map(len, logins)) == [0, 1], "a password is shown once, and to one of them"
