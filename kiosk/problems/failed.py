"""What the system's errors mean to a technician: what is wrong, and what to do about it."""

import errno
import os
from pathlib import Path

from kiosk.problems import this_kiosk
from kiosk.problems.problem import Trouble

_NOT_ALLOWED = (
    "this user may not do that",
    "run it as the user that owns the folder, or give this one the right",
)
_FULL = ("the disk is full", "make room")

_MEANS = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: ("the disk is read-only", "mount it for writing; a worn-out card turns read-only"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("it would be larger than files may be here", "take another disk"),
    errno.EEXIST: ("there is such a file already", "name another, or move that one away"),
    errno.ENOENT: ("there is no such file or folder", "look at the name, or make the folder"),
    errno.ENOTDIR: ("a part of that name is a file and no folder", "name another"),
    errno.EISDIR: ("it is a folder", "name a file in it"),
    errno.ENAMETOOLONG: ("the name is too long", "name a shorter one"),
    errno.ELOOP: ("it is a link that leads back to itself", "name another"),
    errno.EINVAL: ("there can be no such name", "name another"),
    errno.ENXIO: ("it is no file, and nobody is at its other end", "name a file"),
    errno.ENODEV: ("it is a device or a pipe and no file", "name a file on the stick"),
    errno.EBUSY: ("something else uses it just now", "end that, or try again"),
    errno.ENOLCK: (
        "no file can be locked there, so two programs could write at once",
        "keep the folder on a disk of this machine",
    ),
    errno.EIO: ("the disk fails", "take a copy of what is there and change the disk"),
    errno.EMFILE: ("too many files are open", "start it again"),
    errno.ENFILE: ("too many files are open on this machine", "start the machine again"),
    errno.EADDRINUSE: ("another program uses it", "end that one, or choose another"),
    errno.EADDRNOTAVAIL: ("this machine has no such address", "choose one that it has"),
}


def meaning(error: OSError) -> str:
    """Return what *error* means and what to do, with the system's own words for looking it up."""
    own = error.strerror or str(error) or type(error).__name__
    why, remedy = _MEANS.get(error.errno or 0, ("", "look at the disk"))
    return f"{why} ({own}); {remedy}" if why else f"{own}; {remedy}"


def cannot_write(path: Path, error: OSError) -> Trouble:
    """Return the trouble (CANNOT_WRITE) that *path*, or a file that belongs to it, was not."""
    return Trouble(this_kiosk.CANNOT_WRITE, path=_at_fault(path, error), why=meaning(error))


def cannot_read(path: Path, error: OSError) -> Trouble:
    """Return the trouble (CANNOT_READ) that *path*, or a file that belongs to it, was not."""
    return Trouble(this_kiosk.CANNOT_READ, path=_at_fault(path, error), why=meaning(error))


def _at_fault(path: Path, error: OSError) -> Path:
    """Return the file of *path* that the system names, such as its second copy; else *path*."""
    named = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | Path) else path
    belongs = named.parent == path.parent and named.name.startswith(path.name)
    return named if belongs and named.suffix != ".new" else path
