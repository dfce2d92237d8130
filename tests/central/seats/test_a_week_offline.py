"""Five kiosks offline for a week and one workshop, played with real kiosks against real central."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kiosk import seal
from kiosk.central.content import publishing
from kiosk.central.exchange.processing import understand_all
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import actions
from kiosk.central.tenants.models import Tenant
from kiosk.domain.seats import Standing, Why
from tests.central.roaming import Roaming
from tests.drivers.world import FakeWorld

MONDAY = datetime.fromisoformat("2026-11-30T09:00:00+00:00")
SIGNED_UP = (
    ("Alma", 0, 2, 1),
    ("Bo", 2, 3, 3),
    ("Cilla", 1, 5, 1),
    ("Dag", 3, 8, 2),
    ("Ebba", 0, 20, 1),
    ("Folke", 4, 30, 2),
    ("Greta", 2, 31, 1),
    ("Hugo", 1, 50, 2),
    ("Iris", 3, 70, 1),
    ("Jon", 0, 90, 1),
    ("Kim", 4, 120, 3),
    ("Lo", 2, 150, 1),
)
"""Who, at which kiosk, how many hours after Monday morning, for how many."""


class Week:
    """A library in which time goes as the test says."""

    def __init__(self, tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
        """Set five kiosks up, two of them at the same branch; all have heard of the seats."""
        self.world = FakeWorld(MONDAY)
        monkeypatch.setattr(timezone, "now", self.world.now)
        first, *others = tenant.branches.order_by("position")[:4]
        Workshop.objects.filter(tenant=tenant).update(sign_up=False)
        self.workshop = Workshop.objects.create(
            tenant=tenant,
            branch=first,
            title={"sv": "Sy en väska"},
            starts=MONDAY + timedelta(days=9),
            capacity=12,
        )
        publishing.forget()
        branches = [first, first, *others, *others][:5]
        self.kiosks = [
            Roaming(branch, world=FakeWorld(MONDAY, seed=number))
            for number, branch in enumerate(branches, start=1)
        ]
        self.codes: dict[str, tuple[Roaming, str]] = {}
        self.promised: set[str] = set()
        for kiosk in [*self.kiosks, *self.kiosks]:
            self.exchange(kiosk)

    def at(self, hours: float) -> None:
        """Let it be so many hours after Monday morning everywhere."""
        now = MONDAY + timedelta(hours=hours)
        for world in (self.world, *(each.world for each in self.kiosks)):
            assert isinstance(world, FakeWorld)
            world.clock = now

    def exchange(self, kiosk: Roaming) -> None:
        """Let a kiosk exchange, and central understand it."""
        assert kiosk.online().error == ""
        understand_all()

    def sign_up(self, name: str, number: int, hours: float, seats: int) -> None:
        """Sign somebody up at a kiosk without a network."""
        self.at(hours)
        kiosk = self.kiosks[number]
        identity = kiosk.hand_in(
            "sign-up",
            workshop=str(self.workshop.pk),
            seats={"adults": seats, "children": 0},
            name=name,
            consent=True,
        )
        self.codes[name] = (kiosk, kiosk.codes[identity])
        if self.tells(name) == "confirmed":
            self.promised.add(name)

    def tells(self, name: str, at: Roaming | None = None) -> str:
        """Read by the code what a kiosk says."""
        kiosk, code = self.codes[name]
        seat = (at or kiosk).desk.look_up(code).seat
        assert seat
        return f"{seat.standing} {seat.place}".removesuffix(" 0")

    def everybody(self) -> dict[str, str]:
        """Read what everybody is told; nobody who was promised a place may have lost it."""
        told = {name: self.tells(name) for name in self.codes}
        assert all(told[name] == "confirmed" for name in self.promised)
        seats = {name: many for name, _kiosk, _hours, many in SIGNED_UP}
        taken = sum(seats[name] for name, each in told.items() if each == "confirmed")
        assert taken <= self.workshop.capacity
        self.promised |= {name for name, each in told.items() if each == "confirmed"}
        return told

    def come_back(self, order: list[int]) -> None:
        """Let the kiosks come back one after another, then all hear the news."""
        for step, number in enumerate(order):
            self.at(168 + step)
            self.exchange(self.kiosks[number])
            self.everybody()
        self.at(173)
        for kiosk in [*self.kiosks, *self.kiosks]:
            self.exchange(kiosk)


@contextmanager
def week(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Week]:
    """Play a week of which nothing stays."""
    with transaction.atomic(), monkeypatch.context() as patch:
        patch.setattr(seal, "_OPERATIONS", 1)
        patch.setattr(seal, "_MEMORY_BYTES", 8192)
        played = Week(tenant, patch)
        for each in SIGNED_UP:
            played.sign_up(*each)
        yield played
        for kiosk in played.kiosks:
            kiosk.close()
        transaction.set_rollback(True)


def ending(tenant: Tenant, monkeypatch: pytest.MonkeyPatch, order: list[int]) -> dict[str, str]:
    with week(tenant, monkeypatch) as played:
        played.come_back(order)
        return played.everybody()


def test_kiosks_that_were_offline_for_a_week_come_back_in_any_order_and_all_ends_the_same(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ending(tenant, monkeypatch, [0, 1, 2, 3, 4])
    assert one == ending(tenant, monkeypatch, [4, 2, 3, 1, 0])
    waiting = sorted(each for each in one.values() if each != "confirmed")
    assert waiting == [f"waiting {place}" for place in range(1, len(waiting) + 1)]
    assert len(waiting) > 2


@pytest.mark.slow
def test_thirty_orders_of_coming_back_end_the_same(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(5)
    endings = [ending(tenant, monkeypatch, chance.sample(range(5), k=5)) for _order in range(30)]
    assert all(each == endings[0] for each in endings)


def test_who_takes_it_back_gives_the_place_to_the_first_in_line_and_the_code_tells_why(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with week(tenant, monkeypatch) as played:
        played.come_back([3, 0, 4, 1, 2])
        before = played.everybody()
        first = next(name for name, told in before.items() if told == "waiting 1")
        kiosk, code = played.codes["Bo"]
        kiosk.desk.withdraw(code)
        for each in [kiosk, *played.kiosks]:
            played.exchange(each)
        assert played.tells(first) == "confirmed"
        home, code = played.codes[first]
        seat = home.desk.look_up(code).seat
        assert seat
        assert seat.why is Why.MOVED_UP
        played.promised.discard("Bo")
        mates = [each for each in played.kiosks if each.branch.pk == home.branch.pk]
        for mate in mates:
            assert played.tells(first, at=mate) == "confirmed"


@pytest.mark.slow
def test_at_the_decision_what_a_lease_did_not_need_goes_to_the_line(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with week(tenant, monkeypatch) as played:
        played.come_back([0, 1, 2, 3, 4])
        played.everybody()
        played.at(9 * 24 - 23)
        actions.decide_due()
        for kiosk in [*played.kiosks, *played.kiosks]:
            played.exchange(kiosk)
        told = played.everybody()
        seats = {name: many for name, _kiosk, _hours, many in SIGNED_UP}
        taken = sum(seats[name] for name, each in told.items() if each == Standing.CONFIRMED)
        smallest = min(seats[name] for name, each in told.items() if each != Standing.CONFIRMED)
        assert played.workshop.capacity - taken < smallest, "nobody waits beside a seat that fits"
