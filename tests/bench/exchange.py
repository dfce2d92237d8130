"""The exchange: a long backlog to a real central, beside a raw upload and a bare ingest of it."""

import gc
import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import msgspec
import urllib3

from kiosk import places, seal, wire
from kiosk.domain.world import RealWorld, new_id
from kiosk.store.device import Device, load_device, save_device
from kiosk.store.ledger import Ledger
from kiosk.store.published import Published
from kiosk.sync import report
from kiosk.sync.carrier import Carrier, Question
from kiosk.sync.enrolment import join
from kiosk.sync.exchange import Exchange
from kiosk.sync.line import Line, Patience
from kiosk.sync.pace import Pace
from tests.bench.figure import Figure
from tests.drivers.fault_proxy import FaultProxy
from tests.drivers.library import Library
from tests.drivers.weather import Fault, Weather

BACKLOG = 5_000
WORDS = "Mer öppet på söndagar, och gärna en skrivare som fungerar. " * 5
RUNS = 3
RTT_S = 0.2
LOSSES = (Fault.RESET, Fault.LOST_ANSWER, Fault.CUT_REQUEST, Fault.CUT_ANSWER, Fault.SILENCE)
LOSS_RATE = 0.05
"""Share of requests that a lossy line breaks."""

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

TAKE_IN = """
import sys, time
from pathlib import Path
from kiosk.central.operations.ready import prepare
prepare()
from kiosk import wire
from kiosk.central import tenancy
from kiosk.central.branches.models import Device
from kiosk.central.intake import actions
from kiosk.central.intake.envelope import unpack
bodies = [each.read_bytes() for each in sorted(Path(sys.argv[2]).iterdir())]
with tenancy.everywhere():
    device = Device.objects.select_related("tenant", "branch").get(pk=sys.argv[1])
    began = time.perf_counter()
    for body in bodies:
        wire.encode(actions.take_in(device, unpack(body, device)))
    print(time.perf_counter() - began)
"""


class Recording(Carrier):
    """The real carrier, that keeps what it has sent."""

    def __init__(self, device: Device, home: Path) -> None:
        """Talk to the device's central."""
        super().__init__(device, keep=partial(save_device, home))
        self.sent: list[bytes] = []
        """Bodies of inboxes, as sent."""

    def _ask(
        self, asked: Question, patience: Patience | None = None, line: Line | None = None
    ) -> bytes:
        if asked.what == "inbox":
            self.sent.append(asked.body)
        return super()._ask(asked, patience, line)


def measure() -> list[Figure]:
    """Measure everything; takes a minute or two."""
    with _library() as library:
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
        published = Published(self.home, device.branch, device.branch_name)
        parts = (self.home, device, self.ledger, published, carrier, self.world, self.pace)
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
    """Drain a backlog, then do both parts of the floor with the very same bytes."""
    ours, floors, uploads, inside = [], [], [], []
    for run in range(RUNS):
        kiosk.exchange()[0].run()
        kiosk.save(BACKLOG)
        copy = library.folder / f"copy{run}"
        shutil.copytree(library.folder / "central", copy)
        exchange, carrier = kiosk.exchange()
        gc.collect()
        began = time.perf_counter()
        outcome = exchange.run()
        ours.append(time.perf_counter() - began)
        if (outcome.stored, outcome.pending) != (BACKLOG, 0):
            raise AssertionError(f"{outcome}")
        uploads.append(_uploaded_s(carrier.sent))
        inside.append(_taken_in_s(library, copy, kiosk.device.device, carrier.sent))
        floors.append(uploads[-1] + inside[-1])
    middle = sorted(range(RUNS), key=lambda run: ours[run] / floors[run])[RUNS // 2]
    name = f"{BACKLOG:,} submissions drain"
    yield Figure(name, ours[middle], "s", "raw upload + bare ingest", floors[middle], 1.5)
    yield Figure("of that floor, the raw upload", median(uploads), "s")
    yield Figure("of that floor, the bare ingest", median(inside), "s")


def _over_a_bad_line(library: Library, kiosk: _Kiosk) -> Figure:
    """Count the bytes a lossy line takes, against those of full batches on a good one."""
    sent = ideal = 0
    for seed in range(RUNS):
        kiosk.save(BACKLOG)
        ideal += _ideal_bytes(kiosk)
        weather = Weather(seed, LOSS_RATE, LOSSES)
        with FaultProxy(library.port, weather, rtt_s=RTT_S) as proxy:
            exchange, _ = kiosk.exchange(proxy.url)
            while kiosk.ledger.pending:
                exchange.run()
            sent += proxy.up_bytes
    name = f"bytes over {RTT_S * 1000:.0f} ms and {LOSS_RATE:.0%} broken requests"
    return Figure(name, sent / 1e6, "MB", "full batches on a good line", ideal / 1e6, 1.3)


def _ideal_bytes(kiosk: _Kiosk) -> int:
    """Return how many bytes all that waits takes in full batches."""
    waiting = kiosk.ledger.unsent()
    many = 0
    for first in range(0, len(waiting), wire.MAX_BATCH_ITEMS):
        batch = waiting[first : first + wire.MAX_BATCH_ITEMS]
        message = report.inbox(kiosk.home, kiosk.device, kiosk.ledger, kiosk.world, batch)
        many += len(gzip.compress(wire.encode(message), mtime=0))
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


def _taken_in_s(library: Library, copy: Path, device: str, bodies: list[bytes]) -> float:
    """Time the same batches inside a central that nobody else asks: no socket, no signatures."""
    folder = copy / "bodies"
    folder.mkdir()
    for number, body in enumerate(bodies):
        (folder / f"{number:05d}").write_bytes(body)
    told = subprocess.run(
        [sys.executable, "-c", TAKE_IN, device, str(folder)],
        env=library.environment | {"KIOSK_CENTRAL_HOME": str(copy)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout)


@contextmanager
def _library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        library = Library(Path(name)).set_up().start()
        try:
            yield library
        finally:
            library.stop()
