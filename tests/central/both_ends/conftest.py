"""Both ends in memory: central's whole database is a few bytes that can be put back at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.central.both_ends.ends import Ends, ends


@pytest.fixture(autouse=True)
def _undo() -> None:
    """Undo nothing: no test here touches the database of this interpreter."""


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Ends]:
    """Give two kiosks and their central, of which nothing has happened yet."""
    with ends(tmp_path) as made:
        yield made
