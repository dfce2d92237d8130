"""Looking: a disk that is only read; whatever is written to it stays in memory.

A ledger opened on it is repaired and shown as it would be, with nothing changed: on a read-only
disk, by another user, and beside the app that holds it.
"""

import errno
from pathlib import Path

from kiosk.store.disk import Disk, Nobody

_TRIES = 20
"""The app may change its files while they are read; between two changes there is always time."""


class Looking(Disk):
    """The files of one ledger as they are at this moment."""

    only_looks = True

    def __init__(self, ledger: Path, disk: Disk | None = None) -> None:
        """Read every file of *ledger* that can be. Raises OSError for a folder that cannot."""
        ledger.parent.stat()
        self._below = disk or Disk()
        self._folder = ledger.parent
        self._sick: dict[Path, OSError] = {}
        self._files: dict[Path, bytearray] = {}
        self._opened: dict[int, bytearray] = {}
        for _ in range(_TRIES):
            before = self._seen(ledger)
            self._take(before)
            if self._seen(ledger) == before:
                return
        raise OSError(errno.EBUSY, "it changes all the time")

    def names(self, folder: Path) -> list[str]:
        """List what is in *folder*."""
        mine = [path.name for path in self._files if path.parent == folder]
        return sorted(mine if folder == self._folder else {*mine, *self._below.names(folder)})

    def read(self, path: Path) -> bytes:
        """Return every byte of a file."""
        if path in self._sick:
            raise self._sick[path]
        return bytes(self._files[path])

    def salvage(self, path: Path) -> bytes:
        """Return what could be read of a file."""
        return bytes(self._files[path])

    def create(self, path: Path) -> int:
        """Begin a file anew, in memory."""
        self._files[path] = bytearray()
        self._sick.pop(path, None)
        return self.open(path)

    def open(self, path: Path) -> int:
        """Return what writes to a file in memory."""
        number = len(self._opened)
        self._opened[number] = self._files[path]
        return number

    def write(self, opened: int, body: bytes, at: int) -> None:
        """Write in memory."""
        file = self._opened[opened]
        file.extend(bytes(max(0, at - len(file))))
        file[at : at + len(body)] = body

    def jot(self, opened: int, body: bytes) -> None:
        """Write in memory."""
        self.write(opened, body, 0)

    def flush(self, opened: int) -> None:
        """Do nothing: memory is not durable."""

    def flush_new(self, opened: int) -> None:
        """Do nothing."""

    def flush_folder(self, folder: Path) -> None:
        """Do nothing."""

    def close(self, opened: int) -> None:
        """Do nothing."""

    def rename(self, path: Path, to: Path) -> None:
        """Give a file another name, in memory."""
        self._files[to] = self._files.pop(path)

    def remove(self, path: Path) -> None:
        """Take a file away, in memory."""
        self._files.pop(path, None)

    def make_folder(self, folder: Path) -> None:
        """Do nothing."""

    def hold(self, ledger: Path) -> Nobody:
        """Keep nobody away."""
        del ledger
        return Nobody()

    def _seen(self, ledger: Path) -> dict[str, int]:
        """Return the files of *ledger* and how long each is."""
        names = [name for name in self._below.names(self._folder) if _is_of(ledger, name)]
        return {name: self._below.size(self._folder / name) for name in names}

    def _take(self, names: dict[str, int]) -> None:
        self._files.clear()
        self._sick.clear()
        for path in [self._folder / name for name in names]:
            try:
                self._files[path] = bytearray(self._below.read(path))
            except FileNotFoundError:
                continue
            except OSError as error:  # whether all is proven without it, recovery judges
                self._sick[path] = error
                self._files[path] = bytearray(self._below.salvage(path))


def _is_of(ledger: Path, name: str) -> bool:
    others = (".lock", ".quarantine")
    return name.startswith(ledger.name) and not name.endswith(others)
