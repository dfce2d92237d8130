"""What tests of the screens can ask for."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import textual._wait
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from kiosk.desk import Desk
from tests.drivers.branch import Branch
from tests.drivers.shipped import shipped_branch
from tests.drivers.terminal import Terminal, kiosk
from tests.drivers.world import BEGINNING

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_render_update = Compositor.render_update


def _parse_once(sheet: Stylesheet, *asked: object, **named: object) -> list[RuleSet]:
    """Parse the same styles once for all apps of this process: a fifth of the screens' time."""
    key = (*sheet._variables.items(), *asked, *named.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *asked, **named)  # type: ignore[arg-type]
    return _parsed[key]


@pytest.fixture(autouse=True)
def _quick_and_colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait in shorter steps (half the suite's time), before a good terminal.

    What a test looks at is drawn when it looks; frames that nobody sees took a quarter of the time.
    """
    monkeypatch.setattr(textual._wait, "SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr(textual._wait, "SLEEP_IDLE", 0.001)
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_once)
    monkeypatch.setattr(Compositor, "render_update", _draw_nothing)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def _drawn(_quick_and_colourful: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw every frame, as for a terminal."""
    monkeypatch.setattr(Compositor, "render_update", _render_update)


@pytest.fixture
def _untidied() -> Iterator[None]:
    """Look for garbage at the end only."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


def _draw_nothing(compositor: Compositor, *_: object, **__: object) -> None:
    compositor._dirty_regions.clear()


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """Give an enrolled branch with the shipped content, whose central cannot be reached."""
    branch = shipped_branch(tmp_path / "kiosk", BEGINNING)
    yield branch
    branch.close()


@pytest.fixture
def desk(branch: Branch) -> Desk:
    return branch.desk


@pytest.fixture
def live_branch(tmp_path: Path) -> Iterator[Branch]:
    """Give a branch with the shipped content, at the time it is."""
    branch = shipped_branch(tmp_path / "kiosk", datetime.now(UTC).astimezone())
    yield branch
    branch.close()


@pytest.fixture
def screen(live_branch: Branch) -> Iterator[Callable[..., Terminal]]:
    """Open the app as a technician's session does, in English, before a kiosk nobody answers."""
    opened: list[Terminal] = []

    def open_app(size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
        settings = {"KIOSK_LANGUAGE": "en", **environment}
        terminal = Terminal(
            kiosk("run", "--home", str(live_branch.home)), size=size, environment=settings
        )
        opened.append(terminal)
        terminal.wait_for("Coming up here")
        return terminal

    yield open_app
    for terminal in opened:
        terminal.__exit__(None, None, None)
