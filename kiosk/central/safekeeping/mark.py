"""The mark: a small file beside the database, from which one sees that the database went back."""

import contextlib
import fcntl
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk import places
from kiosk.central.platform import durable


class Newest(msgspec.Struct, frozen=True):
    """The newest backup that was called safe: what it holds, kiosks have deleted."""

    digest: str
    """Of its file, hexadecimal."""
    name: str
    """Of its file."""
    at: str
    """The moment it shows, ISO 8601."""


class DatabaseMark(msgspec.Struct, frozen=True):
    """What was last known of the database, from outside."""

    life: uuid.UUID
    """Id of the life it lived."""
    marks: int
    """How often that had been marked."""
    backup: Newest | None = None
    """What no earlier state of the database may take the place of unseen."""


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Let one process at a time compare and renew the mark at *path*."""
    places.private_folder(path.parent)
    lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def read(path: Path) -> DatabaseMark | None:
    """Return the mark, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=DatabaseMark)
    except (FileNotFoundError, UnicodeDecodeError, msgspec.MsgspecError):
        return None


def write(path: Path, mark: DatabaseMark) -> None:
    """Renew the mark, durable when this returns; call while it is `held`."""
    durable.write(path, msgspec.json.encode(mark))
