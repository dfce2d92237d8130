"""The disk: the few file operations on which the ledger's promise rests, behind one thin door."""

import contextlib
import errno
import os
from pathlib import Path

from kiosk.store.holder import Holder

_SICK = frozenset({errno.EIO, errno.EBADMSG, errno.EREMOTEIO, errno.EUCLEAN})
"""What a system says that cannot read what is there."""
_PIECE_BYTES = 4096


class Nobody:
    """Holds nothing."""

    def release(self) -> None:
        """Let go of nothing."""


class Disk:
    """The real disk; every call raises OSError as the system does."""

    only_looks = False
    """Whether nothing that is done with it lasts."""

    def names(self, folder: Path) -> list[str]:
        """List what is in *folder*; nothing when there is no such folder."""
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 - names alone are wanted
        except FileNotFoundError:
            return []

    def read(self, path: Path) -> bytes:
        """Return every byte of a file."""
        return path.read_bytes()

    def size(self, path: Path) -> int:
        """Return how long a file is; 0 when it is gone."""
        with contextlib.suppress(FileNotFoundError):
            return path.stat().st_size
        return 0

    def is_sick(self, error: OSError) -> bool:
        """Tell whether an error says that a file is there and cannot be read."""
        return error.errno in _SICK

    def salvage(self, path: Path) -> bytes:
        """Return what can be read of a file, piece by piece, with zeros for what cannot be."""
        try:
            opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return b""
        try:
            return b"".join(
                self._piece(opened, at) for at in range(0, os.fstat(opened).st_size, _PIECE_BYTES)
            )
        finally:
            os.close(opened)

    def _piece(self, opened: int, at: int) -> bytes:
        try:
            return os.pread(opened, _PIECE_BYTES, at)
        except OSError:
            return bytes(_PIECE_BYTES)

    def create(self, path: Path) -> int:
        """Begin a file anew, empty and its owner's only; return what writes to it."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)

    def open(self, path: Path) -> int:
        """Return what writes to a file that is there."""
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)

    def write(self, opened: int, body: bytes, at: int) -> None:
        """Write *body* at byte *at*; not durable until flushed."""
        written = os.pwrite(opened, body, at)
        while written < len(body):
            written += os.pwrite(opened, body[written:], at + written)

    def jot(self, opened: int, body: bytes) -> None:
        """Write *body* over the beginning of a file that nobody flushes."""
        os.pwrite(opened, body, 0)

    def flush(self, opened: int) -> None:
        """Make what was written inside a file of known length durable: one flush of the device."""
        os.fdatasync(opened)

    def flush_new(self, opened: int) -> None:
        """Make a new file durable, its length included; its name needs `flush_folder`."""
        os.fsync(opened)

    def flush_folder(self, folder: Path) -> None:
        """Make names made, changed and removed in *folder* durable."""
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)

    def close(self, opened: int) -> None:
        """Let go of a file."""
        os.close(opened)

    def rename(self, path: Path, to: Path) -> None:
        """Give a file another name, in place of what had it."""
        path.rename(to)

    def remove(self, path: Path) -> None:
        """Take a file away, where there is one; a folder in its place stays."""
        with contextlib.suppress(IsADirectoryError):
            path.unlink(missing_ok=True)

    def make_folder(self, folder: Path) -> None:
        """Make a folder of its owner's only, where missing."""
        folder.mkdir(mode=0o700, exist_ok=True)

    def hold(self, ledger: Path) -> Holder | Nobody:
        """Keep other programs away from *ledger*; raises Trouble: LEDGER_HELD, CANNOT_LOCK."""
        return Holder(ledger)
