"""A stick: files read within a limit, and written whole or not at all."""

import contextlib
import errno
import os
import stat
from pathlib import Path

from kiosk.problems import NOT_A_BUNDLE, STICK_FAILED, Trouble, meaning

_UNFLUSHABLE = {errno.EINVAL, errno.ENOTSUP}
"""What file systems of sticks say that cannot flush a folder by itself."""


def read_file(path: Path, most_bytes: int) -> bytes:
    """Return every byte of *path*. Raises Trouble: STICK_FAILED, NOT_A_BUNDLE."""
    try:
        # without waiting: a pipe lying there would never be written to
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            _check_file(path, os.fstat(opened), most_bytes)
            with os.fdopen(opened, "rb", closefd=False) as file:
                return file.read(most_bytes)
        finally:
            os.close(opened)
    except OSError as error:
        raise _failed(path, "read", error) from error


def files_beginning(folder: Path, beginning: bytes) -> list[Path]:
    """List the files in *folder* that begin so, by name. Raises Trouble (STICK_FAILED)."""
    try:
        files = [path for path in sorted(folder.iterdir()) if path.is_file()]
        return [path for path in files if _begins(path, beginning)]
    except OSError as error:
        raise _failed(folder, "read", error) from error


def write_file(path: Path, body: bytes) -> None:
    """Put *body* at *path*; safe to pull the stick out when this returns.

    Written beside, flushed and renamed: what was at *path* stays until the new file is whole. It
    is closed by keys, so anybody may carry and read the file. Raises Trouble (STICK_FAILED).
    """
    if path.is_dir():
        raise _failed(path, "written", OSError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if path.exists() and not path.is_file():
        raise _failed(path, "written", OSError(errno.ENODEV, "it would be replaced"))
    aside = path.with_name(path.name + ".new")
    try:
        aside.unlink(missing_ok=True)
        _write_new(aside, body)
        aside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise _failed(path, "written", error) from error


def _check_file(path: Path, found: os.stat_result, most_bytes: int) -> None:
    """Raise Trouble (NOT_A_BUNDLE) unless it is a file of a size that a bundle may have."""
    why = ""
    if stat.S_ISDIR(found.st_mode):
        why = "it is a folder; name the file in it"
    elif not stat.S_ISREG(found.st_mode):
        why = "it is no file"
    elif found.st_size > most_bytes:
        why = f"it has {found.st_size} bytes, more than any bundle"
    if why:
        raise Trouble(NOT_A_BUNDLE, path=path, why=why)


def _begins(path: Path, beginning: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(beginning)) == beginning


def _write_new(aside: Path, body: bytes) -> None:
    """Write a file that was not there; a link lying in its place is not followed."""
    opened = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    with os.fdopen(opened, "wb") as file:
        with contextlib.suppress(OSError):  # most sticks know no modes
            os.fchmod(opened, 0o644)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _UNFLUSHABLE:
            raise
    finally:
        os.close(opened)


def _failed(path: Path, done: str, error: OSError) -> Trouble:
    return Trouble(STICK_FAILED, path=path, done=done, why=meaning(error))
