"""What tests of the intake can ask for besides."""

from collections.abc import Iterator

import pytest
from django.db import connection

from kiosk.central.tenants import keys
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Branch


@pytest.fixture
def elsewhere() -> Iterator[Branch]:
    """Give a branch of another library in the same database."""
    tenant = found("annan", "Ett annat bibliotek")
    yield Branch.objects.create(tenant=tenant, key="hamnen", name="Hamnen")
    keys.keys_file("annan").unlink()


@pytest.fixture
def _on_postgresql() -> None:
    """Skip what SQLite has nothing of."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
