"""What kiosks bring in benchmarks: requests that are sealed and signed before the clock starts."""

import base64
import gzip
import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from kiosk import seal, wire
from kiosk.domain.world import RealWorld, new_id

ITEMS = 500
ITEM_BYTES = 600
_WORLD = RealWorld()


@dataclass(frozen=True)
class Request:
    """One inbox, ready to be sent."""

    body: bytes
    """Compressed."""
    headers: dict[str, str]
    """With its signature."""
    events: list[bytes]
    """What is in it."""


class Kiosk:
    """One enrolled kiosk that only sends what was made in advance."""

    def __init__(self, address: str, code: str) -> None:
        """Enrol at central's *address* (host:port)."""
        self._address, self._pair = address, seal.new_signing_pair()
        body = wire.encode(wire.Enrol(code, self._pair.public, "bench"))
        answer = self.send([self._signed(f"{wire.ROOT}/enrol", "", body)], f"{wire.ROOT}/enrol")[0]
        self.enrolled = wire.decode(answer, wire.Enrolled)
        self.device = self.enrolled.device
        self._seq = 0

    def request(self, items: int = ITEMS, more: int = 0) -> Request:
        """Make one inbox of so many submissions, of a kiosk that has so many *more* to bring."""
        events = [self._event() for _ in range(items)]
        inbox = wire.Inbox(
            protocol=wire.PROTOCOL,
            batch=new_id(_WORLD),
            device=self.device,
            now=_WORLD.now().isoformat(),
            mono_ms=_WORLD.monotonic_ms(),
            boot=_WORLD.boot,
            health=wire.Health("bench", items + more),
            items=[msgspec.Raw(each) for each in events],
            states_after=2**40,
        )
        made = self._signed(f"{wire.ROOT}/inbox", self.device, gzip.compress(wire.encode(inbox), 6))
        return Request(made.body, made.headers, events)

    def send(self, requests: Sequence[Request], path: str = f"{wire.ROOT}/inbox") -> list[bytes]:
        """Send requests one after another over one connection; return the answers."""
        connection = http.client.HTTPConnection(self._address, timeout=120)
        answers = []
        for each in requests:
            connection.request("POST", path, each.body, each.headers)
            answer = connection.getresponse()
            answers.append(answer.read())
            if answer.status != 200:
                raise AssertionError(f"{answer.status}: {answers[-1]!r}")
        connection.close()
        return answers

    def _signed(self, path: str, device: str, body: bytes) -> Request:
        text = wire.signed_text("POST", path, device, body)
        signature = base64.b64encode(seal.sign(self._pair.secret, text)).decode()
        headers = {wire.SIGNATURE_HEADER: signature, wire.DEVICE_HEADER: device}
        return Request(body, headers, [])

    def _event(self) -> bytes:
        self._seq += 1
        clear = wire.encode(wire.Contents({"about": "staff", "words": "x" * 60}, b"k" * 32, "sv"))
        handed = wire.Handed(
            "feedback",
            self.enrolled.branch,
            seal.new_salt().hex(),
            seal.seal(self.enrolled.sealing_key, clear),
        )
        event = wire.Event(
            id=new_id(_WORLD),
            seq=self._seq,
            type="feedback.submitted",
            v=1,
            captured_at="2026-11-20T18:05+01:00",
            boot=_WORLD.boot,
            mono_ms=self._seq,
            payload=msgspec.Raw(wire.encode(handed)),
        )
        return wire.encode(event)


def at_once(kiosks: Sequence[Kiosk], requests: Sequence[Sequence[Request]]) -> float:
    """Let every kiosk send its requests at the same time; return how long all took, in seconds.

    Afterwards every verdict must say that the event is stored.
    """
    answers: list[list[bytes]] = [[] for _ in kiosks]
    started = threading.Barrier(len(kiosks) + 1)

    def sending(number: int) -> None:
        started.wait()
        answers[number] = kiosks[number].send(requests[number])

    threads = [threading.Thread(target=sending, args=(n,)) for n in range(len(kiosks))]
    for thread in threads:
        thread.start()
    started.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    verdicts = [
        judged.verdict
        for each in answers
        for body in each
        for judged in wire.decode(body, wire.InboxAnswer).verdicts
    ]
    expected = sum(len(request.events) for each in requests for request in each)
    if len(verdicts) != expected or set(verdicts) != {wire.Verdict.STORED}:
        raise AssertionError(f"{len(verdicts)} of {expected} verdicts: {set(verdicts)}")
    return took
