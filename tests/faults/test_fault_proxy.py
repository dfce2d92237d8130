"""The fault proxy itself: each fault is what it says it is, and the kiosk comes through it."""

import threading
import time
from collections.abc import Iterator

import pytest

from tests.drivers.branch import Branch
from tests.drivers.fault_proxy import FaultProxy
from tests.drivers.played_central import PlayedCentral
from tests.drivers.weather import ANY, Fault, Weather
from tests.sync.conftest import ids, save, unsent

REACHES_CENTRAL = {
    Fault.LOST_ANSWER,
    Fault.CUT_ANSWER,
    Fault.TWICE,
    Fault.FLIPPED_ANSWER,
    Fault.CRASH,
    Fault.TURNED_BACK,
}
"""After which central has it, though the first request may have got no further than the fault."""


@pytest.fixture
def central() -> Iterator[PlayedCentral]:
    central = PlayedCentral(b"s" * 32)
    yield central
    central.close()


@pytest.fixture
def proxy(central: PlayedCentral, branch: Branch) -> Iterator[FaultProxy]:
    """Put a bad network between the branch and its central."""
    central.signing_secret = branch.signing.secret
    with FaultProxy(int(central.url.rpartition(":")[2]), Weather()) as proxy:
        branch.move_to(proxy.url)
        yield proxy


@pytest.mark.parametrize("fault", [*ANY, Fault.CRASH])
def test_whatever_the_network_does_the_kiosk_keeps_it_until_central_has_it(
    fault: Fault, proxy: FaultProxy, branch: Branch, central: PlayedCentral
) -> None:
    save(branch, 1, 2)
    proxy.weather.tell([fault])
    first = branch.exchange().run()
    assert proxy.happened[fault] == 1
    assert (set(central.stored) == set(ids(1, 2))) is (fault in REACHES_CENTRAL)
    if first.error:
        assert unsent(branch) == [1, 2]
    assert branch.exchange().run().error == ""
    assert unsent(branch) == []
    assert set(central.stored) == set(ids(1, 2))


def test_a_late_request_arrives_after_all_before_a_later_one(
    proxy: FaultProxy, branch: Branch, central: PlayedCentral
) -> None:
    save(branch, 1)
    proxy.weather.tell([Fault.LATE])
    branch.exchange().run()
    assert central.brought == []
    branch.exchange().run()
    assert central.brought[:2] == [ids(1), ids(1)]


def test_an_unplugged_network_reaches_nobody_until_it_is_plugged_in(
    proxy: FaultProxy, branch: Branch, central: PlayedCentral
) -> None:
    save(branch, 1)
    proxy.unplugged = True
    assert branch.exchange().run().error
    assert central.heard == []
    proxy.unplugged = False
    assert branch.exchange().run().error == ""


def test_distance_costs_time_and_bytes_are_counted(
    proxy: FaultProxy, branch: Branch, central: PlayedCentral
) -> None:
    save(branch, 1)
    proxy.rtt_s = 0.05
    began = time.monotonic()
    assert branch.exchange().run().error == ""
    assert time.monotonic() - began >= 0.05 * (1 + len(central.heard))
    sent = sum(len(each.body) for each in central.heard)
    assert sent < proxy.up_bytes < sent + 800 * len(central.heard)
    assert proxy.down_bytes > 100


def test_the_same_seed_makes_the_same_weather() -> None:
    weathers = [Weather(seed=5, rate=0.5) for _ in range(2)]
    drawn = [[each.next() for _ in range(400)] for each in weathers]
    assert drawn[0] == drawn[1]
    assert {Fault.NONE, *ANY} == set(drawn[0])


def test_closing_leaves_no_thread_behind(branch: Branch, central: PlayedCentral) -> None:
    before = set(threading.enumerate())
    central.signing_secret = branch.signing.secret
    with FaultProxy(int(central.url.rpartition(":")[2]), Weather()) as proxy:
        branch.move_to(proxy.url)
        branch.exchange().run()
        assert set(threading.enumerate()) > before
    left = set(threading.enumerate()) - before
    assert [each for each in left if "process_request" not in each.name] == []
