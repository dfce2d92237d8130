"""A disk on which some files cannot be read, wholly or in one piece."""

import errno
import os
from pathlib import Path

from tests.faults.memory_disk import MemoryDisk


class SickDisk(MemoryDisk):
    """Fails to read what is sick; what is read piece by piece has zeros there."""

    def __init__(
        self, files: dict[str, bytes], sick: dict[str, range | None], why: int = errno.EIO
    ) -> None:
        """Let the blocks of *sick* files be unreadable, or all of them, *why* being the errno."""
        super().__init__(files)
        self.sick = sick
        self.why = why

    def read(self, path: Path) -> bytes:
        self._be_well(path)
        return super().read(path)

    def salvage(self, path: Path) -> bytes:
        body = bytearray(self.files[path.name])
        blocks = self.sick.get(path.name, range(0))
        if blocks is None:
            return b""
        for block in blocks:
            body[4096 * block : 4096 * (block + 1)] = bytes(4096)
        return bytes(body[: len(self.files[path.name])])

    def rename(self, path: Path, to: Path) -> None:
        super().rename(path, to)
        if path.name in self.sick:
            self.sick[to.name] = self.sick.pop(path.name)

    def _be_well(self, path: Path) -> None:
        if path.name in self.sick:
            raise OSError(self.why, os.strerror(self.why), str(path))
