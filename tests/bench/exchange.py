"""The exchange: a long backlog to a real central, beside a raw upload and a bare central.

The floor is the sum of two parts, each timed alone with the very bytes that the kiosk has sent: one
connection to a server that reads them and does nothing, and central's own application handed the
very same requests in a process that nobody else asks, warm, on a copy of the same database, with
no socket and nothing to be understood meanwhile. Before each part central has come to rest.
"""

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import msgspec
import urllib3

from kiosk import places, seal, wire
from kiosk.domain.world import RealWorld, new_id
from kiosk.store.device import Device, load_device, save_device
from kiosk.store.ledger import Ledger
from kiosk.store.published import PublishedContent
from kiosk.sync import report
from kiosk.sync.carrier import Carrier, Request, signed
from kiosk.sync.enrolment import join
from kiosk.sync.exchange import Exchange
from kiosk.sync.pace import Pace
from kiosk.wire.gzipped import gzipped
from screens.sweeping import SELDOM
from tests.bench.figure import Figure
from tests.bench.ingest import waiting_on_sqlite
from tests.drivers.fault_proxy import FaultProxy
from tests.drivers.library import Library
from tests.drivers.weather import Fault, Weather

BACKLOG = 5_000
"""Submissions of about 1,000 bytes."""
WORDS = "Mer öppet på söndagar, och gärna en skrivare som fungerar. " * 5
RUNS = 5
"""Drains; the one in the middle, by its ratio, is told."""
BARE_RUNS = 3
"""Of the bare central beside each drain; the middle one counts."""
RTT_S = 0.2
LOSSES = (Fault.RESET, Fault.LOST_ANSWER, Fault.CUT_REQUEST, Fault.CUT_ANSWER, Fault.SILENCE)
LOSS_RATE = 0.1
"""Share of requests that a lossy line breaks."""
_MOST_EXCHANGES = 200
"""After which a backlog that is not brought over a bad line never will be."""
_GIVE_UP_S = 120.0
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")

SINK = """
import socket, sys
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
while True:
    caller, _ = listening.accept()
    caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    heard = caller.makefile("rb")
    while line := heard.readline():
        length = 0
        while line.strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            line = heard.readline()
        heard.read(length)
        caller.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}")
"""

BARE = """
import io, sys, time
import msgspec
from kiosk.central.run.wsgi import application

def ask(path, body, headers):
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http",
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    for name, value in headers.items():
        name = name.upper().replace("-", "_")
        environ[name if name == "CONTENT_TYPE" else "HTTP_" + name] = value
    answer = application(environ, lambda status, _headers: told.append(status))
    b"".join(answer)
    answer.close()

told = []
with open(sys.argv[1], "rb") as file:
    warm, made = msgspec.msgpack.decode(file.read())
for each in warm:
    ask(*each)
began, worked = time.perf_counter(), time.process_time()
for each in made:
    ask(*each)
took = [time.perf_counter() - began, time.process_time() - worked]
assert set(told) == {"200 OK"}, told
print(msgspec.json.encode(took).decode())
"""

Made = tuple[str, bytes, dict[str, str]]
"""A request of a kiosk with its signature: address, body, headers."""


@dataclass(frozen=True, slots=True)
class Took:
    """What one drain took, and its floor."""

    drain_s: float
    """From the first byte to the last answer settled."""
    kiosk_s: float
    """Of the processor, in the kiosk."""
    central_s: float
    """Of the processor, in central until then, understanding included."""
    upload_s: float
    """The raw upload."""
    bare_s: float
    """The bare central."""
    bare_processor_s: float
    """Of the processor, in the bare central."""
    replay_s: float
    """The same requests, sent by nobody but a socket, to a central of their own."""

    @property
    def floor_s(self) -> float:
        """Both parts of the floor."""
        return self.upload_s + self.bare_s


class Recording(Carrier):
    """The real carrier, that keeps what it has sent."""

    def __init__(self, device: Device, home: Path) -> None:
        """Talk to the device's central."""
        super().__init__(device, keep=partial(save_device, home))
        self.sent: list[Made] = []
        """Inboxes, as sent."""

    def _ask(self, asked: Request, *how: Any, **named: Any) -> bytes:
        if asked.what == "inbox":
            headers = {**asked.headers, **signed(self.device, asked)}
            self.sent.append((asked.path, asked.body, headers))
        return super()._ask(asked, *how, **named)


def measure() -> list[Figure]:
    """Measure everything; takes about a minute."""
    with _sweeping_as_a_kiosk_does(), _library() as library:
        kiosk = _Kiosk(library)
        try:
            return [*_drains(library, kiosk), _over_a_bad_line(library, kiosk)]
        finally:
            kiosk.ledger.close()


