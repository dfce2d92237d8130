"""Central's open socket: whoever takes nothing of what she is sent is let go."""

import socket

import pytest

from kiosk.central.run.operations import listen
from kiosk.central.run.operations.serving import _is_this_machine


def test_a_caller_whose_network_breaks_is_let_go_by_the_kernel() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            told = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
            assert 5_000 <= told <= 60_000


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_this_machine_is_served_without_a_word(host: str) -> None:
    assert _is_this_machine(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "0", "::", "192.0.2.1", "fe80::1%lo"])
def test_every_other_address_lets_other_machines_in(host: str) -> None:
    assert not _is_this_machine(host)
