"""Resident memory: what a process, or a whole tree of them, keeps in the machine's memory."""

import time
from pathlib import Path

CALM = 0.01
"""Memory that changes by less than this share from one second to the next has settled."""
SETTLES_WITHIN_S = 60


def resident_mib(process_id: int) -> float:
    """Return the resident set of one process."""
    return _kib(Path(f"/proc/{process_id}/status"), "VmRSS:") / 1024


def share_mib(process_id: int) -> float:
    """Return the proportional share of a process and all it has started."""
    pids = tree(process_id)
    return sum(_kib(Path(f"/proc/{each}/smaps_rollup"), "Pss:") for each in pids) / 1024


def settled_share_mib(process_id: int) -> float:
    """Return the proportional share once it has settled for three seconds."""
    last, calm = share_mib(process_id), 0
    for _ in range(SETTLES_WITHIN_S):
        time.sleep(1)
        now = share_mib(process_id)
        calm = calm + 1 if abs(now - last) < CALM * last else 0
        last = now
        if calm == 3:
            break
    return last


def tree(process_id: int) -> list[int]:
    """Name a process and all it has started, and what those have started."""
    found = [process_id]
    try:
        for thread in Path(f"/proc/{process_id}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += tree(int(child))
    except OSError:  # it has just ended
        return found
    return found


def _kib(file: Path, name: str) -> int:
    try:
        told = file.read_text()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith(name)), 0)
