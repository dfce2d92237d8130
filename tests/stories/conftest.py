"""One library for a story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Give a library with demo content, running, and one enrolled kiosk."""
    made = Library(tmp_path).set_up().start()
    try:
        yield made.enrol()
    finally:
        made.stop()
