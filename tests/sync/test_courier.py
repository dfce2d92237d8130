"""The courier: exchanges by itself, wakes at a hand-in, and never storms."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.store.ledger import Ledger
from kiosk.sync.courier import Courier
from kiosk.sync.exchange import Exchange
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import CAP_S, Pace
from tests.drivers.branch import Branch
from tests.drivers.played_central import PlayedCentral, good, refusing
from tests.sync.conftest import save

GIVE_UP_S = 10.0


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened in the courier's thread."""
    give_up = time.monotonic() + GIVE_UP_S
    while not happened():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.005)


@pytest.fixture
def courier(connected: Branch) -> Iterator[Courier]:
    courier = Courier(connected.exchange(), heartbeat_s=3600)
    yield courier
    courier.stop()


def test_the_courier_exchanges_at_once_and_again_at_a_hand_in(
    connected: Branch, central: PlayedCentral, courier: Courier
) -> None:
    courier.start()
    until(lambda: courier.last is not None)
    connected.desk.courier = courier
    receipt = connected.hand_in()
    until(lambda: receipt.id in central.stored)
    assert receipt.connected
    assert connected.desk.connection().connected
    connected.desk.withdraw(receipt.code)
    until(lambda: len(central.stored) == 2)


def test_one_hand_in_is_one_exchange_and_then_the_courier_rests_again(
    central: PlayedCentral, courier: Courier
) -> None:
    courier.start()
    until(lambda: courier.last is not None)
    courier.wake()
    until(lambda: len(central.heard) >= 2)
    time.sleep(0.1)
    assert len(central.heard) == 2


def test_while_a_stick_is_read_no_exchange_runs(
    connected: Branch, central: PlayedCentral, courier: Courier
) -> None:
    with courier.pausing():
        courier.start()
        save(connected, 1)
        courier.wake()
        time.sleep(0.05)
        assert central.heard == []
    until(lambda: connected.desk.ledger.pending == 0)


def test_the_heartbeat_goes_on_by_itself(connected: Branch, central: PlayedCentral) -> None:
    courier = Courier(connected.exchange(), heartbeat_s=0.01)
    courier.start()
    until(lambda: len(central.heard) >= 3)
    courier.stop()
    assert all(batch == [] for batch in central.brought)


def test_a_central_that_comes_back_is_found_without_anybody_asking(
    connected: Branch, central: PlayedCentral
) -> None:
    class Eager(Pace):
        def wait_s(self, asked_s: float | None = None) -> float:
            assert super().wait_s(asked_s) <= CAP_S
            return 0.01

    save(connected, 1)
    central.plays = [refusing(500), refusing(500), refusing(500), refusing(500), good]
    courier = Courier(connected.exchange(Eager()), heartbeat_s=3600)
    courier.start()
    until(lambda: connected.desk.ledger.pending == 0)
    courier.stop()


def test_a_visitor_who_hands_in_again_and_again_does_not_storm_a_silent_network(
    branch: Branch,
) -> None:
    tries: list[float] = []

    class Counted(Courier):
        def exchange_now(self) -> ExchangeOutcome:
            tries.append(time.monotonic())
            return super().exchange_now()

    courier = Counted(branch.exchange(Pace(failures=10)), heartbeat_s=3600)
    courier.start()
    until(lambda: courier.last is not None)
    for _ in range(20):
        courier.wake()
        time.sleep(0.01)
    courier.stop()
    assert len(tries) <= 2
    assert courier.last
    assert not courier.last.reached


def test_a_central_that_asks_for_time_is_not_woken_by_a_hand_in(
    connected: Branch, central: PlayedCentral, courier: Courier
) -> None:
    central.plays = [refusing(503, "busy", **{"Retry-After": "600"})]
    courier.start()
    until(lambda: courier.last is not None)
    for _ in range(5):
        courier.wake()
        time.sleep(0.02)
    courier.stop()
    assert len(central.heard) == 1
    assert not courier._thread.is_alive()


class Broken(Exchange):
    """An exchange with a fault nobody planned for."""

    def run(self) -> ExchangeOutcome:
        raise ZeroDivisionError("never planned")


def test_a_fault_nobody_planned_for_is_told_and_does_not_end_the_courier(
    branch: Branch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = branch.exchange()
    broken = Broken(**{name: getattr(plain, name) for name in plain.__dataclass_fields__})
    courier = Courier(broken, heartbeat_s=3600)
    outcome = courier.exchange_now()
    assert (outcome.error, outcome.reached) == ("X01", False)
    assert "ZeroDivisionError" in outcome.remedy
    assert "failed unexpectedly" in caplog.text
    courier.start()
    until(lambda: courier.last is not outcome)
    assert courier._thread.is_alive()
    courier.stop()
    assert not courier._thread.is_alive()


def test_a_courier_is_busy_from_its_start_until_it_has_stopped(connected: Branch) -> None:
    courier = Courier(connected.exchange(), heartbeat_s=3600)
    busy = [courier.is_busy]
    courier.start()
    busy.append(courier.is_busy)
    courier.stop()
    assert [*busy, courier.is_busy] == [False, True, False]


def test_a_courier_that_never_began_can_be_stopped(branch: Branch) -> None:
    courier = Courier(branch.exchange(), heartbeat_s=1)
    courier.stop()
    courier.wake()


def test_only_one_exchange_runs_at_a_time(connected: Branch, central: PlayedCentral) -> None:
    inside, most = 0, 0
    lock = threading.Lock()
    plain = connected.exchange()

    class Watched(Exchange):
        def run(self) -> ExchangeOutcome:
            nonlocal inside, most
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.01)
            with lock:
                inside -= 1
            return ExchangeOutcome()

    watched = Watched(**{name: getattr(plain, name) for name in plain.__dataclass_fields__})
    courier = Courier(watched, heartbeat_s=1)
    callers = [threading.Thread(target=courier.exchange_now) for _ in range(4)]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    assert most == 1


def test_a_ledger_that_cannot_be_tidied_stops_no_exchange(
    connected: Branch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: object) -> None:
        raise Trouble(CANNOT_WRITE, path="kiosk.json", why="full")

    monkeypatch.setattr(Ledger, "tidy", full)
    courier = Courier(connected.exchange(), heartbeat_s=60)
    assert courier.exchange_now().reached
    assert "could not be written: full" in caplog.text
