"""A disk that fails at one of its operations, or at all of them from then on."""

import errno
import os
from pathlib import Path

from tests.faults.memory_disk import MemoryDisk


class FailingDisk(MemoryDisk):
    """Counts what changes it, and fails when told to; half of a failing write is done."""

    def __init__(self, number: int = errno.ENOSPC) -> None:
        """Fail with error *number*."""
        super().__init__()
        self.number = number
        self.count = 0
        self.failing: range = range(0)

    def _use(self) -> None:
        self.count += 1
        if self.count in self.failing:
            raise OSError(self.number, os.strerror(self.number))

    def create(self, path: Path) -> int:
        self._use()
        return super().create(path)

    def write(self, opened: int, body: bytes, at: int) -> None:
        try:
            self._use()
        except OSError:
            super().write(opened, body[: len(body) // 2], at)
            raise
        super().write(opened, body, at)

    def jot(self, opened: int, body: bytes) -> None:
        self._use()
        super().jot(opened, body)

    def flush(self, opened: int) -> None:
        self._use()

    def flush_new(self, opened: int) -> None:
        self._use()

    def flush_folder(self, folder: Path) -> None:
        self._use()

    def rename(self, path: Path, to: Path) -> None:
        self._use()
        super().rename(path, to)
