"""The fleet: two thousand kiosks that come back in the same minute, and what each of them costs."""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure
from tests.drivers.library import Library

SIZES = (100, 500, 2_000)
SUBMISSIONS_A_KIOSK = 3
MINUTE_S = 60.0
"""In which the largest fleet comes back; smaller ones take as long a kiosk."""
_GIVE_UP_S = 1_800.0
_TICKS = 100
"""Of /proc/PID/stat a second; see proc(5)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one fleet was told, and what it cost."""

    told: dict[str, Any]
    """What `kiosk central simulate --json` says."""
    central_ms: float
    """CPU of central for one kiosk: joining, and coming back with what its visitors handed in."""
    kiosk_ms: float
    """CPU of one kiosk for the same, and for handing in."""


def measure() -> list[Figure]:
    """Play three sizes of fleet, each against a central of its own; takes some minutes."""
    figures: list[Figure] = []
    seen: dict[int, Seen] = {}
    for many in SIZES:
        with _folder() as folder:
            seen[many] = _played(folder, many)
        figures += _of_one(many, seen[many])
    small, large = seen[SIZES[0]], seen[SIZES[-1]]
    name, small_name = f"at {SIZES[-1]:,} kiosks", f"at {SIZES[0]:,}"
    return [
        *figures,
        Figure(
            f"central's CPU a kiosk {name}",
            large.central_ms,
            "ms",
            small_name,
            small.central_ms,
            1.3,
        ),
        Figure(f"CPU of a kiosk {name}", large.kiosk_ms, "ms", small_name, small.kiosk_ms, 1.3),
    ]


def _of_one(many: int, seen: Seen) -> list[Figure]:
    told, name = seen.told, f"{many:,} kiosks"
    missing = many * SUBMISSIONS_A_KIOSK - told["accepted"] + told["doubled"]
    return [
        Figure(f"{name}: not accepted, or doubled", missing, "", most=0),
        Figure(f"{name}: requests that failed", told["failed"], "", most=0),
        Figure(f"{name}: half of the requests within", told["p50_ms"], "ms"),
        Figure(f"{name}: 99 of 100 requests within", told["p99_ms"], "ms", most=1_000),
        Figure(f"{name}: all were back after", told["took_s"], "s"),
        Figure(f"{name}: central's CPU a kiosk", seen.central_ms, "ms"),
        Figure(f"{name}: CPU of a kiosk", seen.kiosk_ms, "ms"),
    ]


def _played(folder: Path, many: int) -> Seen:
    library = Library(folder).set_up().start()
    try:
        before = _children_s()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "kiosk.cli", "central", "simulate", "--json"),
                *("--central", library.url, "--kiosks", str(many), "--keep"),
                *("--submissions", str(many * SUBMISSIONS_A_KIOSK)),
                *("--within", str(MINUTE_S * many / SIZES[-1])),
            ],
            env=library.environment,
            stdout=subprocess.PIPE,
            check=False,
            timeout=_GIVE_UP_S,
        )
        fleet_s = _children_s() - before
        central_s = _cpu_s(library.pid)
    finally:
        library.stop()
    return Seen(json.loads(done.stdout), central_s / many * 1000, fleet_s / many * 1000)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu_s(pid: int) -> float:
    """Return what a process and all below it have used of the processors."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(stat[11]) + int(stat[12])) / _TICKS + sum(_cpu_s(int(each)) for each in below)


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on the disk of the working directory: a temporary one may be in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        yield Path(name)
