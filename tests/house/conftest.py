"""What is read of the sources is read once, and forgotten when the house is seen through."""

from collections.abc import Iterator

import pytest

from tests.house import source


@pytest.fixture(scope="package", autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    yield
    source.parsed.cache_clear()
