"""What tests of pages can ask for: a librarian at a browser, and errands that have arrived."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kiosk import wire
from kiosk.central.accounts.models import Staff
from kiosk.central.inbox.models import Submission
from tests.central.knocking import Knocking

Arrive = Callable[..., Submission]


@pytest.fixture
def browser(librarian: Staff) -> Client:
    """Give a browser in which the librarian has logged in, reading English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    return client


@pytest.fixture
def arrive(kiosk: Knocking) -> Arrive:
    """Let an errand arrive from the kiosk."""

    def arriving(answers: dict[str, Any], errand: str = "feedback", **more: Any) -> Submission:
        event = kiosk.handed(answers, errand, **more)
        kiosk.bring(event)
        return Submission.objects.get(pk=wire.decode(event, wire.Event).id)

    return arriving
