"""One library for a story, and one browser for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.drivers.library import Library
from tests.drivers.staff import browser


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Give a library with demo content, running, and one enrolled kiosk."""
    made = Library(tmp_path).set_up().start()
    try:
        yield made.enrol()
    finally:
        made.stop()


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Start one browser for all stories."""
    with browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started