class _Kiosk:
    """A real kiosk, but for the screens: ledger, carrier and exchange."""

    def __init__(self, library: Library) -> None:
        self.home = library.folder / "bench"
        told = library.kiosk("central", "enrol-code", "--branch", "1", "--json")
        join(self.home, library.url, told.json["code"])
        self.device = load_device(self.home)
        self.world = RealWorld()
        self.ledger = Ledger(places.ledger(self.home))
        self.pace = Pace()

    def save(self, many: int) -> None:
        """Hand in so many errands, without the cost of deriving each receipt."""
        for first in range(0, many, 500):
            with self.ledger.atomic():
                for _ in range(first, min(first + 500, many)):
                    self._save_one()
        self.ledger.tidy()

    def exchange(self, central: str = "") -> tuple[Exchange, Recording]:
        """Make what the courier runs, by way of *central* where given."""
        device = msgspec.structs.replace(self.device, central=central or self.device.central)
        carrier = Recording(device, self.home)
        published = PublishedContent(self.home, device.branch, device.branch_name)
        parts = (device, self.ledger, published, carrier, self.world, self.pace)
        return Exchange(*parts), carrier

    def _save_one(self) -> None:
        locator = f"{self.world.random_bits(128):032x}"
        contents = wire.Contents({"about": "hours", "mood": 4, "words": WORDS}, b"k" * 32, "sv")
        sealed = seal.seal(self.device.sealing_key, wire.encode(contents))
        handed = wire.Handed("feedback", self.device.branch, locator, sealed)
        event = wire.Event(
            id=new_id(self.world),
            seq=self.ledger.next_seq(),
            type="feedback" + wire.SUBMITTED,
            v=1,
            captured_at=self.world.now().replace(second=0, microsecond=0).isoformat(),
            boot=self.world.boot,
            mono_ms=self.world.monotonic_ms(),
            payload=msgspec.Raw(wire.encode(handed)),
        )
        self.ledger.append(event)
        self.ledger.begin_note(locator, event, "feedback")


