"""What tests of the post can ask for: a mail server that central uses."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from django.conf import settings

from kiosk.central.deployment import Deployment
from tests.drivers.mailbox import Mailbox, mailbox

FROM = "Biblioteket <svara-inte@bibliotek.example>"


def deploy(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> Deployment:
    """Set central as a technician would in central.toml."""
    deployment = msgspec.structs.replace(settings.DEPLOYMENT, **fields)
    monkeypatch.setattr(settings, "DEPLOYMENT", deployment)
    return deployment


@pytest.fixture
def post_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """Give a mail server that central is set to use."""
    with mailbox() as box:
        deploy(monkeypatch, mail=f"smtp://127.0.0.1:{box.port}", mail_from=FROM)
        yield box
