"""One program at a time: the lock beside the ledger, and who holds it."""

import contextlib
import errno
import fcntl
import os
from pathlib import Path

from kiosk.problems import CANNOT_LOCK, LEDGER_HELD, Trouble

_HELD = errno.EWOULDBLOCK
"""What flock(2) says when somebody else holds a lock."""


class Holder:
    """Holds the ledger for this process until released, or until the process is gone.

    The folder is locked too, where it can be: nobody deletes it while it is in use, while the file
    beside the ledger is sometimes tidied away.
    """

    def __init__(self, ledger: Path) -> None:
        """Take the locks of *ledger*. Raises Trouble (LEDGER_HELD, CANNOT_LOCK), or OSError."""
        path = ledger.with_name(ledger.name + ".lock")
        self._opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._folder = -1
        try:
            _lock(self._opened)
            self._folder = os.open(ledger.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            _lock_folder(self._folder)
        except OSError as error:
            holder = os.pread(self._opened, 20, 0).decode("ascii", "replace").strip() or "unknown"
            self.release()
            if error.errno == _HELD:
                raise Trouble(LEDGER_HELD, path=ledger, holder=holder) from error
            raise Trouble(CANNOT_LOCK, path=ledger, why=error.strerror or error) from error
        with contextlib.suppress(OSError):  # a full disk must not keep a visitor's errands shut in
            os.ftruncate(self._opened, 0)
            os.pwrite(self._opened, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next program in; may be repeated."""
        for opened in (self._folder, self._opened):
            if opened >= 0:
                os.close(opened)
        self._opened = self._folder = -1


def _lock(opened: int) -> None:
    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_folder(opened: int) -> None:
    """Lock a folder; a file system that locks only files leaves it at those."""
    try:
        _lock(opened)
    except OSError as error:
        if error.errno == _HELD:
            raise
