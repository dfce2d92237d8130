"""A log of lines outside the database and its backups, each with its digest, durable when told."""

import contextlib
import fcntl
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.central.platform import durable

_DIGEST = 8
"""Hexadecimal signs of CRC-32 at the end of a line."""


def frozen(told: str) -> bytes:
    """Return a line as it lies in the file; *told* has no line breaks."""
    text = f"{told} "
    return f"{text}{zlib.crc32(text.encode()):0{_DIGEST}x}\n".encode()


def append(path: Path, lines: Sequence[str]) -> None:
    """Append *lines*, durable when this returns; several processes may do so at once.

    Raises OSError when they could not be saved.
    """
    with _opened(path) as file:
        torn = b"" if _ends_well(file) else b"\n"  # what a power cut tore was never acknowledged
        body = memoryview(torn + b"".join(map(frozen, lines)))
        while body:
            body = body[os.write(file, body) :]
        durable.flush(file)


def read(path: Path, last_bytes: int = 0) -> Iterator[str | None]:
    """Yield every whole line, oldest first; None for one whose digest does not fit.

    With *last_bytes* only those that begin in the last so many bytes.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        if last_bytes and os.fstat(file.fileno()).st_size > last_bytes:
            file.seek(-last_bytes, os.SEEK_END)
            file.readline()
        for line in file:
            if line.endswith(b"\n") and line != b"\n":
                yield _checked(line)


def _checked(line: bytes) -> str | None:
    text, digest = line[: -_DIGEST - 1], line[-_DIGEST - 1 : -1]
    if f"{zlib.crc32(text):0{_DIGEST}x}".encode() != digest:
        return None
    try:
        return text.decode().removesuffix(" ")
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
