"""What is wrong with a kiosk's disk for a while: it cannot read a file, or it takes nothing."""

import base64
import contextlib
import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from kiosk.store import durable
from kiosk.store.disk import Disk
from kiosk.store.journal import generation_of

UNREADABLE = Path("/proc/self/mem")
"""Reading its beginning fails with EIO, as a bad sector does."""
_CHANGES = (
    *("create", "open", "write", "jot", "flush", "flush_new", "flush_folder"),
    *("rename", "remove", "make_folder", "hold"),
)
"""Operations that a read-only disk refuses."""


def spares(home: Path) -> list[Path]:
    """List what a ledger at rest can do without: its older snapshot, and all journals but one."""
    older, newest = home / "kiosk.json.bak", newest_journal(home)
    return [path for path in (older, *_journals(home)) if path.exists() and path != newest]


def newest_journal(home: Path) -> Path | None:
    """Return the journal that was written to last."""
    written = [path for path in _journals(home) if path.read_bytes().strip(b"\0")]
    return written[-1] if written else None


def _journals(home: Path) -> list[Path]:
    return sorted(home.glob("kiosk.json.wal.*"), key=lambda path: generation_of(path) or 0)


@contextlib.contextmanager
def unreadable(file: Path) -> Iterator[None]:
    """Let *file* be there and not be read; in the end the disk is sound, and that file gone."""
    folder = file.parent
    file.unlink()
    file.symlink_to(UNREADABLE)
    try:
        with contextlib.suppress(OSError):
            file.read_bytes()
            raise AssertionError("it can be read")
        yield
    finally:
        for each in folder.rglob("*"):
            if each.is_symlink():
                each.unlink()


@contextlib.contextmanager
def read_only() -> Iterator[None]:
    """Let the disk take nothing, as a file system does that has found errors in itself."""

    def refuse(*_words: Any) -> Any:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    refused: dict[str, Any] = dict.fromkeys(_CHANGES, refuse)
    with mock.patch.multiple(Disk, **refused), mock.patch.object(durable, "_write_aside", refuse):
        yield


def flip(file: Path, chance: random.Random, key: bytes = b"") -> None:
    """Flip a bit anywhere in *file*, or one that makes of *key* in it another key."""
    body = bytearray(file.read_bytes())
    if not key:
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    else:
        told = base64.b64encode(key)
        places = [place for place, sign in enumerate(told[:40]) if chr(sign ^ 1).isalnum()]
        body[body.index(told) + chance.choice(places)] ^= 1
    file.write_bytes(body)
