"""A disk that writes down every operation, so that a crash at any of them can be rebuilt."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.store.disk import Disk

ALL = frozenset({"flush", "flush_new", "flush_folder"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on the disk; `file` numbers the file, which keeps its number when renamed."""

    kind: str
    """link · truncate · write · flush · rename · remove · flush_folder."""
    file: int = 0
    name: str = ""
    to: str = ""
    at: int = 0
    body: bytes = b""


class RecordedDisk(Disk):
    """Does everything on another disk, and remembers it; leaves out what is sabotaged."""

    def __init__(self, disk: Disk, without: str = "", names: dict[str, int] | None = None) -> None:
        """Record what happens on *disk*, *without* one of the flushes for a control."""
        self.operations: list[Operation] = []
        self._disk = disk
        self._without = without
        self._files = dict(names or {})
        self._opened: dict[int, int] = {}
        self._count = len(self._files)

    def names(self, folder: Path) -> list[str]:
        return self._disk.names(folder)

    def read(self, path: Path) -> bytes:
        return self._disk.read(path)

    def salvage(self, path: Path) -> bytes:
        return self._disk.salvage(path)

    def create(self, path: Path) -> int:
        opened = self._disk.create(path)
        if path.name in self._files:
            self._note("truncate", file=self._files[path.name])
        else:
            self._count += 1
            self._files[path.name] = self._count
            self._note("link", file=self._count, name=path.name)
        self._opened[opened] = self._files[path.name]
        return opened

    def open(self, path: Path) -> int:
        opened = self._disk.open(path)
        self._opened[opened] = self._files[path.name]
        return opened

    def write(self, opened: int, body: bytes, at: int) -> None:
        self._note("write", file=self._opened[opened], at=at, body=body)
        self._disk.write(opened, body, at)

    def jot(self, opened: int, body: bytes) -> None:
        self._note("write", file=self._opened[opened], at=0, body=body)
        self._disk.jot(opened, body)

    def flush(self, opened: int) -> None:
        if self._without != "flush":
            self._disk.flush(opened)
            self._note("flush", file=self._opened[opened])

    def flush_new(self, opened: int) -> None:
        if self._without != "flush_new":
            self._disk.flush_new(opened)
            self._note("flush", file=self._opened[opened])

    def flush_folder(self, folder: Path) -> None:
        if self._without != "flush_folder":
            self._disk.flush_folder(folder)
            self._note("flush_folder")

    def close(self, opened: int) -> None:
        self._disk.close(opened)
        del self._opened[opened]

    def rename(self, path: Path, to: Path) -> None:
        self._disk.rename(path, to)
        self._note("rename", name=path.name, to=to.name)
        self._files[to.name] = self._files.pop(path.name)

    def remove(self, path: Path) -> None:
        self._disk.remove(path)
        if path.name in self._files:
            self._note("remove", name=path.name)
            del self._files[path.name]

    def make_folder(self, folder: Path) -> None:
        self._disk.make_folder(folder)

    def hold(self, ledger: Path) -> Any:
        return self._disk.hold(ledger)

    def _note(self, kind: str, **particulars: Any) -> None:
        self.operations.append(Operation(kind, **particulars))
