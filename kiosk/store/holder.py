"""One program at a time: the lock beside the ledger, and who holds it."""

import contextlib
import fcntl
import os
from pathlib import Path

from kiosk.problems import LEDGER_HELD, Trouble


class Holder:
    """Holds the ledger for this process until released, or until the process is gone."""

    def __init__(self, ledger: Path) -> None:
        """Take the lock of *ledger*. Raises Trouble (LEDGER_HELD), or OSError."""
        path = ledger.with_name(ledger.name + ".lock")
        self._opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._opened, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._opened)
            raise Trouble(LEDGER_HELD, path=ledger, holder=holder) from error
        with contextlib.suppress(OSError):  # a full disk must not keep a visitor's errands shut in
            os.ftruncate(self._opened, 0)
            os.pwrite(self._opened, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next program in; may be repeated."""
        if self._opened >= 0:
            os.close(self._opened)
            self._opened = -1
