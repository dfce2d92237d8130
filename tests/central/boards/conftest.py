"""What tests of the boards can ask for: an idea that is published, and a kiosk's "me too"."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk import wire
from kiosk.central.boards import actions
from kiosk.central.boards.models import Publication
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.posting import Board, Stage
from tests.central.knocking import Knocking

Post = Callable[..., Publication]


@pytest.fixture
def post(tenant: Tenant, librarian: Staff) -> Post:
    """Publish something; an idea that was heard where nothing else is said."""

    def posting(**values: Any) -> Publication:
        told = {"board": Board.IDEA, "title": {"sv": "Nattöppet"}, "published": True} | values
        if told["board"] == Board.IDEA:
            told = {"stage": Stage.HEARD} | told
        return actions.add(tenant, librarian, told)

    return posting


def me_too(kiosk: Knocking, idea: Publication, tally: str = "t1", branch: str = "hamnen") -> bytes:
    """Freeze one "me too"."""
    told = wire.IdeaSupported(branch=branch, tally=tally)
    return kiosk.event(wire.SUPPORTED, told, about=str(idea.pk))
