"""Visits: what the app keeps resident after many of them, beside what it did after fifty.

Every visit begins feedback by keys and touches, answers two questions, writes, and throws it away.
"""

import os
from dataclasses import dataclass

from screens.widgets.big_button import READ_S
from tests.bench.figure import Figure
from tests.bench.resident import resident_mib
from tests.bench.shown import resting_kiosk
from tests.drivers.terminal import Terminal

VISITS = int(os.environ.get("KIOSK_BENCH_VISITS", "1000"))
EARLY = 50
"""By then everything that is loaded once has been loaded."""
MOST = 1.1
LOOK_S = READ_S + 0.1


@dataclass(frozen=True, slots=True)
class Step:
    """One doing of a visit."""

    touched: str
    """The words that are touched; empty where something is typed."""
    typed: str
    """What is typed; empty where words are touched."""
    sign: str
    """Comes with the frame that answers it."""
    after_s: float = 0.0
    """How long she looks first: what decides something asks for a moment's pause."""


VISIT = [
    Step("", " ", "What would you like to do?"),
    Step("Say what you think", "", "How is the library today?"),
    Step("Skip", "", "What is it about?"),
    Step("The staff", "", "The staff"),
    Step("Next", "", "What do you want to say?"),
    Step("", "ñ", "ñ"),
    Step("Cancel", "", "Throw away your answers?", LOOK_S),
    Step("Yes, throw them away", "", "What would you like to do?", LOOK_S),
    Step("I am done", "", "Suomi", LOOK_S),
]


def visits() -> list[Figure]:
    """Make the visits; a thousand take about an hour and a quarter."""
    early = min(EARLY, VISITS // 2)
    with resting_kiosk() as terminal:
        doings = [_first(terminal, step) for step in VISIT]
        before = 0.0
        for number in range(2, VISITS + 1):
            for doing, step in zip(doings, VISIT, strict=True):
                _again(terminal, doing, step)
            if number == early:
                before = resident_mib(terminal.process_id)
        after = resident_mib(terminal.process_id)
    against = f"after visit {early}"
    return [Figure(f"resident after {VISITS} visits", after, "MiB", against, before, MOST)]


def _again(terminal: Terminal, doing: str, step: Step) -> None:
    """Do a step; once more where a touch came before the screen was ready for it."""
    terminal.reads_for(step.after_s)
    if terminal.tries(doing, step.sign, 5.0) is None:
        terminal.draws(doing, step.sign)
    terminal.settles(0.2, 0.04)


def _first(terminal: Terminal, step: Step) -> str:
    """Do a step the first time; return the bytes that do it."""
    terminal.reads_for(step.after_s)
    doing = step.typed or _touch(terminal, step.touched)
    terminal.draws(doing, step.sign)
    terminal.settles(1.0, 0.3)
    return doing


def _touch(terminal: Terminal, words: str) -> str:
    terminal.wait_for(words)
    row, line = next(each for each in enumerate(terminal.lines, start=1) if words in each[1])
    column = line.index(words) + len(words) // 2 + 1
    return f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"