def _drains(library: Library, kiosk: _Kiosk) -> Iterator[Figure]:
    """Drain a backlog a few times, each time beside its floor; tell the middle one."""
    runs = [_drain(library, kiosk, library.folder / f"copy{run}") for run in range(RUNS)]
    middle = sorted(runs, key=lambda took: took.drain_s / took.floor_s)[RUNS // 2]
    name = f"{BACKLOG:,} submissions drain"
    yield Figure(name, middle.drain_s, "s", "raw upload + bare central", middle.floor_s, 2.0)
    yield Figure("of that floor, the raw upload", middle.upload_s, "s")
    yield Figure("of that floor, the bare central", middle.bare_s, "s")
    yield Figure(name, middle.drain_s, "s", "the same requests, made in advance", middle.replay_s)
    both = middle.kiosk_s + middle.central_s
    yield Figure("processor of both", both, "s", "of the bare central", middle.bare_processor_s)
    yield Figure("of that, the kiosk's", middle.kiosk_s, "s")
    yield Figure("of that, central's until drained", middle.central_s, "s")


def _drain(library: Library, kiosk: _Kiosk, copy: Path) -> Took:
    """Drain a backlog, then do both parts of the floor with the very same bytes."""
    _wait_until_understood(library)
    warm = _warmed_up(kiosk)
    kiosk.save(BACKLOG)
    _wait_until_understood(library)
    bare = [copy / f"bare{each}" for each in range(BARE_RUNS)]
    for each in (*bare, copy / "replay"):
        _copy_central(library, each / "central")
    exchange, carrier = kiosk.exchange()
    gc.collect()
    os.sync()  # what was copied is not to be written while the drain writes
    theirs, mine, began = _processor_s(library), time.process_time(), time.perf_counter()
    outcome = exchange.run()
    drained_s = time.perf_counter() - began
    mine, theirs = time.process_time() - mine, _processor_s(library) - theirs
    if (outcome.stored, outcome.pending) != (BACKLOG, 0):
        raise AssertionError(f"{outcome}")
    _wait_until_understood(library)
    uploaded_s = _uploaded_s([body for _, body, _ in carrier.sent])
    took = [_bare_s(library, each, warm, carrier.sent) for each in bare]
    bare_s, bare_processor_s = sorted(took)[BARE_RUNS // 2]
    replayed_s = _replayed_s(copy / "replay", warm, carrier.sent)
    return Took(drained_s, mine, theirs, uploaded_s, bare_s, bare_processor_s, replayed_s)


def _warmed_up(kiosk: _Kiosk) -> list[Made]:
    """Bring one submission, and return the requests that did; repeating them changes nothing.

    Before that the kiosk hears all there is to hear of what it brought earlier: a drain is timed
    as the first thing after a silence, not amid the news of the drain before.
    """
    heard = None
    while heard != kiosk.ledger.fact("states_after"):
        heard = kiosk.ledger.fact("states_after")
        kiosk.exchange()[0].run()
    kiosk.save(1)
    exchange, carrier = kiosk.exchange()
    exchange.run()
    return carrier.sent


def _over_a_bad_line(library: Library, kiosk: _Kiosk) -> Figure:
    """Count the bytes a lossy line takes, against those of full batches on a good one."""
    sent = ideal = asked = broken = 0
    for seed in range(RUNS):
        kiosk.save(BACKLOG)
        ideal += _ideal_bytes(kiosk)
        weather = Weather(seed, LOSS_RATE, LOSSES)
        with FaultProxy(library.port, weather, rtt_s=RTT_S) as proxy:
            exchange, _ = kiosk.exchange(proxy.url)
            _bring_all(kiosk, exchange)
            sent += proxy.up_bytes
            asked += proxy.happened.total()
            broken += proxy.happened.total() - proxy.happened[Fault.NONE]
    if not broken:
        raise AssertionError("the line has broken nothing")
    name = f"bytes over {RTT_S * 1000:.0f} ms, {broken} of {asked} requests broken"
    return Figure(name, sent / 1e6, "MB", "full batches on a good line", ideal / 1e6, 1.3)


def _bring_all(kiosk: _Kiosk, exchange: Exchange) -> None:
    """Exchange until nothing waits, without the pauses of a courier."""
    for _ in range(_MOST_EXCHANGES):
        if not kiosk.ledger.pending:
            return
        outcome = exchange.run()
    raise AssertionError(f"{outcome}")


def _ideal_bytes(kiosk: _Kiosk) -> int:
    """Return how many bytes all that waits takes in full batches."""
    waiting = kiosk.ledger.unsent()
    published = PublishedContent(kiosk.home, kiosk.device.branch, kiosk.device.branch_name)
    many = 0
    for first in range(0, len(waiting), wire.MAX_BATCH_ITEMS):
        batch = waiting[first : first + wire.MAX_BATCH_ITEMS]
        message = report.inbox(published, kiosk.device, kiosk.ledger, kiosk.world, batch)
        many += len(gzipped(wire.encode(message)))
    return many


def _uploaded_s(bodies: list[bytes]) -> float:
    """Time the same bytes over one connection to a server that only reads them."""
    sink = subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    port = int(sink.stdout.readline())
    pool = urllib3.PoolManager()
    began = time.perf_counter()
    for body in bodies:
        pool.request("POST", f"http://127.0.0.1:{port}/", body=body)
    took = time.perf_counter() - began
    sink.terminate()
    sink.wait()
    sink.stdout.close()
    return took


def _bare_s(
    library: Library, folder: Path, warm: list[Made], sent: list[Made]
) -> tuple[float, float]:
    """Time the same requests inside a central that nobody else asks: by the wall, and its work."""
    requests = folder / "requests"
    requests.write_bytes(msgspec.msgpack.encode((warm, sent)))
    os.sync()
    told = subprocess.run(
        [sys.executable, "-c", BARE, str(requests)],
        env=library.environment | {"KIOSK_CENTRAL_HOME": str(folder / "central")},
        capture_output=True,
        text=True,
        check=True,
        timeout=_GIVE_UP_S,
    )
    return msgspec.json.decode(told.stdout, type=tuple[float, float])


def _replayed_s(folder: Path, warm: list[Made], sent: list[Made]) -> float:
    """Time the same requests at a central of their own, over one connection."""
    library = Library(folder).start()
    try:
        with closing(HTTPConnection("127.0.0.1", library.port, timeout=_GIVE_UP_S)) as line:
            _post(line, warm)
            os.sync()
            began = time.perf_counter()
            _post(line, sent)
            return time.perf_counter() - began
    finally:
        library.stop()


def _post(line: HTTPConnection, requests: list[Made]) -> None:
    for path, body, headers in requests:
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(answer.status)


def _copy_central(library: Library, to: Path) -> None:
    """Copy a central that runs, its database as of one moment."""
    home = library.folder / "central"
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("*.sqlite3*"))
    with (
        closing(sqlite3.connect(home / "central.sqlite3")) as database,
        closing(sqlite3.connect(to / "central.sqlite3")) as copy,
    ):
        database.backup(copy)


def _wait_until_understood(library: Library) -> None:
    """Wait until central rests."""
    until = time.monotonic() + _GIVE_UP_S
    while waiting_on_sqlite(library.folder / "central" / "central.sqlite3"):
        if time.monotonic() > until:
            raise TimeoutError("central does not come to an end")
        time.sleep(0.05)


def _processor_s(library: Library) -> float:
    """Return how long central has worked, in all its processes."""
    told = [Path(f"/proc/{each}/stat").read_text("ascii") for each in library.serving]
    ticks = [each.rpartition(")")[2].split()[11:13] for each in told]
    return sum(int(tick) for user_and_system in ticks for tick in user_and_system) / _TICKS_A_SECOND


@contextmanager
def _sweeping_as_a_kiosk_does() -> Iterator[None]:
    """Let the collector of this process look for what `kiosk run` lets it look for."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def _library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        library = Library(Path(name)).set_up().start()
        try:
            yield library
        finally:
            library.stop()
