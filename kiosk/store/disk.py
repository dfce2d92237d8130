"""The disk: the few file operations on which the ledger's promise rests, behind one thin door."""

import os
from pathlib import Path

from kiosk.store.holder import Holder


class Disk:
    """The real disk; every call raises OSError as the system does."""

    def names(self, folder: Path) -> list[str]:
        """List what is in *folder*; nothing when there is no such folder."""
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 - names alone are wanted
        except FileNotFoundError:
            return []

    def read(self, path: Path) -> bytes:
        """Return every byte of a file."""
        return path.read_bytes()

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
        """Take a file away, where there is one."""
        path.unlink(missing_ok=True)

    def make_folder(self, folder: Path) -> None:
        """Make a folder of its owner's only, where missing."""
        folder.mkdir(mode=0o700, exist_ok=True)

    def hold(self, ledger: Path) -> Holder:
        """Keep other programs away from *ledger*; raises Trouble (LEDGER_HELD)."""
        return Holder(ledger)
