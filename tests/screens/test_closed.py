"""A kiosk that cannot open what it holds shows visitors that, and no technician's English."""

import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import places
from kiosk.i18n import LANGUAGES, phrases
from kiosk.problems import (
    BAD_SETTING,
    CANNOT_WRITE,
    CRASHED,
    DEVICE_UNREADABLE,
    LEDGER_HELD,
    NOT_ENROLLED,
    PLAIN_HTTP,
    Problem,
)
from screens.closed import TRY_EVERY_S
from tests.drivers.branch import Branch
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal, kiosk

pytestmark = pytest.mark.terminal


def _not_enrolled(home: Path) -> None:
    for each in (places.device(home), places.device_copy(home)):
        each.unlink(missing_ok=True)


def _damaged(home: Path) -> None:
    for each in (places.device(home), places.device_copy(home)):
        each.write_bytes(b"{")


CANNOT = {NOT_ENROLLED: _not_enrolled, DEVICE_UNREADABLE: _damaged}


@pytest.mark.parametrize("problem", CANNOT, ids=lambda each: each.code)
def test_visitors_read_it_in_every_language_and_it_waits(tmp_path: Path, problem: Problem) -> None:
    home = tmp_path / "kiosk"
    shipped_branch(home, datetime.now(UTC).astimezone()).close()
    CANNOT[problem](home)
    with Terminal(
        kiosk("run", "--home", str(home)), environment={"KIOSK_LANGUAGE": "da"}
    ) as screen:
        for language in ("da", *LANGUAGES):
            screen.wait_for(phrases(language).say(problem.visitor, code=problem.code))
        first = phrases("da").say(problem.visitor, code=problem.code).split()[0]
        assert screen.text.strip().startswith(first), "the branch's own comes first"
        screen.types("\r \x1b0q\x03\x11")
        screen.rests()
        assert screen.runs
        screen.send_signal(signal.SIGTERM)
        assert screen.wait_for_end() == 128 + signal.SIGTERM
        assert b"Traceback" not in screen.received
    assert problem.code in places.log(home).read_text(encoding="utf-8")


def test_a_mistyped_setting_is_read_until_it_is_right(
    live_branch: Branch,
) -> None:
    mistyped = places.settings(live_branch.home)
    mistyped.write_text('language = "swedish"\n', encoding="utf-8")
    told = BAD_SETTING.visitor.format(code=BAD_SETTING.code)
    command = kiosk("run", "--home", str(live_branch.home))
    with Terminal(command) as screen:
        screen.wait_for(told)
        screen.send_signal(signal.SIGTERM)
        assert screen.wait_for_end() == 128 + signal.SIGTERM
    with Terminal(command) as screen:
        screen.wait_for(told)
        screen.rests()
        time.sleep(TRY_EVERY_S + 1.0)  # it has been tried again meanwhile
        screen.wait_for(told)
        mistyped.write_text('language = "en"\n', encoding="utf-8")
        screen.wait_for("Coming up here")


def test_it_opens_by_itself_once_it_can(tmp_path: Path) -> None:
    home = tmp_path / "kiosk"
    branch = shipped_branch(home, datetime.now(UTC).astimezone())
    assert branch.desk.device.device
    with Terminal(
        kiosk("run", "--home", str(home)), environment={"KIOSK_LANGUAGE": "en"}
    ) as screen:
        screen.wait_for(LEDGER_HELD.visitor.format(code=LEDGER_HELD.code))
        screen.wait_for(branch.desk.device.device)
        branch.close()
        screen.wait_for("Coming up here")


def _way_to_nobody(branch: Branch) -> None:
    branch.move_to("http://library.example")


def _way_back(branch: Branch) -> None:
    branch.move_to("https://library.example")


def _no_bell(branch: Branch) -> None:
    places.bell(branch.home).mkdir()


def _bell_again(branch: Branch) -> None:
    places.bell(branch.home).rmdir()


AFTER_THE_FIRST_FRAME = {
    PLAIN_HTTP: (_way_to_nobody, _way_back),
    CANNOT_WRITE: (_no_bell, _bell_again),
}


@pytest.mark.parametrize("problem", AFTER_THE_FIRST_FRAME, ids=lambda each: each.code)
def test_what_cannot_begin_after_the_first_frame_is_read_and_goes_by(
    live_branch: Branch, problem: Problem, tmp_path: Path
) -> None:
    breaks, mends = AFTER_THE_FIRST_FRAME[problem]
    breaks(live_branch)
    journal = tmp_path / "journal"
    command = kiosk("run", "--home", str(live_branch.home))
    told = ["sh", "-c", f'exec "$@" 2>{journal}', "sh", *command]
    with Terminal(told, environment={"KIOSK_LANGUAGE": "da"}) as screen:
        for language in ("da", *LANGUAGES):
            screen.wait_for(phrases(language).say(problem.visitor, code=problem.code))
        assert problem.code in journal.read_text(encoding="utf-8")
        mends(live_branch)
        screen.wait_for(phrases("da").say("Coming up here"))
        screen.send_signal(signal.SIGTERM)
        assert screen.wait_for_end() == 128 + signal.SIGTERM
    assert problem.code in places.log(live_branch.home).read_text(encoding="utf-8")


def test_a_crash_is_told_in_her_language_and_goes_by(live_branch: Branch) -> None:
    program = (
        "from screens.home import Home; from kiosk.cli import main;"
        "Home.body = lambda self, secret='anna@x.se': 1 / 0;"
        "main()"
    )
    command = [sys.executable, "-c", program, "run", "--home", str(live_branch.home)]
    with Terminal(command, environment={"KIOSK_LANGUAGE": "fi"}) as screen:
        for _ in range(2):
            screen.wait_for(phrases("fi").say("Coming up here"))
            screen.types(" ")
            screen.wait_for(phrases("fi").say(CRASHED.visitor, code=CRASHED.code))
        screen.send_signal(signal.SIGTERM)
        assert screen.wait_for_end() == 128 + signal.SIGTERM
        assert b"anna@x.se" not in screen.received
        assert b"Traceback" not in screen.received
    assert "ZeroDivisionError" in places.log(live_branch.home).read_text(encoding="utf-8")
