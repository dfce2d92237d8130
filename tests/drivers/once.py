"""What is made once for a whole test run, by whichever of its processes needs it first."""

import atexit
import fcntl
import functools
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

RUN = "PYTEST_XDIST_TESTRUNUID"
"""By which the processes of a test run know that they belong together."""


def once(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder *name* of this run, which *make* has filled once; to be copied from."""
    made = run() / name
    with (run() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = Path(tempfile.mkdtemp(dir=run()))
            make(begun)
            begun.rename(made)
    return made


@functools.cache
def run() -> Path:
    """Return the folder that all processes of this run share; the last to end deletes it."""
    if RUN not in os.environ:
        alone = Path(tempfile.mkdtemp(prefix="kiosk-run-"))
        atexit.register(shutil.rmtree, alone, ignore_errors=True)
        return alone
    shared = Path(tempfile.gettempdir()) / f"kiosk-run-{os.environ[RUN]}"
    shared.mkdir(mode=0o755, exist_ok=True)
    here = os.open(shared / "here", os.O_CREAT | os.O_RDWR)
    fcntl.flock(here, fcntl.LOCK_SH)
    atexit.register(_leave, shared, here)
    return shared


def _leave(shared: Path, here: int) -> None:
    fcntl.flock(here, fcntl.LOCK_UN)
    try:
        fcntl.flock(here, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody is still at it
    shutil.rmtree(shared, ignore_errors=True)
