"""Central's open socket: whoever takes nothing of what she is sent is let go."""

import socket

from kiosk.central.operations import listen


def test_a_caller_whose_network_breaks_is_let_go_by_the_kernel() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            told = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
            assert 5_000 <= told <= 60_000
