"""What every test can ask for."""

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kiosk import seal
from tests.drivers.branch import Branch
from tests.drivers.world import FakeWorld

ROOT = Path(__file__).parent
UNGUARDED = ("bench", "central", "cli", "content", "house", "screens", "stories")
"""Folders of tests that do not count as covering the guarded floors, but where marked `guards`:
those have tests of their own, and tracing everything cost a third of the time."""
AT_FULL_COST = ("bench", "cli", "faults", "stories", "test_seal.py")
"""Where codes of receipts cost what they cost a guesser, so that programs of their own agree."""

# A program that is installed is compiled, and so are those that tests start: five times faster.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

settings.register_profile(
    "kiosk",
    deadline=None,
    max_examples=20,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("slow", settings.get_profile("kiosk"), max_examples=200)
settings.load_profile("kiosk")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the machine of the developer is set to away from every test."""
    for name in ("KIOSK_HOME", "KIOSK_LANGUAGE", "KIOSK_THEME", "KIOSK_NOTICE", "KIOSK_CA_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _quick_receipts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive what a code opens in no time: it costs 80 ms, so that nobody tries them all."""
    if request.path.relative_to(ROOT).parts[0] not in AT_FULL_COST:
        monkeypatch.setattr(seal, "_OPERATIONS", 1)
        monkeypatch.setattr(seal, "_MEMORY_BYTES", 8192)


@pytest.fixture
def world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """Give an enrolled branch whose central cannot be reached."""
    branch = Branch(tmp_path / "kiosk")
    yield branch
    branch.close()


def pytest_configure(config: pytest.Config) -> None:
    """Try ten times as many examples where the marker was named: `-m "slow or not slow"`."""
    if "slow" in config.option.markexpr:
        settings.load_profile("slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked slow, unless the marker was named: `pytest -m slow tests/faults`."""
    if "slow" in config.option.markexpr:
        return
    slow = [each for each in items if each.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [each for each in items if each not in slow]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what stays anyway: it took a fifth of the screens.

    What is left open is still complained of, a little later.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """End what pytest-cov begins in a worker of xdist as if it were the only process.

    It begins anew right after this, for a worker, and whenever that is paused the first one goes
    on: everything was traced, at half the time of the suite, and the first one's finds are dropped.
    """
    tracing: Any = session.config.pluginmanager.getplugin("_cov")
    if hasattr(session.config, "workerinput") and tracing and tracing.cov_controller:
        tracing.cov_controller.pause()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace nothing, from the first fixture to the last, in a test that covers nothing guarded."""
    tracing: Any = item.config.pluginmanager.getplugin("_cov")
    guards = item.path.relative_to(ROOT).parts[0] not in UNGUARDED
    if guards or item.get_closest_marker("guards") or not (tracing and tracing.cov_controller):
        return (yield)
    tracing.cov_controller.pause()
    try:
        return (yield)
    finally:
        tracing.cov_controller.resume()


def pytest_xdist_auto_num_workers() -> int:
    """Use half as many processes again as there are processors: many tests wait for others."""
    return (os.cpu_count() or 1) * 3 // 2
