"""A hostile visitor: whatever reaches the terminal, the app stays and the next touch works."""

import random
import time
from collections.abc import Callable, Iterator

import pytest

from screens.flood import AT_ONCE, FloodGate
from screens.receipt import WRITE_DOWN_S
from screens.typed import as_typed
from tests.drivers.terminal import Terminal

pytestmark = pytest.mark.terminal

ESCAPE = "\x1b"
MODIFIERS = (2, 3, 5, 6, 9, 16)
"""Shift, alt, control, control with shift, super, all of the first four."""
LEADS_ON = {"\r", "\n", ESCAPE}
"""Enter and Escape: they do what they are for."""
NEVER_A_PASTE = [
    "\x1b[200~aaa",
    "\x1b[2\x1b[200~00~aaa",
    "\x1b[20\x1b[201~0~aaa",
    "\x1b]52;c;YQ==\x07\x1b[200~",
]
NEVER_A_SIZE = ["\x1b[48;1;1;1;1t", "\x1b[?2048;1$y", "\x1b[8;1;1t"]
CUT_UP = [
    "\x1b[20",
    "0~",
    "\x1b[48;1;1",
    ";1;1t",
    "\x1b[4\x1b[200~8;1;1;1;1t",
    "\x1b[48;1:x;1;1;1t",
]
"""Halves of marks, and one mark in another: their rest is text, and nothing but text."""
REPORTS = ["\x1b]52;c;cm0gLXJmIC8=\x07", "\x1b]0;title\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b[>0;276;0c"]
ABSURD = [
    "\x1b[99999999;1u",
    "\x1b[97;1;55296u",
    "\x1b[;;u",
    f"\x1b[<0;{'9' * 20};1M",
    "\x1b[M\x00",
]
NO_TEXT = b"\xff\xfe\xc3\xed\xa0\x80\xf5\xc0\x80"
MARKUP = "[/x] [@click=app.quit]x[/] [bold {} %s $(reboot) `reboot` ;reboot\t"


def controls() -> Iterator[str]:
    """Press every control key and every function key, with every modifier."""
    yield from (chr(code) for code in (*range(1, 32), 127) if chr(code) not in LEADS_ON)
    yield from (ESCAPE + chr(code) for code in range(97, 123))
    for modifier in MODIFIERS:
        yield from (f"\x1b[1;{modifier}{end}" for end in "ABCDEFHPQRS")
        yield from (f"\x1b[{code};{modifier}~" for code in (2, 3, 5, 6, *range(11, 35)))
        yield from (f"\x1b[{code};{modifier}u" for code in (97, 113, 99, 112, 122, 57_376, 57_454))
        yield f"\x1b[27;{modifier};113~"


def storms() -> Iterator[bytes]:
    """Send what must not even be noticed, then control keys, then bytes that are no text."""
    for each in (*NEVER_A_PASTE[:1], *NEVER_A_SIZE, *REPORTS, *ABSURD, *controls()):
        yield each.encode(errors="surrogatepass")
    yield NO_TEXT


def storm(terminal: Terminal) -> None:
    """Let it rain, slowly enough that every drop is heard."""
    for each in storms():
        terminal.types(each)
        terminal.reads_for(0.004)
    terminal.reads_for(0.3)
    assert terminal.runs


def at_the_words(terminal: Terminal) -> None:
    """Touch one's way from home to the question that asks for words."""
    terminal.touches("Say what you think")
    terminal.wait_for("Question 1 of 5")
    terminal.types("0")
    terminal.wait_for("Question 2 of 5")
    terminal.touches("The staff")
    terminal.touches("Next")
    terminal.wait_for("Question 3 of 5")


def test_a_hostile_visitor_stops_nobody_at_home_in_a_text_or_at_the_receipt(
    screen: Callable[..., Terminal],
) -> None:
    terminal = screen()
    terminal.types(" ")
    terminal.wait_for("What would you like to do?")
    storm(terminal)
    at_the_words(terminal)
    storm(terminal)
    terminal.touches_cell(10, 8)
    for each in (*NEVER_A_PASTE, *CUT_UP):
        terminal.types(each)
        terminal.reads_for(0.02)
    terminal.types("\n" + MARKUP)
    began = time.monotonic()
    for _ in range(50):
        terminal.types("å<" * 2_000)
    terminal.reads_for(0.1)
    assert terminal.runs
    terminal.touches("Next")
    terminal.wait_for("Question 4 of 5")
    assert time.monotonic() - began < 15
    for _ in range(2):
        terminal.touches("Skip")
        terminal.reads_for(0.5)
    terminal.wait_for("Is this right?")
    terminal.touches("Hand in")
    terminal.wait_for("It is saved here.")
    storm(terminal)
    terminal.types("\x1b[200~" * 900)
    terminal.reads_for(WRITE_DOWN_S)
    terminal.touches("Done")
    terminal.wait_for("Coming up here")


def test_a_window_that_changes_its_size_all_the_time_ends_as_it_should(
    screen: Callable[..., Terminal],
) -> None:
    terminal = screen()
    terminal.types(" ")
    terminal.wait_for("What would you like to do?")
    sizes = random.Random(5)
    for _ in range(60):
        terminal.becomes(sizes.randint(1, 240), sizes.randint(1, 67))
        terminal.reads_for(0.005)
    terminal.becomes(100, 30)
    terminal.wait_for("Say what you think")
    terminal.settles(begin_within_s=2.0, quiet_s=0.5)
    assert terminal.runs
    terminal.touches("Say what you think")
    terminal.wait_for("Question 1 of 5")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_noise_of_any_kind_never_ends_the_app(screen: Callable[..., Terminal], seed: int) -> None:
    terminal = screen()
    terminal.types(" ")
    terminal.wait_for("What would you like to do?")
    noise = random.Random(seed)
    parts = [*storms(), MARKUP.encode(), b"\x1b", b"\x1b[", b"\x1bO", b";", b"9", b"\r", b"1"]
    for _ in range(300):
        drops = noise.choices(parts, k=20)
        cut = [
            each[: noise.randint(1, len(each))] if noise.random() < 0.3 else each for each in drops
        ]
        terminal.types(b"".join(cut) + noise.randbytes(5))
        terminal.reads_for(0.01)
        assert terminal.runs
    terminal.reads_for(3)
    for _ in range(20):
        terminal.types("\x1b[27u")
        terminal.reads_for(0.3)
        if terminal.shows("Coming up here") or terminal.shows("What would you like to do?"):
            return
    raise AssertionError(terminal.text)


@pytest.mark.parametrize("sent", [*NEVER_A_PASTE[:1], *NEVER_A_SIZE, *REPORTS])
def test_what_no_key_sends_is_dropped_whole(sent: str) -> None:
    assert as_typed(sent).strip("a") == ""


def test_keys_and_fingers_pass_unchanged() -> None:
    for sent in (
        "å1",
        "\x1b[A",
        "\x1b[[A",
        "\x1b[1;5C",
        "\x1b[97;5u",
        "\x1b[15~",
        "\x1b[<0;9;9M",
        "\x1bOP",
    ):
        assert as_typed(sent) == sent


def test_a_flood_is_dammed_and_a_hand_never() -> None:
    gate = FloodGate()
    assert sum(gate.lets_through() for _ in range(50_000)) < AT_ONCE + 200
    gate._seen -= 1
    assert all(gate.lets_through() for _ in range(100))
