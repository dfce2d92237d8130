"""The link: notices that the machine has got an address or a route, without asking anybody."""

import contextlib
import logging
import socket
import struct
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)

_GROUPS = 0x10 | 0x40 | 0x100 | 0x400
"""Addresses and routes of both families: RTMGRP_IPV4_IFADDR and its like (rtnetlink(7))."""
_HEAD = struct.Struct("=IHHII")
_NEWS = {20, 24}
"""RTM_NEWADDR and RTM_NEWROUTE: something can be reached that could not before."""
_MOST_BYTES = 65_536


class Link:
    """Tells when the network may be back; central is then tried without waiting any longer."""

    def __init__(self, up: Callable[[], None], listening: socket.socket | None = None) -> None:
        """Call *up* in a thread of its own at every good news of the kernel."""
        self._up = up
        self._listening = listening or _listen()
        self._closing = False
        if self._listening:
            hear = threading.Thread(
                target=self._hear, args=(self._listening,), name="link", daemon=True
            )
            hear.start()

    def close(self) -> None:
        """Listen no more."""
        self._closing = True
        if self._listening:
            with contextlib.suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()

    def _hear(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while news := listening.recv(_MOST_BYTES):
                if _is_good(news) and not self._closing:
                    self._up()


def _listen() -> socket.socket | None:
    try:
        listening = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 0)
        listening.bind((0, _GROUPS))
    except OSError as error:
        _log.info("the kernel does not tell when the network is back: %s", error)
        return None
    return listening


def _is_good(news: bytes) -> bool:
    """Tell whether one of the messages in *news* is of a new address or route."""
    at = 0
    while at + _HEAD.size <= len(news):
        length, kind, *_ = _HEAD.unpack_from(news, at)
        if kind in _NEWS:
            return True
        at += max(length + 3 & ~3, _HEAD.size)
    return False
