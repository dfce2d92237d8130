"""The web server: gunicorn's processes, in each of them waitress, on a socket that is open."""

import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # ships no types
from gunicorn.glogging import Logger  # type: ignore[import-untyped] # ships no types

from kiosk.problems.traces import Discreet

if TYPE_CHECKING:
    from kiosk.central.run.background import Background

_STOP_S = 10


class _Log(Logger):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn's log, which tells where something failed and never what was asked for."""

    def setup(self, cfg: Any) -> None:
        """Write as every other log of ours."""
        super().setup(cfg)
        for each in self.error_log.handlers:
            each.setFormatter(Discreet(self.error_fmt, self.datefmt))


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn with our settings, none read from elsewhere."""

    def __init__(self, options: dict[str, Any]) -> None:
        """Keep the settings for when gunicorn asks for them."""
        self._options = options
        self._background: Background | None = None
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings over."""
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", lambda _worker: self._begin())
        self.cfg.set("worker_exit", lambda _arbiter, _worker: self._end())

    def load(self) -> Any:
        """Return the WSGI application; called in the serving process."""
        from django.core.wsgi import get_wsgi_application

        from kiosk.central.safekeeping.lives import WATCH

        WATCH.begin()
        return get_wsgi_application()

    def _begin(self) -> None:
        """Let this serving process do what is to be done beside serving."""
        from kiosk.central.run.background import Background

        self._background = Background()
        self._background.start()

    def _end(self) -> None:
        """Let what is under way come to its end."""
        if self._background:
            self._background.stop()


def run(
    listening: socket.socket, workers: int, threads: int, when_ready: Callable[[], None]
) -> None:
    """Serve on *listening* until SIGTERM or SIGINT; requests under way are answered first."""
    server = _Server(
        {
            "bind": f"fd://{listening.detach()}",
            "worker_class": "kiosk.central.run.worker.GatheringWorker",
            "workers": workers,
            "threads": threads,
            "accesslog": None,
            "logger_class": _Log,
            "loglevel": "warning",
            "control_socket_disable": True,
            "graceful_timeout": _STOP_S,
            "proc_name": "kiosk-central",
            "when_ready": lambda _arbiter: when_ready(),
        }
    )
    with contextlib.suppress(SystemExit):
        server.run()
