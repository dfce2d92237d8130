"""The app in a real pseudo-terminal: signals, touch, and a QR code that is read."""

import re
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from screens.widgets.big_button import READ_S
from tests.drivers.branch import Branch
from tests.drivers.phone import read_by_zbar
from tests.drivers.sampled import only
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal, kiosk
from tests.drivers.xterm import XTerm, x_server

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


def test_a_program_that_was_held_and_let_go_reads_its_terminal_once_and_still_ends(
    screen: Callable[..., Terminal],
) -> None:
    terminal = screen()
    terminal.rests()
    threads = Path(f"/proc/{terminal.process_id}/task")
    before = len(list(threads.iterdir()))
    for _ in range(3):
        terminal.send_signal(signal.SIGSTOP)
        terminal.send_signal(signal.SIGCONT)
        terminal.reads_for(0.2)
    assert len(list(threads.iterdir())) == before
    terminal.send_signal(signal.SIGTERM)
    assert terminal.wait_for_end() == 143


def test_what_is_pressed_while_the_machine_is_stuck_decides_nothing_too_soon(
    screen: Callable[..., Terminal],
) -> None:
    terminal = screen()
    terminal.draws("5", "I am done")
    terminal.reads_for(0.1)
    terminal.send_signal(signal.SIGSTOP)
    terminal.types("9")  # at once, though it is heard when the button has long been in sight
    time.sleep(READ_S + 0.5)
    terminal.send_signal(signal.SIGCONT)
    terminal.reads_for(READ_S)
    terminal.rests()
    assert terminal.shows("What would you like to do?")
    terminal.types("9")
    terminal.wait_for("Coming up here")


def test_what_is_typed_at_a_stuck_machine_is_written_whole(screen: Callable[..., Terminal]) -> None:
    terminal = screen()
    terminal.types("5")
    terminal.touches("Say what you think")
    terminal.wait_for("Question 1 of 5")
    terminal.types("0")
    terminal.touches("The staff")
    terminal.touches("Next")
    terminal.send_signal(signal.SIGSTOP)
    terminal.types("qzkatt77xv")
    time.sleep(0.5)
    terminal.send_signal(signal.SIGCONT)
    terminal.wait_for("Question 3 of 5")
    terminal.wait_for("qzkatt77xv")


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


def test_the_cursor_stands_where_the_focus_is_as_soon_as_that_is_drawn(
    screen: Callable[..., Terminal],
) -> None:
    terminal = screen()
    terminal.types("5")
    terminal.wait_for("What would you like to do?")
    for tile in ("Say what you think", "Programme and sign-up"):
        terminal.rests()
        column, row = terminal.cursor
        assert re.match(rf"\s*\d\s+{tile}", terminal.lines[row][column:]), terminal.cursor
        terminal.types("\t")


LOOKS = {
    "paper": {"KIOSK_THEME": "paper"},
    "contrast": {"KIOSK_THEME": "contrast"},
    "sixteen colours": {"TERM": "linux", "COLORTERM": ""},
}


@pytest.mark.parametrize("look", only(["paper"], LOOKS))
def test_feedback_by_touch_alone_and_a_phone_reads_the_receipt(
    screen: Callable[..., Terminal], live_branch: Branch, look: str
) -> None:
    terminal = screen(**LOOKS[look])
    gives_feedback_by_touch(terminal)
    assert has_colours_of(terminal, look)
    picture = terminal.picture()
    code = two_phones_read(picture)
    assert terminal.shows(f"{code[:4]}-{code[4:8]}-{code[8:]}")
    terminal.send_signal(signal.SIGTERM)
    terminal.wait_for_end()
    assert live_branch.unsealed(live_branch.events()[0]).answers["words"] == "åkt"


@pytest.mark.parametrize("look", only(["contrast"], LOOKS))
def test_where_letters_are_large_a_phone_reads_the_receipt_one_touch_further(
    screen: Callable[..., Terminal], look: str
) -> None:
    terminal = screen((60, 20), **LOOKS[look])
    gives_feedback_by_touch(terminal)
    terminal.touches("Code for a phone")
    terminal.wait_until(lambda: not terminal.shows("I have it. Done"), "the screen of the code")
    terminal.rests()
    code = two_phones_read(terminal.picture())
    assert terminal.shows(f"{code[:4]}-{code[4:8]}-{code[8:]}")
    terminal.touches("Back")
    terminal.wait_for("I have it. Done")


@pytest.mark.parametrize("look", only(["sixteen colours"], LOOKS))
def test_two_decoders_read_the_receipt_from_a_picture_of_a_real_xterm(
    live_branch: Branch, look: str
) -> None:
    reads_receipt_in_xterm(live_branch, look, (80, 24))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(100, 30), (160, 45)])
@pytest.mark.parametrize("look", LOOKS)
def test_two_decoders_read_the_receipt_in_every_size(
    live_branch: Branch, look: str, size: tuple[int, int]
) -> None:
    reads_receipt_in_xterm(live_branch, look, size)


def reads_receipt_in_xterm(branch: Branch, look: str, size: tuple[int, int]) -> None:
    """Give feedback with the pointer of an X server, and photograph the receipt."""
    program = kiosk("run", "--home", str(branch.home))
    settings = {"KIOSK_LANGUAGE": "en", "KIOSK_IDLE_S": "3600", **LOOKS[look]}
    with x_server() as display, XTerm(program, display, size=size, environment=settings) as xterm:
        gives_feedback_by_touch(xterm)
        assert has_colours_of(xterm, look)
        code = two_phones_read(xterm.picture())
        assert xterm.shows(f"{code[:4]}-{code[4:8]}-{code[8:]}")


def gives_feedback_by_touch(terminal: Terminal) -> None:
    """Go from the resting screen to the receipt, with fingers only."""
    terminal.wait_for("Coming up here")
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
    terminal.rests()


def has_colours_of(terminal: Terminal, look: str) -> bool:
    """Tell whether the program has written only the colours that the terminal can show."""
    many = b"8;2;" in terminal.received or b"8;5;" in terminal.received
    return many == (look != "sixteen colours")


def two_phones_read(picture: Image.Image) -> str:
    """Read the one QR code in *picture* with both decoders; return the code of the receipt."""
    (found,) = zxingcpp.read_barcodes(picture)
    assert read_by_zbar(picture) == [found.text]
    address, _, code = found.text.rpartition("/")
    assert address == "HTTPS://BIBLIOTEK.EXAMPLE/r"
    return code


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
