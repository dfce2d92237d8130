"""The bell: how a command reaches the running app, which alone holds the ledger."""

import base64
import binascii
import contextlib
import json
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.problems import cannot_write

_log = logging.getLogger(__name__)

_CHUNK_BYTES = 65_536
_MOST_BYTES = 100_000_000
"""Of a question: the largest bundle, as text."""
_READ_S = 5.0
_ANSWER_S = 120.0

Replies = Mapping[str, Callable[..., dict[str, Any]]]
"""What can be asked, and who answers; whoever takes something is called with its bytes."""


class ControlSocket:
    """Listens on a socket that only the owner of the state folder can reach."""

    def __init__(self, path: Path, replies: Replies) -> None:
        """Listen at *path*; a socket left behind by a dead process is replaced.

        Raises Trouble (CANNOT_WRITE).
        """
        self._path = path
        self._replies = replies
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            path.unlink(missing_ok=True)
            with _reachable(path) as address:
                self._socket.bind(address)
            path.chmod(0o600)
        except OSError as error:
            self._socket.close()
            raise cannot_write(path, error) from error
        self._socket.listen(4)
        threading.Thread(target=self._listen, name="bell", daemon=True).start()

    def close(self) -> None:
        """Stop listening and take the socket away."""
        self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            # one thread a caller: neither a slow exchange nor a broken reply silences the bell
            threading.Thread(target=self._hear, args=(caller,), name="caller", daemon=True).start()

    def _hear(self, caller: socket.socket) -> None:
        with caller:
            caller.settimeout(_READ_S)
            try:
                self._answer(caller)
            except (OSError, binascii.Error) as error:
                _log.warning("a command could not be answered: %s", error)

    def _answer(self, caller: socket.socket) -> None:
        asked, _, given = _line(caller).partition(b" ")
        name = asked.decode("ascii", "replace")
        reply = self._replies.get(name)
        if reply is None:
            told: dict[str, Any] = {"unknown": name, "known": sorted(self._replies)}
        else:
            told = reply(base64.b64decode(given)) if given else reply()
        caller.sendall(json.dumps(told).encode() + b"\n")


def _line(caller: socket.socket) -> bytes:
    """Read a question to the end of its line, within the limit."""
    heard = bytearray()
    while chunk := caller.recv(_CHUNK_BYTES):
        heard += chunk
        if chunk.endswith(b"\n"):
            return bytes(heard).strip()
        if len(heard) > _MOST_BYTES:
            break
    raise ConnectionError("the question broke off, or has no end")


def ring(path: Path, question: str, given: bytes = b"") -> dict[str, Any] | None:
    """Ask the running app, with bytes *given*; None when no app answers at *path*."""
    heard = bytearray()
    asked = question.encode("ascii") + (b" " + base64.b64encode(given) if given else b"")
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, _reachable(path) as address:
            line.settimeout(_ANSWER_S)
            line.connect(address)
            line.sendall(asked + b"\n")
            while chunk := line.recv(_CHUNK_BYTES):
                heard += chunk
        told: dict[str, Any] = json.loads(heard)
    except (OSError, ValueError):
        return None
    return told


@contextlib.contextmanager
def _reachable(path: Path) -> Iterator[str]:
    """Name *path* shortly, through its open folder: a socket's address has room for 107 bytes."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
