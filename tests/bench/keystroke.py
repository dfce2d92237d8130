"""A keystroke: from the key to the terminal's bytes that hold what was typed.

A letter that stands on no key of the keyboard on the screen, so that it is drawn nowhere else; it
is taken back before the next one.
"""

import os
from collections.abc import Sequence
from statistics import median, quantiles

from tests.bench.bare import LINE
from tests.bench.drawn import SIZE
from tests.bench.figure import Figure
from tests.bench.shown import begin_feedback, resting_kiosk
from tests.bench.start import bare
from tests.drivers.terminal import Terminal

KEYS = int(os.environ.get("KIOSK_BENCH_KEYS", "100"))
LETTER = "ñ"
BACKSPACE = "\x7f"
MOST = 1.5


def keystrokes() -> list[Figure]:
    """Type into both in turn, a letter each; takes about two minutes."""
    with Terminal(bare(LINE), size=SIZE) as floor, resting_kiosk() as terminal:
        floor.settles(10.0)
        begin_feedback(terminal)
        for each in ("Skip", "The staff", "Next"):
            terminal.touches(each)
        terminal.wait_for("What do you want to say?")
        page = _typed(terminal, floor)
        for each in ("Next", "A group of us", "Next"):
            terminal.touches(each)
        terminal.wait_for("What are you called?")
        line = _typed(terminal, floor)
    return [*_figures("key to frame, a line", line), *_figures("key to frame, a page", page)]


def _typed(terminal: Terminal, floor: Terminal) -> tuple[list[float], list[float]]:
    """Write behind a first letter; return the milliseconds of each key: ours, and the floor's."""
    ours, theirs = [], []
    for each in (terminal, floor):  # the first one changes what the form's buttons say
        each.types("a")
    for _ in range(KEYS):
        ours.append(_one(terminal))
        theirs.append(_one(floor))
    return ours, theirs


def _one(terminal: Terminal) -> float:
    terminal.settles(0.2)
    took = terminal.draws(LETTER, LETTER)
    terminal.settles(0.2)
    terminal.types(BACKSPACE)
    return took * 1000


def _figures(name: str, took: tuple[list[float], list[float]]) -> list[Figure]:
    (ours, floor), against = took, "a bare Textual Input"
    return [
        Figure(f"{name}, median", median(ours), "ms", against, median(floor)),
        Figure(f"{name}, p95", _p95(ours), "ms", against, _p95(floor), MOST),
    ]


def _p95(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[-1]
