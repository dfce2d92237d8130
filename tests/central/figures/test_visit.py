"""A visit at the kiosk, and what the staff's page says of it when the hour is over."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
from django.test import Client

from kiosk.central.tenants.models import Staff
from kiosk.store.device import save_device
from kiosk.sync import figures
from tests.central.knocking import Knocking
from tests.drivers.branch import Branch
from tests.drivers.shipped import shipped_branch
from tests.drivers.visitor import visiting
from tests.drivers.world import BEGINNING


def of_the_library(kiosk: Knocking, home: Path) -> Branch:
    """Give the state folder of a kiosk that has joined this central."""
    branch = shipped_branch(home, BEGINNING)
    branch.world.clock = BEGINNING - timedelta(days=7)
    branch.device = msgspec.structs.replace(
        branch.device, device=kiosk.device, sealing_key=kiosk.library.sealing_key
    )
    save_device(branch.home, branch.device)
    return branch


async def a_visit(branch: Branch) -> None:
    """Look for whoever handles a letter, and begin feedback; ask for help, and go."""
    async with visiting(branch.desk) as visitor:
        await visitor.opens("guide")
        await visitor.touches("A letter")
        await visitor.touches("CSN")
        await visitor.touches("#solved")
        for _ in range(3):
            await visitor.touches("#back")
        await visitor.touches("#do-feedback")
        await visitor.touches("#next")
        await visitor.presses("f1")
        await visitor.app.start_over()


def test_what_a_visitor_did_stands_on_the_page_of_the_figures_once(
    kiosk: Knocking, librarian: Staff, tmp_path: Path
) -> None:
    branch = of_the_library(kiosk, tmp_path / "kiosk")
    asyncio.run(a_visit(branch))
    branch.close()
    branch.world.later(hours=1)
    figures.bring(branch.desk.ledger, branch.device, branch.world)
    brought = [each.body for each in branch.desk.ledger.unsent()]
    branch.close()
    for _ in range(2):
        kiosk.bring(*brought)
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(librarian)
    told = browser.get("/figures/?since=2026-11-19&until=2026-11-19").content.decode()
    helped = "Say what you think: What is it about?"
    for line in ("A letter", "CSN", "Say what you think", "What is it about?", helped, "English"):
        assert line in told, line
    assert '<th scope="row" class="figure">10–11</th><td class="figure">1</td>' in told
