"""The store: what one durable save costs, beside what the disk itself costs."""

import gc
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from tinydb import TinyDB

from kiosk import seal
from kiosk.store.ledger import Ledger
from kiosk.store.table import DurableTinyDB
from tests.bench.figure import Figure, middle_ms
from tests.drivers.branch import event

STORED = (100, 1_000, 10_000, 100_000)
SAVES = 300
STOCK_STORED = (100, 1_000)
STOCK_SAVES = 15
UNSENT = 1_000

_INSERT = "INSERT INTO outbox VALUES (:id, :seq, :at, :body, :receipt, :epoch)"

SAVE_FOR_EVER = """
import sys
from pathlib import Path
from kiosk.store.ledger import Ledger
from tests.drivers.branch import event
ledger = Ledger(Path(sys.argv[1]))
ledger.tidy()
for number in range(1, int(sys.argv[2]) + 1):
    with ledger.atomic():
        ledger.append(event(number))
        ledger.begin_note(f"{number:032x}", event(number), "feedback")
import os
os._exit(0)
"""


def measure() -> list[Figure]:
    """Measure everything; takes about a minute, most of it for 100,000 documents."""
    figures: list[Figure] = []
    with _folder() as folder:
        ours = {}
        for stored in STORED:
            ours[stored], lines = _inserts(folder, stored)
            figures += lines
        grown = Figure(
            "an insert at 100,000 stored", ours[100_000], "ms", "at 100 stored", ours[100], 1.3
        )
        figures += [grown, *_stock(folder, ours), _sealing(), *_flushes(folder)]
        figures += [*_opening(folder), _memory(folder)]
    return figures


def _inserts(folder: Path, stored: int) -> tuple[float, list[Figure]]:
    """Time inserts in turn with appends and with SQLite, so that all meet the same disk."""
    db = DurableTinyDB(folder / f"ours-{stored}.json")
    table = db.table("outbox")
    for first in range(0, stored, 1_000):
        table.insert_multiple(_row(n) for n in range(first, min(first + 1_000, stored)))
    db.storage.checkpoint()  # type: ignore[attr-defined]
    plain = os.open(folder / "append", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sqlite = _sqlite(folder / f"peer-{stored}.sqlite3", stored)
    took: dict[str, list[float]] = {"ours": [], "append": [], "blocks": [], "sqlite": []}
    gc.collect()
    for number in range(stored, stored + SAVES):
        if number % 40 == 0:
            db.storage.prepare()  # type: ignore[attr-defined]
        row = _row(number)
        body = json.dumps(row).encode()
        took["ours"].append(_timed(table.insert, row))
        took["append"].append(_timed(_append, plain, body))
        took["blocks"].append(_timed(_append, plain, bytes(8192)))
        took["sqlite"].append(_timed(_save, sqlite, row))
    os.close(plain)
    sqlite.close()
    db.close()
    middle = {name: middle_ms(each) for name, each in took.items()}
    name = f"an insert at {stored:,} stored"
    return middle["ours"], [
        Figure(name, middle["ours"], "ms", "append + fdatasync", middle["append"], 1.6),
        Figure(name, middle["ours"], "ms", "the same of 8 KiB", middle["blocks"]),
        Figure(name, middle["ours"], "ms", "SQLite WAL FULL", middle["sqlite"], 1.1),
    ]


def _stock(folder: Path, ours: dict[int, float]) -> Iterator[Figure]:
    for stored in STOCK_STORED:
        with TinyDB(folder / f"stock-{stored}.json") as db:
            table = db.table("outbox")
            table.insert_multiple(_row(n) for n in range(stored))
            took = [_timed(table.insert, _row(n)) for n in range(STOCK_SAVES)]
        name = f"an insert at {stored:,} stored"
        yield Figure(name, ours[stored], "ms", "stock TinyDB", middle_ms(took))


def _sealing() -> Figure:
    public, answers = seal.new_sealing_pair().public, b"x" * 600
    took = [_timed(seal.seal, public, answers) for _ in range(300)]
    return Figure("sealing 600 bytes (not part of the above)", middle_ms(took), "ms")


def _flushes(folder: Path) -> Iterator[Figure]:
    """Count the flushes of the device that a hundred more saves ask the system for."""
    if which("strace") is None:
        return
    counted = [_traced(folder / f"traced-{saves}.json", saves) for saves in (20, 120)]
    yield Figure("flushes a save (strace)", (counted[1] - counted[0]) / 100, "", most=1)


def _traced(path: Path, saves: int) -> int:
    told = path.with_suffix(".strace")
    traced = ["strace", "-f", "-o", str(told), "-e", "trace=fsync,fdatasync,sync_file_range,msync"]
    subprocess.run(
        [*traced, sys.executable, "-c", SAVE_FOR_EVER, str(path), str(saves)], check=True
    )
    return sum("sync" in line for line in told.read_text().splitlines())


def _opening(folder: Path) -> Iterator[Figure]:
    for how, ends in (("", True), (" after a power cut", False)):
        path = folder / f"open{ends}.json"
        took = []
        for _ in range(5):
            for each in folder.glob(f"{path.name}*"):
                each.unlink()
            _fill(path, ends=ends)
            began = time.perf_counter()
            ledger = Ledger(path)
            took.append(time.perf_counter() - began)
            if ledger.pending != UNSENT:
                raise AssertionError(f"{ledger.pending} of {UNSENT} are there")
            ledger.close()
        yield Figure(f"opening with 1,000 unsent{how}", middle_ms(took), "ms", most=60)


def _fill(path: Path, *, ends: bool) -> None:
    ledger = Ledger(path)
    with ledger.atomic():
        for number in range(1, UNSENT + 1):
            ledger.append(event(number, words="x" * 600))
            ledger.begin_note(f"{number:032x}", event(number), "feedback")
    if ends:
        ledger.close()
    else:
        ledger.books.storage._closed = True
        ledger.books.storage._holder.release()


def _memory(folder: Path) -> Figure:
    gc.collect()
    tracemalloc.start()
    ledger = DurableTinyDB(folder / "ours-10000.json")
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    many = len(ledger.table("outbox"))
    ledger.close()
    size = len(json.dumps(_row(1)))
    return Figure("memory a document", taken / many, "bytes", "its JSON", size)


def _row(number: int) -> dict[str, Any]:
    """Make a row of the outbox as a submission of 600 sealed bytes leaves it."""
    return {
        "id": f"0198c0de-0000-7000-8000-{number:012d}",
        "seq": number,
        "at": "2026-11-26T10:30+01:00",
        "body": f"{number:032x}" + "x" * 1_100,
        "receipt": 0,
        "epoch": "",
    }


def _sqlite(path: Path, stored: int) -> sqlite3.Connection:
    sqlite = sqlite3.connect(path, isolation_level=None)
    sqlite.execute("PRAGMA journal_mode = WAL")
    sqlite.execute("PRAGMA synchronous = FULL")
    sqlite.execute(
        "CREATE TABLE outbox (id TEXT PRIMARY KEY, seq INTEGER, at TEXT, body TEXT,"
        " receipt INTEGER, epoch TEXT)"
    )
    sqlite.execute("BEGIN")
    sqlite.executemany(_INSERT, (_row(n) for n in range(stored)))
    sqlite.execute("COMMIT")
    return sqlite


def _save(sqlite: sqlite3.Connection, row: dict[str, Any]) -> None:
    sqlite.execute(_INSERT, row)


def _append(opened: int, body: bytes) -> None:
    os.write(opened, body)
    os.fdatasync(opened)


def _timed(call: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - began


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on the disk of the working directory: a temporary one may be in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        yield Path(name)
