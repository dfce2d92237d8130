"""Serving: the socket, and the web server on it."""

import errno
import socket
from collections.abc import Callable
from ipaddress import ip_address

from kiosk import places
from kiosk.central.platform import databases, deployment
from kiosk.central.run.operations.ready import ready
from kiosk.central.run.operations.safekeeping import ready_to_serve
from kiosk.problems import BAD_SETTING, PORT_NOT_ALLOWED, PORT_TAKEN, Trouble

THREADS = 8
"""Requests answered at once."""
_BACKLOG = 512
_UNANSWERED_MS = 30_000
"""A connection that takes nothing of what it is sent for so long is ended by the kernel."""


def serve(
    host: str,
    port: int,
    workers: int,
    ready_at: Callable[[str], None],
    *,
    in_the_clear: bool = False,
) -> None:
    """Serve until SIGTERM or SIGINT; *ready_at* is told the address once it listens.

    To other machines only behind a web server that ends TLS, or *in_the_clear*.
    Raises Trouble: CENTRAL_NOT_READY, CENTRAL_RUNNING, PORT_TAKEN, PORT_NOT_ALLOWED, BAD_SETTING.
    """
    told = deployment.read(places.central_home())
    if not (told.proxy or in_the_clear or _is_this_machine(host)):
        raise _in_plain_http(host)
    if workers != 1 and databases.of_sqlite(told.database):
        raise Trouble(
            BAD_SETTING,
            name="workers",
            source="--workers",
            value=workers,
            remedy="SQLite is served by one process; leave it out",
        )
    ready()
    from kiosk.central.safekeeping import service

    with service.held():
        _serve(host, port, workers, ready_at)


def _serve(host: str, port: int, workers: int, ready_at: Callable[[str], None]) -> None:
    ready_to_serve()
    from django.db import connections

    from kiosk.central.run.server import run

    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}"
    connections.close_all()
    run(listening, workers, THREADS, lambda: ready_at(address))


def _in_plain_http(host: str) -> Trouble:
    return Trouble(
        BAD_SETTING,
        name="host",
        source="--host",
        value=host,
        remedy="that lets other machines in, over plain HTTP: anybody in between reads log-ins "
        "and what visitors wrote. Put a web server with a certificate in front, here, "
        "or with proxy = true in central.toml; or say --in-the-clear",
    )


def _is_this_machine(host: str) -> bool:
    """Tell whether only this machine reaches *host*; what is no address listens nowhere.

    An empty one listens everywhere.
    """
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host or "::", None)}
    except OSError:
        return True
    return all(ip_address(each.partition("%")[0]).is_loopback for each in found)


def listen(host: str, port: int) -> socket.socket:
    """Open a socket at *host* and *port*.

    Raises Trouble: PORT_TAKEN, PORT_NOT_ALLOWED, BAD_SETTING.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Trouble(PORT_TAKEN, port=port) from error
        if error.errno == errno.EACCES:
            raise Trouble(PORT_NOT_ALLOWED, port=port) from error
        raise Trouble(
            BAD_SETTING,
            name="host",
            source="--host",
            value=host,
            remedy=f"it is no address of this machine ({error.strerror})",
        ) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNANSWERED_MS)
    return listening
