"""Gathering: a request gets a thread only when it is here whole, so slow senders hold up nobody.

Gunicorn's own worker gives a thread to whoever connects, and reads there. Eight senders of a byte
now and then would keep all eight. Here the one loop that waits for sockets collects the bytes.
"""

import errno
import re
import selectors
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped] # no types

WHOLE_S = 60.0
"""From its first byte to its last; a full batch over 140 kbit/s."""
MOST_GATHERED = 2_500_000
"""Bytes; whatever is larger is read in a thread, and refused there."""
_PIECE = 65_536
_MOST_HEAD = 65_536
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_READ_IN_A_THREAD = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)
_NOBODY_THERE = {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}


def is_whole(arrived: bytes | bytearray) -> bool:
    """Tell whether a thread should go on: all is here, or only reading on can tell what is not."""
    end = arrived.find(_END_OF_HEAD)
    if end < 0:
        return len(arrived) > _MOST_HEAD
    head = bytes(arrived[: end + len(_END_OF_HEAD)])
    if _READ_IN_A_THREAD.search(head):
        return True
    told = _LENGTH.search(head)
    length = int(told.group(1)) if told else 0
    return length > MOST_GATHERED or len(arrived) >= len(head) + length


class GatheringWorker(ThreadWorker):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn's worker with threads, each of which only ever meets whole requests."""

    def accept(self, listener: Any) -> None:
        """Take a new connection, and wait for its request."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in _NOBODY_THERE:
                raise
            return
        self.nr_conns += 1
        self._gather(TConn(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """Wait for the next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def murder_pending(self) -> None:
        """Let go of who has not said all in time; of who has said nothing, when the worker ends."""
        if not self.alive:
            for conn in [each for each in self.pending_conns if not each.arrived]:
                conn.timeout = 0.0
                self.pending_conns.remove(conn)
                self.pending_conns.appendleft(conn)
        super().murder_pending()

    def _gather(self, conn: Any) -> None:
        conn.arrived = bytearray()
        conn.timeout = time.monotonic() + WHOLE_S
        conn.sock.settimeout(0)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_more, conn))

    def _on_more(self, conn: Any, client: Any) -> None:
        try:
            piece = client.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        conn.arrived += piece
        if piece and not is_whole(conn.arrived):
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self._hand_over(conn)

    def _hand_over(self, conn: Any) -> None:
        """Give a thread to a connection; it reads first what was gathered."""
        conn.data_ready = True
        conn.sock.settimeout(None)
        conn.init()
        conn.parser.unreader.unread(bytes(conn.arrived))
        conn.arrived = b""
        self.enqueue_req(conn)
