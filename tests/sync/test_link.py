"""The link: the kernel says when the network may be back."""

import socket
import struct
import threading

import pytest

from kiosk.sync.courier import Courier
from kiosk.sync.link import Link
from tests.drivers.branch import Branch

NEW_LINK, NEW_ADDRESS, DELETED_ADDRESS, NEW_ROUTE = 16, 20, 21, 24
GIVE_UP_S = 5.0


def message(kind: int, more: int = 5) -> bytes:
    """Return one message of the kernel, padded as it pads."""
    body = b"x" * more
    head = struct.pack("=IHHII", 16 + more, kind, 0, 0, 0)
    return head + body + b"\0" * (-more % 4)


@pytest.mark.parametrize(
    "news",
    [
        message(NEW_ADDRESS),
        message(NEW_ROUTE, 0),
        message(NEW_LINK) + message(DELETED_ADDRESS, 3) + message(NEW_ROUTE),
    ],
)
def test_a_new_address_or_route_is_told(news: bytes) -> None:
    kernel, kiosk = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    told = threading.Event()
    link = Link(told.set, kiosk)
    kernel.send(message(NEW_LINK))
    kernel.send(message(DELETED_ADDRESS))
    kernel.send(struct.pack("=IHHII", 0, NEW_LINK, 0, 0, 0) + b"torn")
    kernel.send(news)
    assert told.wait(GIVE_UP_S)
    link.close()
    kernel.close()


def test_lost_links_are_not_told() -> None:
    kernel, kiosk = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    told: list[bool] = []
    link = Link(lambda: told.append(True), kiosk)
    for kind in (NEW_LINK, DELETED_ADDRESS):
        kernel.send(message(kind))
    listening = next(each for each in threading.enumerate() if each.name == "link")
    kernel.send(b"")
    listening.join(GIVE_UP_S)
    assert not listening.is_alive()
    assert told == []
    link.close()
    kernel.close()


def test_the_kernel_is_really_listened_to_and_left_again() -> None:
    link = Link(lambda: None)
    link.close()
    link.close()


def test_where_the_kernel_tells_nothing_the_kiosk_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> socket.socket:
        raise OSError(97, "Address family not supported")

    monkeypatch.setattr("socket.socket", none)
    link = Link(lambda: None)
    link.close()


def test_a_link_that_is_back_ends_the_waiting(branch: Branch) -> None:
    exchange = branch.exchange()
    exchange.pace.failures = 9
    courier = Courier(exchange, heartbeat_s=3600)
    courier.link_up()
    assert exchange.pace.failures == 0
    assert courier._wanted.is_set()
