"""What a visit leaves behind in the real program: its memory, the disk, the terminal."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from screens.receipt import WRITE_DOWN_S
from tests.drivers.branch import Branch
from tests.drivers.memory import Secret
from tests.drivers.terminal import Terminal, kiosk

pytestmark = pytest.mark.terminal

WORDS = Secret("qzkatt77xv")
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
CLIPBOARD = b"\x1b]52;"
IN, OUT = b"\x1b[?1049h", b"\x1b[?1049l"
"""What leads to the terminal's other screen, which has no scroll-back, and from it."""

WATCHED = """
import signal, sys
from pathlib import Path
from tests.drivers.memory import Secret, holders, in_frames

def look(*_):
    secrets = [Secret(each) for each in Path(sys.argv[-1]).read_text().split()]
    Path(sys.argv[-1]).write_text("\\n".join(["looked", *holders(secrets), *in_frames(secrets)]))

signal.signal(signal.SIGUSR1, look)
from kiosk.cli import kiosk, branch
kiosk(["run", "--home", sys.argv[-2]])
"""
"""The program, which looks through its own memory when asked; its question is kept on disk."""


def writes(terminal: Terminal) -> None:
    """Go from the resting screen to the question that asks for words, and write some."""
    terminal.types(" ")
    terminal.touches("Say what you think")
    terminal.wait_for("Question 1 of 5")
    terminal.types("0")
    terminal.touches("The staff")
    terminal.touches("Next")
    terminal.wait_for("Question 3 of 5")
    terminal.types(WORDS.text)
    terminal.wait_for(WORDS.text)


def hands_in(terminal: Terminal) -> Secret:
    """Go on to the receipt; return its code."""
    terminal.touches("Next")
    for _ in range(2):
        terminal.touches("Skip")
        terminal.reads_for(0.3)
    terminal.touches("Hand in")
    terminal.wait_for("I have it. Done")
    terminal.reads_for(0.3)
    (code,) = CODE.findall(terminal.text)
    return Secret(code)


def leaves(terminal: Terminal) -> None:
    """Go, and let the next visitor come."""
    terminal.reads_for(WRITE_DOWN_S)
    terminal.touches("I have it. Done")
    terminal.wait_for("Coming up here")
    terminal.types(" ")
    terminal.wait_for("What would you like to do?")


def test_the_real_program_keeps_nothing_within_reach_and_nothing_on_disk(
    live_branch: Branch, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    program = [sys.executable, "-c", WATCHED, str(live_branch.home), str(asked)]
    with Terminal(program, environment={"KIOSK_LANGUAGE": "en"}) as terminal:
        terminal.wait_for("Coming up here")
        writes(terminal)
        code = hands_in(terminal)
        leaves(terminal)
        asked.write_text(" ".join([WORDS.text, code.text, code.text.replace("-", "")]))
        terminal.send_signal(signal.SIGUSR1)
        while not asked.read_text().startswith("looked"):
            terminal.reads_for(0.1)
        assert asked.read_text() == "looked"
        terminal.send_signal(signal.SIGTERM)
        terminal.wait_for_end()
    left = live_branch.bytes_on_disk()
    assert WORDS.text.encode() not in left
    assert code.text.encode() not in left
    assert CLIPBOARD not in terminal.received
    before, _, rest = terminal.received.partition(IN)
    after = rest.partition(OUT)[2]
    assert WORDS.text.encode() in rest
    assert WORDS.text.encode() not in before + after
    assert code.text.encode() not in before + after


def test_a_program_that_dies_amid_a_visit_leaves_the_next_one_nothing(
    screen: Callable[..., Terminal], live_branch: Branch
) -> None:
    terminal = screen()
    writes(terminal)
    terminal.send_signal(signal.SIGABRT)
    assert terminal.wait_for_end() == 128 + signal.SIGABRT
    assert WORDS.text.encode() not in live_branch.bytes_on_disk()
    again = screen()
    again.types(" ")
    again.touches("Say what you think")
    again.wait_for("Question 1 of 5")
    assert WORDS.text.encode() not in again.received


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_the_scroll_back_and_the_clipboard_of_a_terminal_hold_nothing(
    live_branch: Branch, tmp_path: Path
) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "tmux")]

    def told(*question: str) -> str:
        asked = subprocess.run([*tmux, *question], capture_output=True, text=True, check=False)
        return asked.stdout + asked.stderr

    settings = tmp_path / "tmux.conf"
    settings.write_text("set -g set-clipboard on\nset -g history-limit 9999\nset -g status off\n")
    program = f"seq 200; {shlex.join(kiosk('run', '--home', str(live_branch.home)))}; exec sleep 99"
    session = [*tmux, "-f", str(settings), "new-session", "-e", "KIOSK_LANGUAGE=en", program]
    with Terminal(session) as terminal:
        try:
            terminal.wait_for("Coming up here")
            writes(terminal)
            assert WORDS.text in told("capture-pane", "-p")
            code = hands_in(terminal)
            assert code.text in told("capture-pane", "-p")
            leaves(terminal)
            seen = told("capture-pane", "-p", "-S", "-") + told("list-buffers")
            shell = told("display-message", "-p", "#{pane_pid}").strip()
            (app,) = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
            os.kill(int(app), signal.SIGTERM)
            terminal.wait_for("200")
            seen += told("capture-pane", "-p", "-S", "-")
        finally:
            told("kill-server")
    assert "177\n" in seen
    assert WORDS.text not in seen
    assert code.text not in seen
