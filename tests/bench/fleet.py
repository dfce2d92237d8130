"""The fleet: two thousand kiosks that come back in the same minute, and what each of them costs.

They are those of a country, in libraries of forty with two at each branch. Each hands in a sign-up
and an opinion while it has no network, and all come back within a minute: smaller fleets in as
much less time, so that as many come a second.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure
from tests.drivers import postgres
from tests.drivers.library import Library

SIZES = (100, 500, 2_000)
KIOSKS_A_LIBRARY = 40
SUBMISSIONS_A_KIOSK = 2
MINUTE_S = 60.0
"""In which the largest fleet comes back."""
MOST_MS = 25.0
"""Of central's CPU for a kiosk that comes back."""
_GIVE_UP_S = 1_800.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """One size of fleet, on one database."""

    many: int
    """Kiosks."""
    database: str
    """`SQLite` or `PostgreSQL`."""
    seen: dict[str, Any]
    """What `tests.bench.country` tells."""

    @property
    def name(self) -> str:
        """How its figures are called."""
        return f"{self.database}, {self.many:,} kiosks"


def measure() -> list[Figure]:
    """Play three sizes of fleet on two databases, each against a central of its own.

    Takes ten minutes; KIOSK_BENCH_FLEET=100,500 plays only these sizes.
    """
    chosen = os.environ.get("KIOSK_BENCH_FLEET", "")
    sizes = [int(each) for each in chosen.split(",") if each] or SIZES
    figures: list[Figure] = []
    for database in ("SQLite", "PostgreSQL"):
        fleets = [_played(many, database) for many in sizes]
        figures += [figure for fleet in fleets for figure in _figures(fleet)]
        figures += [_flat(fleets[0], fleet) for fleet in fleets[1:]]
    return figures


def _figures(fleet: Fleet) -> list[Figure]:
    told, name = fleet.seen, fleet.name
    quick = 1_000 if fleet.many == SIZES[0] else None
    return [
        Figure(f"{name}: lost, or doubled", told["lost"] + told["doubled"], "", most=0),
        Figure(f"{name}: still waiting when it ended", told["waiting"], "", most=0),
        Figure(f"{name}: accepted", told["accepted"], ""),
        Figure(f"{name}: requests answered", told["requests"], ""),
        Figure(f"{name}: requests that failed", told["failed"], "", most=0),
        Figure(f"{name}: requests put off, and made again", told["put_off"], ""),
        Figure(f"{name}: half of the requests within", told["p50_ms"], "ms"),
        Figure(f"{name}: 99 of 100 requests within", told["p99_ms"], "ms", most=quick),
        Figure(f"{name}: all were back after", told["took_s"], "s"),
        Figure(f"{name}: central's CPU a kiosk, joining", told["central_joining_ms"], "ms"),
        Figure(f"{name}: central's CPU a kiosk, back", told["central_back_ms"], "ms", most=MOST_MS),
        Figure(f"{name}: CPU of a kiosk, back", told["kiosk_back_ms"], "ms"),
    ]


def _flat(small: Fleet, large: Fleet) -> Figure:
    return Figure(
        f"{large.name}: central's CPU a kiosk, back",
        large.seen["central_back_ms"],
        "ms",
        f"at {small.many:,}",
        small.seen["central_back_ms"],
        most=1.3,
    )


def _played(many: int, database: str) -> Fleet:
    with _folder() as folder:
        url = postgres.fresh() if database == "PostgreSQL" else ""
        library = Library(folder, database=url).set_up()
        _run(library, "found", -(-many // KIOSKS_A_LIBRARY))
        library.start()
        try:
            within_s = MINUTE_S * many / SIZES[-1]
            told = _run(
                *(library, "play", library.url, many, many * SUBMISSIONS_A_KIOSK, within_s),
                library.pid,
            )
        finally:
            library.stop()
    return Fleet(many, database, json.loads(told))


def _run(library: Library, *words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.country", *map(str, words)],
        env=library.environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=_GIVE_UP_S,
    )
    return done.stdout


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on the disk of the working directory: a temporary one may be in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        yield Path(name)
