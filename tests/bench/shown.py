"""The kiosk with the shipped content in a real terminal, ready to be measured."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.drawn import SIZE
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal, kiosk

SETTINGS = {"KIOSK_LANGUAGE": "en", "KIOSK_IDLE_S": "3000"}
"""Nobody is asked whether she is still there while a busy machine holds the run."""


@contextmanager
def resting_kiosk() -> Iterator[Terminal]:
    """Give a kiosk that nobody has touched yet, in English."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "kiosk"
        shipped_branch(home, datetime.now(UTC).astimezone()).close()
        program = kiosk("run", "--home", str(home))
        with Terminal(program, size=SIZE, environment=SETTINGS) as terminal:
            terminal.wait_for("English")
            terminal.settles()
            yield terminal


def begin_feedback(terminal: Terminal) -> None:
    """Go from the resting screen to the first question of the feedback form."""
    terminal.types(" ")
    terminal.touches("Say what you think")
    terminal.wait_for("How is the library today?")
    terminal.settles()
