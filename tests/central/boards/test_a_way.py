"""The way of an idea: handed in, approved, shown, supported at two kiosks offline, and erased."""

from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from kiosk import wire
from kiosk.central.boards import counting
from kiosk.central.boards.models import CountsTold
from kiosk.central.content.publishing import published
from kiosk.central.exchange import erasure
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.posting import Board
from tests.central.conftest import Arrive
from tests.central.knocking import Knocking
from tests.drivers.branch import Branch as AtTheBranch
from tests.drivers.world import FakeWorld


def test_an_idea_goes_from_a_visitor_to_the_board_and_is_gone_when_she_erases_it(
    arrive: Arrive,
    librarian: Staff,
    kiosk: Knocking,
    hamnen: Branch,
    tenant: Tenant,
    tmp_path: Path,
) -> None:
    handed = arrive({"about": "staff", "words": "En trädgård på taket, sa Siri"})
    browser = Client()
    browser.force_login(librarian)
    sent: dict[str, Any] = {"board": "idea", "submission": handed.pk, "stage": "heard"}
    sent |= {"title-sv": "En trädgård på taket", "branch": "hamnen"}
    two = [AtTheBranch(tmp_path / name) for name in ("door", "hall")]
    two[1].world = FakeWorld(seed=2)

    def exchange() -> None:
        """Let both kiosks bring what they have, wait until counts are told, and fetch content."""
        for each in two:
            kiosk.bring(*(waiting.body for waiting in each.desk.ledger.unsent()))
        CountsTold.objects.update(at=timezone.now() - counting.EVERY)
        counting.tell()
        for each in two:
            each.desk.published.replace(wire.encode_content(published(hamnen)))

    def shown() -> list[int]:
        """Tell how many said "me too", as each of the kiosks that show the idea says."""
        ideas = [idea for each in two for idea in each.desk.content.on_board(Board.IDEA)]
        return [idea.so_far for idea in ideas if idea.title["sv"] == "En trädgård på taket"]

    browser.post("/boards/new/", sent)
    exchange()
    assert shown() == [], "written, and shown to nobody"
    browser.post("/boards/new/", {**sent, "publish": "yes"})
    exchange()
    assert shown() == [0, 0]
    content = two[0].desk.content
    (idea,) = [each for each in content.on_board(Board.IDEA) if "trädgård" in each.title["sv"]]
    assert "Siri" not in wire.encode_content(content).decode()
    for each, times in zip(two, (2, 1), strict=True):
        for _ in range(times):
            each.desk.support(idea.id)
    assert shown() == [2, 1], "each knows of its own"
    exchange()
    assert shown() == [3, 3]
    exchange()
    assert shown() == [3, 3], "brought again, and counted once"
    erasure.erase(tenant, handed.pk, timezone.now())
    exchange()
    assert shown() == []
    for each in two:
        each.close()
