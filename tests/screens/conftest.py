"""What tests of the screens can ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import textual._wait

from kiosk.desk import Desk
from tests.drivers.branch import Branch
from tests.drivers.shipped import shipped_branch
from tests.drivers.world import BEGINNING


@pytest.fixture(autouse=True)
def _quick_and_colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait in shorter steps (half the suite's time), before a good terminal."""
    monkeypatch.setattr(textual._wait, "SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr(textual._wait, "SLEEP_IDLE", 0.001)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """Give an enrolled branch with the shipped content, whose central cannot be reached."""
    branch = shipped_branch(tmp_path / "kiosk", BEGINNING)
    yield branch
    branch.close()


@pytest.fixture
def desk(branch: Branch) -> Desk:
    return branch.desk
