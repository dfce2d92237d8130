"""A kiosk that cannot open what it holds shows visitors that, and no technician's English."""

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import places
from kiosk.i18n import LANGUAGES, phrases
from kiosk.problems import DEVICE_UNREADABLE, LEDGER_HELD, NOT_ENROLLED, Problem
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


def test_it_opens_by_itself_once_it_can(tmp_path: Path) -> None:
    home = tmp_path / "kiosk"
    branch = shipped_branch(home, datetime.now(UTC).astimezone())
    assert branch.desk.device.device
    with Terminal(
        kiosk("run", "--home", str(home)), environment={"KIOSK_LANGUAGE": "en"}
    ) as screen:
        screen.wait_for(LEDGER_HELD.visitor.format(code=LEDGER_HELD.code))
        assert screen.shows(branch.desk.device.device)
        branch.close()
        screen.wait_for("Coming up here")
