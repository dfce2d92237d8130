"""The erasure log outside the database and its backups: on disk before an erasure counts."""

import contextlib
import fcntl
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from kiosk.central import durable

_DIGEST = 8
"""Hexadecimal signs of CRC-32 at the end of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure: an id and a date, and nothing of what was erased."""

    tenant: str
    """Key of the library."""
    id: UUID
    """Of the submission that was erased."""
    at: datetime
    """When it was erased."""

    def frozen(self) -> bytes:
        """Return it as it lies in the file."""
        told = f"{self.tenant} {self.id} {self.at.isoformat()} "
        return f"{told}{zlib.crc32(told.encode()):0{_DIGEST}x}\n".encode()


def log_file() -> Path:
    """Return where it lies: in the state folder, unless several machines share one elsewhere."""
    named = settings.DEPLOYMENT.erasures
    return Path(named) if named else Path(settings.HOME) / "erasures.log"


def note(lines: Sequence[Line], path: Path | None = None) -> None:
    """Append *lines*, durable when this returns; several processes may do so at once.

    Raises OSError when they could not be saved: then nothing may be erased either.
    """
    path = path or log_file()
    with _opened(path) as file:
        torn = b"" if _ends_well(file) else b"\n"  # what a power cut tore was never acknowledged
        body = memoryview(torn + b"".join(line.frozen() for line in lines))
        while body:
            body = body[os.write(file, body) :]
        durable.flush(file)


def read(path: Path | None = None) -> Iterator[Line]:
    """Yield every erasure that can be read, oldest first; a torn or damaged line is left out."""
    for line in _lines(path or log_file()):
        if isinstance(line, Line):
            yield line


def damaged(path: Path | None = None) -> int:
    """Count whole lines that cannot be read: whom they erased is no longer known here."""
    return sum(line is None for line in _lines(path or log_file()))


def _lines(path: Path) -> Iterator[Line | None]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        for line in file:
            if line.endswith(b"\n") and line != b"\n":
                yield _parsed(line)


def _parsed(line: bytes) -> Line | None:
    told, digest = line[: -_DIGEST - 1], line[-_DIGEST - 1 : -1]
    try:
        if f"{zlib.crc32(told):0{_DIGEST}x}".encode() != digest:
            return None
        tenant, identity, at = told.decode().split()
        return Line(tenant, UUID(identity), datetime.fromisoformat(at))
    except ValueError:
        return None


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open the log for one writer at a time, its owner's only and its name durable."""
    new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        if new:
            durable.flush_folder(path.parent)
        yield file
    finally:
        os.close(file)


def _ends_well(file: int) -> bool:
    size = os.fstat(file).st_size
    return size == 0 or os.pread(file, 1, size - 1) == b"\n"
