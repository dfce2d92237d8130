"""Files that are whole or not there: written aside, flushed, renamed, and the folder flushed."""

import contextlib
import os
from pathlib import Path


def write(path: Path, body: bytes) -> None:
    """Replace *path* by *body*, its owner's only; durable when this returns.

    Raises OSError; the old file is then untouched.
    """
    aside = path.with_name(path.name + ".new")
    opened = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(body)
            flush(file.fileno())
        rename(aside, path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def rename(path: Path, to: Path) -> None:
    """Give a flushed file its final name, in place of what had it; durable when this returns."""
    path.replace(to)
    flush_folder(to.parent)


def flush(file: int) -> None:
    """Make what was written to an open file durable."""
    os.fsync(file)


def flush_folder(folder: Path) -> None:
    """Make names made, changed and removed in *folder* durable."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
