"""A serving process: waitress gathers whole requests and gives each a thread, under gunicorn.

Gunicorn keeps the processes. Its own workers give a thread to whoever connects, or to whoever has
sent a head, and let it wait there; eight slow senders would keep all eight threads.
"""

import os
import resource
import signal
import threading
import time
from types import FrameType
from typing import Any

from gunicorn.workers.base import Worker  # type: ignore[import-untyped] # ships no types
from waitress.server import create_server  # type: ignore[import-untyped] # ships no types

SILENT_S = 30
"""A connection on which nothing happens for so long is closed."""
MOST_BODY = 16_100_000
"""Bytes: the file of a stick and the form around it. Each address has a limit of its own."""
_MOST_HEAD = 65_536
_MOST_FILES = 8_192
_FILES_EACH = 2
"""Open files for each connection: the connection, and a body that is too large for memory."""
_KEPT_BACK = 1 << 30
"""Bytes that wait for a slow reader before a thread would; beyond a megabyte they lie on disk."""
_LOOK_EVERY_S = 0.1
_QUIET_S = 0.3
"""Nothing under way for so long: then whatever had arrived has been answered."""


class GatheringWorker(Worker):  # type: ignore[misc] # gunicorn ships no types
    """One process that serves; each of its threads only ever meets whole requests."""

    _server: Any = None
    _under_way = 0

    def run(self) -> None:
        """Serve until told to stop; then take nobody new, and answer what has arrived."""
        self._counting = threading.Lock()
        self._server = create_server(
            self._counted,
            sockets=[each.sock for each in self.sockets],
            threads=self.cfg.threads,
            asyncore_use_poll=True,
            connection_limit=_files() // _FILES_EACH,
            channel_timeout=SILENT_S,
            cleanup_interval=5,
            max_request_header_size=_MOST_HEAD,
            max_request_body_size=MOST_BODY,
            outbuf_high_watermark=_KEPT_BACK,
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
            ident=None,
        )
        threading.Thread(target=self._keep, name="keeper", daemon=True).start()
        self._server.run()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take nobody new; once more, when all is answered, leave."""
        if not self.alive:
            raise SystemExit(0)
        super().handle_exit(sig, frame)
        if self._server:
            self._server.accepting = False

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Any:
        with self._counting:
            self._under_way += 1
        try:
            return self.wsgi(environ, start_response)
        finally:
            with self._counting:
                self._under_way -= 1

    def _keep(self) -> None:
        """Tell gunicorn that this process lives; end it when it shall, or gunicorn has gone."""
        quiet_s = 0.0
        leave_at = float("inf")
        while quiet_s < _QUIET_S and time.monotonic() < leave_at:
            time.sleep(_LOOK_EVERY_S)
            self.notify()
            if self.alive and self.ppid != os.getppid():
                os.kill(self.pid, signal.SIGTERM)
            elif not self.alive:
                leave_at = min(leave_at, time.monotonic() + self.cfg.graceful_timeout)
                quiet_s = 0.0 if self._under_way else quiet_s + _LOOK_EVERY_S
        os.kill(self.pid, signal.SIGTERM)


def _files() -> int:
    """Allow this process as many open files as it may have, and return how many."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most
