"""What every test can ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.drivers.branch import Branch
from tests.drivers.world import FakeWorld

settings.register_profile(
    "kiosk",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("kiosk")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the machine of the developer is set to away from every test."""
    for name in ("KIOSK_HOME", "KIOSK_LANGUAGE", "KIOSK_THEME", "KIOSK_NOTICE", "KIOSK_CA_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """Give an enrolled branch whose central cannot be reached."""
    branch = Branch(tmp_path / "kiosk")
    yield branch
    branch.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked slow, unless the marker was named: `pytest -m slow tests/faults`."""
    if "slow" in config.option.markexpr:
        return
    slow = [each for each in items if each.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [each for each in items if each not in slow]
