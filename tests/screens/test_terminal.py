"""The app in a real pseudo-terminal: signals, touch, and a QR code that is read."""

import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp

from tests.drivers.branch import Branch
from tests.drivers.phone import read_by_zbar
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_tidily_with_its_own_exit_code(
    screen: Callable[..., Terminal], number: int, code: int
) -> None:
    terminal = screen()
    terminal.send_signal(number)
    assert terminal.wait_for_end() == code
    ending = terminal.received[-400:]
    assert b"\x1b[?1049l" in ending
    assert b"\x1b[?25h" in ending
    assert b"\x1b[?1003l" in terminal.received


def test_a_crash_shows_nothing_a_visitor_wrote(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kiosk.desk import Desk;"
        "from kiosk.domain.world import RealWorld; from screens.app import KioskApp;"
        "from screens.quick import run_kiosk;"
        "from screens.home import Home;"
        "Home.body = lambda self, secret='anna@x.se': 1 / 0;"
        f"sys.exit(run_kiosk(KioskApp(Desk(Path({str(tmp_path / 'kiosk')!r}), RealWorld()),"
        "language='en')))"
    )
    shipped_branch(tmp_path / "kiosk", datetime.now(UTC).astimezone()).close()
    with Terminal([sys.executable, "-c", program]) as terminal:
        terminal.wait_for("Coming up here")
        terminal.types(" ")
        assert terminal.wait_for_end() in {1, 70}
        assert b"anna@x.se" not in terminal.received
        assert b"\x1b[?1049l" in terminal.received


@pytest.mark.parametrize(
    "look",
    [
        {"KIOSK_THEME": "paper"},
        {"KIOSK_THEME": "contrast"},
        {"TERM": "linux", "COLORTERM": ""},
    ],
    ids=["paper", "contrast", "sixteen colours"],
)
def test_feedback_by_touch_alone_and_a_phone_reads_the_receipt(
    screen: Callable[..., Terminal], live_branch: Branch, look: dict[str, str]
) -> None:
    terminal = screen(**look)
    terminal.touches("English")
    terminal.wait_for("What would you like to do?")
    terminal.touches("Say what you think")
    terminal.wait_for("Question 1 of 5")
    terminal.touches("Very good")
    terminal.wait_for("Next")
    terminal.touches("Next")
    terminal.wait_for("Question 2 of 5")
    terminal.touches("The staff")
    terminal.touches("Next")
    terminal.wait_for("Question 3 of 5")
    for letter in ("å", "k", "t"):
        terminal.touches(f" {letter} ")
    terminal.wait_for("åkt")
    terminal.touches("Next")
    for _ in range(2):
        terminal.wait_for("Skip")
        terminal.touches("Skip")
        terminal.reads_for(0.5)
    terminal.wait_for("Is this right?")
    terminal.touches("Hand in")
    terminal.wait_for("It is saved here.")
    terminal.reads_for(0.5)
    picture = terminal.picture()
    (found,) = zxingcpp.read_barcodes(picture)
    code = found.text.rpartition("/")[2]
    assert found.text.startswith("HTTPS://BIBLIOTEK.EXAMPLE/r/")
    assert read_by_zbar(picture) == [found.text]
    assert terminal.shows(f"{code[:4]}-{code[4:8]}-{code[8:]}")
    terminal.send_signal(signal.SIGTERM)
    terminal.wait_for_end()
    assert live_branch.unsealed(live_branch.events()[0]).answers["words"] == "åkt"


def test_a_touch_is_a_sign_of_life_and_silence_wipes(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kiosk.desk import Desk;"
        "from kiosk.domain.world import RealWorld; from screens.app import KioskApp;"
        "from screens.quick import run_kiosk;"
        f"sys.exit(run_kiosk(KioskApp(Desk(Path({str(tmp_path / 'kiosk')!r}), RealWorld()),"
        "language='en', idle_s=1.5, idle_warning_s=1.5)))"
    )
    shipped_branch(tmp_path / "kiosk", datetime.now(UTC).astimezone()).close()
    with Terminal([sys.executable, "-c", program]) as terminal:
        terminal.wait_for("Coming up here")
        terminal.touches("Dansk")
        terminal.wait_for("Hvad vil du")
        terminal.wait_for("Er du her stadig?")
        terminal.touches_cell(40, 20)
        terminal.wait_for("Hvad vil du")
        terminal.wait_for("Coming up here")
