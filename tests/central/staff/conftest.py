"""What tests of pages can ask for: a librarian at a browser."""

import pytest
from django.test import Client

from kiosk.central.tenants.models import Staff


@pytest.fixture
def browser(librarian: Staff) -> Client:
    """Give a browser in which the librarian has logged in, reading English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    return client
