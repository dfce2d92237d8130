"""Central's open socket: who falls silent is let go."""

import socket

from kiosk.central.operations import listen


def test_a_caller_whose_network_breaks_keeps_no_thread() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            for silence in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                assert 5 <= accepted.getsockopt(socket.SOL_SOCKET, silence) <= 60
