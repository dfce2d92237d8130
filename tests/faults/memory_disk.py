"""A disk in memory: crash states are recovered on it by the very code that writes real ones."""

from pathlib import Path
from typing import Any

from kiosk.store.disk import Disk


class Released:
    """What holds a ledger that nobody else can reach."""

    def release(self) -> None:
        """Let go."""


class MemoryDisk(Disk):
    """Files as bytes under their names, whatever the folder."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        """Begin with *files*."""
        self.files = {name: bytearray(body) for name, body in (files or {}).items()}
        self._opened: dict[int, bytearray] = {}
        self._count = 0

    def contents(self) -> dict[str, bytes]:
        """Return every file."""
        return {name: bytes(body) for name, body in self.files.items()}

    def names(self, folder: Path) -> list[str]:
        return sorted(self.files)

    def read(self, path: Path) -> bytes:
        return bytes(self.files[path.name])

    def size(self, path: Path) -> int:
        return len(self.files.get(path.name, b""))

    def salvage(self, path: Path) -> bytes:
        return bytes(self.files[path.name])

    def create(self, path: Path) -> int:
        self.files.setdefault(path.name, bytearray()).clear()
        return self.open(path)

    def open(self, path: Path) -> int:
        self._count += 1
        self._opened[self._count] = self.files[path.name]
        return self._count

    def write(self, opened: int, body: bytes, at: int) -> None:
        file = self._opened[opened]
        if len(file) < at:
            file.extend(bytes(at - len(file)))
        file[at : at + len(body)] = body

    def jot(self, opened: int, body: bytes) -> None:
        MemoryDisk.write(self, opened, body, 0)

    def flush(self, opened: int) -> None:
        pass

    def flush_new(self, opened: int) -> None:
        pass

    def flush_folder(self, folder: Path) -> None:
        pass

    def close(self, opened: int) -> None:
        del self._opened[opened]

    def rename(self, path: Path, to: Path) -> None:
        self.files[to.name] = self.files.pop(path.name)

    def remove(self, path: Path) -> None:
        self.files.pop(path.name, None)

    def make_folder(self, folder: Path) -> None:
        pass

    def hold(self, ledger: Path) -> Any:
        return Released()
