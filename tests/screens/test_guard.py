"""The guard: what is shown steers no terminal, and what is typed stands in no file."""

import shlex
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kiosk import places
from screens.guard import guard_terminal, guarded
from tests.drivers.branch import Branch
from tests.drivers.nasty import NASTY, SEQUENCES, nasty_text
from tests.drivers.terminal import Terminal, kiosk

WORDS = "hemligheten"


@given(nasty_text())
def test_a_line_is_drawn_as_wide_as_it_was_and_holds_no_sequence_but_its_colours(text: str) -> None:
    guard_terminal()
    strip = Strip([Segment(text, Style(color="red"))])
    drawn = strip.render(Console(file=StringIO(), force_terminal=True, color_system="truecolor"))
    assert drawn in {f"\x1b[31m{guarded(text)}\x1b[0m", ""}
    assert cell_len(guarded(text)) == cell_len(text)
    guarded(text).encode()


@pytest.mark.terminal
def test_what_no_border_has_cleaned_steers_no_terminal(screen: Callable[..., Terminal]) -> None:
    """A setting of the machine is its technician's: no border stands before it."""
    nasty = "".join((*SEQUENCES, *NASTY)).replace("\0", "")
    terminal = screen(KIOSK_NOTICE=f"Prov {nasty} visning")
    terminal.wait_for("TITEL")
    written = terminal.received.decode()
    for obeyed in ("\x1b]0", "\x1b]52", "\x1b[2J", "\x1bc", "\x1bP", "\x9b", "\x9d", "\u202e"):
        assert obeyed not in written


@pytest.mark.terminal
@pytest.mark.parametrize("elsewhere", ["2>{}", "2>&-", ">{} 2>&1"])
def test_what_a_visitor_types_stands_in_no_file_wherever_standard_error_goes(
    live_branch: Branch, tmp_path: Path, elsewhere: str
) -> None:
    journal = tmp_path / "journal"
    journal.touch()
    command = shlex.join(kiosk("run", "--home", str(live_branch.home)))
    program = ["sh", "-c", f"exec {command} {elsewhere.format(journal)}"]
    with Terminal(program, environment={"KIOSK_LANGUAGE": "en"}) as terminal:
        terminal.wait_for("Coming up here")
        at_the_words(terminal)
        terminal.types(WORDS)
        terminal.wait_for(WORDS)
        terminal.send_signal(15)
        terminal.wait_for_end()
    assert WORDS not in journal.read_text(encoding="utf-8")
    log = places.log(live_branch.home)
    assert not log.exists() or WORDS not in log.read_text(encoding="utf-8")


def at_the_words(terminal: Terminal) -> None:
    """Touch one's way from the resting screen to the question that asks for words."""
    terminal.types(" ")
    terminal.touches("Say what you think")
    terminal.wait_for("Question 1 of 5")
    terminal.types("0")
    terminal.wait_for("Question 2 of 5")
    terminal.touches("The staff")
    terminal.touches("Next")
    terminal.wait_for("Question 3 of 5")
