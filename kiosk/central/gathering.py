"""Gathering: a request gets a thread only when it is here whole, so slow senders hold up nobody.

Gunicorn's own worker gives a thread to whoever connects, and reads there. Eight senders of a byte
now and then would keep all eight. Here the one loop that waits for sockets collects the bytes.
"""

import contextlib
import errno
import random
import re
import selectors
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped] # no types

from kiosk import wire

WHOLE_S = 60.0
"""From its first byte to its last; a full batch over 140 kbit/s."""
MOST_GATHERED = 2_500_000
"""Bytes; whatever is larger is read in a thread, and refused there."""
MOST_WAITING = 64
"""Requests that wait for a thread, together with those under way: some 600 ms of work. Further
batches of kiosks are put off; receipts, pages and the rest of an exchange are not."""
PUT_OFF_S = (3, 30)
"""For how long, at least and at most: by chance, so that kiosks do not return together."""
_PUT_OFF = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: %d\r\nConnection: close\r\n"
    b"Cache-Control: no-store\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
)
_BUSY = b'{"error":"busy","detail":"many kiosks come back at once; try again"}'
_BATCH = f"POST {wire.ROOT}/inbox ".encode()
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


def put_off(arrived: bytes | bytearray, waiting: int) -> bytes:
    """Return the answer to a batch that comes while too much is *waiting*; empty for all others.

    An exchange begins with a batch, so who has begun is served to the end.
    """
    if waiting < MOST_WAITING or not arrived.startswith(_BATCH):
        return b""
    wait_s = random.randint(*PUT_OFF_S)  # noqa: S311 - spreads load, hides nothing
    return _PUT_OFF % (wait_s, len(_BUSY), _BUSY)


class GatheringWorker(ThreadWorker):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn's worker with threads, each of which only ever meets whole requests."""

    waiting = 0
    """Requests that have a thread, or wait for one; only the loop counts them."""

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
        while True:
            try:
                piece = client.recv(_PIECE)
            except BlockingIOError:
                return
            except OSError:
                piece = b""
            conn.arrived += piece
            if not piece or is_whole(conn.arrived):
                break
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        busy = put_off(conn.arrived, self.waiting)
        if busy:
            self._answer(conn, busy)
        else:
            self._hand_over(conn)

    def enqueue_req(self, conn: Any) -> None:
        """Let a request wait for a thread."""
        self.waiting += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Count a request that is done no more."""
        self.waiting -= 1
        super().finish_request(conn, fs)

    def _answer(self, conn: Any, answer: bytes) -> None:
        """Answer without a thread: some 200 bytes, which a fresh connection takes at once."""
        with contextlib.suppress(OSError):
            conn.sock.send(answer)
        self.nr_conns -= 1
        conn.close()

    def _hand_over(self, conn: Any) -> None:
        """Give a thread to a connection; it reads first what was gathered."""
        conn.data_ready = True
        conn.sock.settimeout(None)
        conn.init()
        conn.parser.unreader.unread(conn.arrived)
        conn.arrived = b""
        self.enqueue_req(conn)
