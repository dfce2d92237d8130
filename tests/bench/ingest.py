"""The intake: what central takes in per second, beside what its database alone takes."""

import multiprocessing
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from kiosk import wire
from tests.bench.brought import ITEMS, Kiosk, Request, at_once
from tests.bench.figure import Figure
from tests.drivers.library import Library
from tests.drivers.postgres import Postgres

KIOSKS = 8
REQUESTS = 6
"""Of each kiosk."""
ONE_BY_ONE = 400
"""Submissions sent the peers' way."""
_RUNS = 3
_GIVE_UP_S = 300.0
_COLUMNS = (
    "tenant_id, id, device_id, digest, seq, type, v, about, body, batch, receipt, received_at,"
    " held_reason, waiting"
)

Row = tuple[Any, ...]


def measure() -> list[Figure]:
    """Measure on PostgreSQL with two workers, then on SQLite with one; takes some minutes."""
    with _folder() as folder:
        return [*_on_postgresql(folder / "postgresql"), *_on_sqlite(folder / "sqlite")]


def _on_postgresql(folder: Path) -> Iterator[Figure]:
    server = Postgres(durable=True).start()
    url = server.url(server.empty())
    try:
        with _central(folder, url, workers=2) as library:
            kiosks = _fleet(library)
            _at_once(kiosks)  # the first requests find everything cold
            understood = _understood(kiosks, lambda: _waiting_on_postgresql(url))
            peer = _one_by_one(library, kiosks[0])
            floor = [_copied(url, _rows(_requests(kiosks))) for _ in range(_RUNS)]
            ours = [_burst(kiosks) for _ in range(_RUNS)]
        yield from _figures("PostgreSQL", max(ours), max(floor), "COPY, INSERT SELECT", 0.5, None)
        yield Figure("PostgreSQL: brought and understood", understood, "items/s")
        yield Figure("PostgreSQL", max(ours), "items/s", "one a request, ORM", peer)
    finally:
        server.remove()


def _on_sqlite(folder: Path) -> Iterator[Figure]:
    with _central(folder, "", workers=1) as library:
        kiosks = _fleet(library)
        _at_once(kiosks)
        file = folder / "central" / "central.sqlite3"
        understood = _understood(kiosks, lambda: waiting_on_sqlite(file))
        peer = _one_by_one(library, kiosks[0])
        floor = [
            _inserted(file, folder / "floor.sqlite3", _rows(_requests(kiosks)))
            for _ in range(_RUNS)
        ]
        ours = [_burst(kiosks) for _ in range(_RUNS)]
    yield from _figures("SQLite", max(ours), max(floor), "executemany", 0.25, 12_000)
    yield Figure("SQLite: brought and understood", understood, "items/s")
    yield Figure("SQLite", max(ours), "items/s", "one a request, ORM", peer)


def _figures(
    name: str, ours: float, floor: float, against: str, least: float, enough: float | None
) -> Iterator[Figure]:
    yield Figure(
        f"{name} through HTTP", ours, "items/s", against, floor, least=least, enough=enough
    )


def _burst(kiosks: Sequence[Kiosk]) -> float:
    """Return the events a second that are taken in, while earlier ones are being understood."""
    requests = _requests(kiosks)
    return _many(requests) / at_once(kiosks, requests)


def _understood(kiosks: Sequence[Kiosk], waiting: Callable[[], int]) -> float:
    """Return the events a second from their first byte until they are understood."""
    requests = [[kiosk.request(ITEMS)] for kiosk in kiosks]
    began = time.perf_counter()
    at_once(kiosks, requests)
    while waiting():
        if time.perf_counter() - began > _GIVE_UP_S:
            raise TimeoutError("the interpreter does not come to an end")
        time.sleep(0.05)
    return _many(requests) / (time.perf_counter() - began)


def _many(requests: Sequence[Sequence[Request]]) -> int:
    return sum(len(request.events) for each in requests for request in each)


def _requests(kiosks: Sequence[Kiosk]) -> list[list[Request]]:
    left = [ITEMS * (REQUESTS - 1 - number) for number in range(REQUESTS)]
    return [[kiosk.request(more=more) for more in left] for kiosk in kiosks]


def _at_once(kiosks: Sequence[Kiosk]) -> None:
    at_once(kiosks, [[kiosk.request(5)] for kiosk in kiosks])


def _rows(requests: Sequence[Sequence[Request]]) -> list[list[Row]]:
    """Make the rows of the table that those requests become, a list for each request."""
    now = datetime.now(UTC)
    return [
        [_row(body, number, now) for body in request.events]
        for number, each in enumerate(requests)
        for request in each
    ]


def _row(body: bytes, number: int, now: datetime) -> Row:
    event = wire.decode(body, wire.Event)
    device = f"0198c5e2-0000-7000-8000-00000000{number:04}"
    told = (wire.digest(body), event.seq, event.type, event.v, None, body)
    return ("floor", event.id, device, *told, "b", 1, now, "", False)


