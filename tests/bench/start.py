"""The start: from the command to the first frame, beside a bare Textual app with as many widgets.

Each in a terminal of 100 by 30, in turn; the first frame is there when the words of its buttons
have arrived at the terminal.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.bench.bare import FIRST_WORDS
from tests.bench.figure import Figure
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal, kiosk

TURNS = 15
SIZE = (100, 30)
ENGLISH = {"KIOSK_LANGUAGE": "en"}
WIDGETS = 23
"""Of the resting screen with the shipped content."""
MOST = 2.0


def measure() -> list[Figure]:
    """Start both in turn; takes about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "kiosk"
        shipped_branch(home, datetime.now(UTC).astimezone()).close()
        ours, floor = [], []
        for _ in range(TURNS):
            floor.append(_started(bare(WIDGETS), FIRST_WORDS))
            ours.append(_started(kiosk("run", "--home", str(home)), "English"))
    beside = "a bare Textual app"
    return [
        Figure("first frame", _middle(ours, 0), "s", beside, _middle(floor, 0), MOST),
        Figure("CPU to the first frame", _middle(ours, 1), "s", beside, _middle(floor, 1), MOST),
    ]


def bare(widgets: int) -> list[str]:
    """Return the command line of the bare app."""
    return [sys.executable, "-m", "tests.bench.bare", str(widgets)]


def _started(program: Sequence[str], words: str) -> tuple[float, float]:
    """Return seconds of waiting and of computing until *words* arrive at the terminal."""
    began = time.perf_counter()
    with Terminal(program, size=SIZE, environment=ENGLISH) as terminal:
        while words.encode() not in terminal.received:
            terminal.reads_for(0.02)
        return time.perf_counter() - began, cpu_s(terminal.process_id)


def cpu_s(process_id: int) -> float:
    """Return the seconds that a process has computed, all threads together."""
    told = Path(f"/proc/{process_id}/schedstat").read_text().split()
    threads = Path(f"/proc/{process_id}/task").iterdir()
    shares = [int((each / "schedstat").read_text().split()[0]) for each in threads]
    return max(int(told[0]), sum(shares)) / 1e9


def _middle(seconds: Sequence[tuple[float, float]], which: int) -> float:
    return median(each[which] for each in seconds)
