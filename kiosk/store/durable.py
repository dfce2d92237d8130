"""Files that are whole or not there: written aside, flushed, renamed, and the folder flushed."""

import contextlib
import os
from pathlib import Path

from kiosk.problems import cannot_write


def write_durably(path: Path, body: bytes) -> None:
    """Replace *path* by *body*, readable by its owner only; durable when this returns.

    A power cut at any instant leaves either the old file or the new one. Raises Trouble
    (CANNOT_WRITE) when the disk is full, read-only or broken; the old file is then untouched,
    unless only the last step failed, the flush of the folder: then either may be found later.
    """
    aside = path.with_name(path.name + ".new")
    try:
        _write_aside(aside, body)
        aside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def _write_aside(aside: Path, body: bytes) -> None:
    opened = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