def _copied(url: str, batches: list[list[Row]]) -> float:
    """Return the items a second that two connections put into the table itself, nothing else."""
    halves = (batches[0::2], batches[1::2])
    started = multiprocessing.Barrier(len(halves) + 1)
    workers = [multiprocessing.Process(target=_copy, args=(url, half, started)) for half in halves]
    for each in workers:
        each.start()
    started.wait()
    began = time.perf_counter()
    for each in workers:
        each.join()
    took = time.perf_counter() - began
    if any(each.exitcode for each in workers):
        raise AssertionError("the floor could not be measured")
    return sum(map(len, batches)) / took


def _copy(url: str, batches: list[list[Row]], started: Any) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT set_config('kiosk.tenant', 'floor', false)")
        connection.execute(
            "CREATE TEMP TABLE floor (LIKE intake_event INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
        )
        started.wait()
        for batch in batches:
            with connection.transaction(), connection.cursor() as cursor:
                with cursor.copy(f"COPY floor ({_COLUMNS}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
                cursor.execute(
                    f"INSERT INTO intake_event ({_COLUMNS}) SELECT {_COLUMNS} FROM floor"
                    " ORDER BY id ON CONFLICT DO NOTHING"
                )


def _inserted(model: Path, file: Path, batches: list[list[Row]]) -> float:
    """Return the items a second that one transaction puts into the same table of SQLite."""
    with sqlite3.connect(f"file:{model}?mode=ro", uri=True) as known:
        made = known.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'intake_event' AND sql IS NOT NULL"
            " ORDER BY type DESC"
        ).fetchall()
    known.close()
    rows = [_as_sqlite(row) for batch in batches for row in batch]
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    floor = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        floor.execute(f"PRAGMA {pragma}")
    for (sql,) in made:
        floor.execute(sql)
    places = ", ".join("?" * len(rows[0]))
    began = time.perf_counter()
    floor.execute("BEGIN IMMEDIATE")
    floor.executemany(f"INSERT INTO intake_event ({_COLUMNS}) VALUES ({places})", rows)
    floor.execute("COMMIT")
    took = time.perf_counter() - began
    floor.close()
    return len(rows) / took


def _as_sqlite(row: Row) -> Row:
    tenant, identity, device, *middle, at, held, waiting = row
    short = (identity.replace("-", ""), device.replace("-", ""))
    return (tenant, *short, *middle, at.isoformat(" "), held, waiting)


def _one_by_one(library: Library, kiosk: Kiosk) -> float:
    """Return the submissions a second when each comes in a request of its own, through the ORM."""
    events = kiosk.request(ONE_BY_ONE).events
    port = _free_port()
    peer = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "tests.bench.peer:application"),
            *("--workers", str(library.workers)),
            *("--worker-class", "gthread", "--threads", "4", "--bind", f"127.0.0.1:{port}"),
            *("--no-control-socket", "--log-level", "error"),
        ],
        env=library.environment,
    )
    try:
        _wait_until_it_answers(port)
        took = _posted(f"127.0.0.1:{port}", events)
    finally:
        peer.terminate()
        peer.wait()
    return len(events) / took


def _posted(address: str, events: list[bytes]) -> float:
    from http.client import HTTPConnection

    def posting(mine: list[bytes]) -> None:
        connection = HTTPConnection(address, timeout=60)
        for each in mine:
            connection.request("POST", "/", each)
            answer = connection.getresponse()
            if (answer.status, answer.read()) != (200, b"ok"):
                raise AssertionError(answer.status)
        connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(4) as posters:
        list(posters.map(posting, [events[n::4] for n in range(4)]))
    return time.perf_counter() - began


def _wait_until_it_answers(port: int) -> None:
    import socket

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the peer does not answer")


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _fleet(library: Library) -> list[Kiosk]:
    codes = [
        library.kiosk("central", "enrol-code", "--branch", "1", "--json").json["code"]
        for _ in range(KIOSKS)
    ]
    return [Kiosk(f"127.0.0.1:{library.port}", code) for code in codes]


@contextmanager
def _central(folder: Path, url: str, workers: int) -> Iterator[Library]:
    library = Library(folder, database=url, workers=workers).set_up().start()
    try:
        yield library
    finally:
        library.stop()


def _waiting_on_postgresql(url: str) -> int:
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('kiosk.tenant', '*', false)")
        found = connection.execute("SELECT count(*) FROM intake_event WHERE waiting").fetchone()
        return int(found[0]) if found else 0


def waiting_on_sqlite(file: Path) -> int:
    """Count the events that central has taken in and not understood."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    (many,) = connection.execute("SELECT count(*) FROM intake_event WHERE waiting").fetchone()
    connection.close()
    return int(many)


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on the disk of the working directory: a temporary one may be in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        for each in ("postgresql", "sqlite"):
            (Path(name) / each).mkdir()
        yield Path(name)
