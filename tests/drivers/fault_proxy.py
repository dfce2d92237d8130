"""A fault proxy: stands between kiosks and central on real sockets, and is a bad network."""

import contextlib
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from types import TracebackType

from tests.drivers.http_message import BrokenOff, Message, read_message
from tests.drivers.weather import Fault, Weather

_GIVE_UP_S = 30.0
_REMEMBERED = 40

_PAGE = b"<!doctype html><title>Wi-Fi</title><h1>Welcome! Please log in.</h1>"
_SPOKEN_FOR_CENTRAL: dict[Fault, tuple[bytes, bytes, bytes]] = {
    Fault.LOGIN_PAGE: (b"200 OK", b"Content-Type: text/html\r\n", _PAGE),
    Fault.OTHER_JSON: (b"200 OK", b"Content-Type: application/json\r\n", b'{"status": "ok"}'),
    Fault.REDIRECT: (b"302 Found", b"Location: http://login.invalid/\r\n", _PAGE),
    Fault.FORBIDDEN: (b"403 Forbidden", b"Content-Type: text/html\r\n", _PAGE),
    Fault.TURNED_BACK: (
        b"400 Bad Request",
        b"Content-Type: application/json\r\n",
        b'{"error": "unreadable", "detail": "no"}',
    ),
    Fault.BROKEN: (b"500 Internal Server Error", b"Content-Type: text/html\r\n", _PAGE),
    Fault.BAD_GATEWAY: (b"502 Bad Gateway", b"Content-Type: text/html\r\n", _PAGE),
    Fault.BUSY: (b"503 Service Unavailable", b"Content-Type: text/html\r\n", _PAGE),
    Fault.BUSY_FOR: (
        b"503 Service Unavailable",
        b"Content-Type: application/json\r\nRetry-After: 1\r\n",
        b'{"error": "busy", "detail": "try again"}',
    ),
}


class FaultProxy:
    """Listens at `url` and hands each request on to central, unless its weather says otherwise."""

    def __init__(
        self,
        port: int,
        weather: Weather | None = None,
        *,
        rtt_s: float = 0.0,
        bytes_per_s: float = 0.0,
        silent_s: float = 0.05,
    ) -> None:
        """Stand in front of central at *port* of this machine; 0 for *bytes_per_s* is unmetered."""
        self.port = port
        """Where central is; may change while nobody asks."""
        self.weather = weather or Weather()
        """What happens to each request; may change between requests."""
        self.rtt_s = rtt_s
        """Time that light and routers take, there and back; a new connection costs one more."""
        self.bytes_per_s = bytes_per_s
        """Throughput in each direction."""
        self.silent_s = silent_s
        """How long a swallowed request leaves its kiosk waiting."""
        self.unplugged = False
        """Whether every connection is reset at once."""
        self.crash: Callable[[], None] = lambda: None
        """Kills the server; called when a request has been handed on whose fault is CRASH."""
        self.happened: Counter[Fault] = Counter()
        """How often each fault has been met."""
        self.asked: deque[Message] = deque(maxlen=_REMEMBERED)
        """The last requests, as they came."""
        self.instead: Mapping[bytes, bytes] = {}
        """Answers that are given in place of central's, by address."""
        self.up_bytes = 0
        """Bytes that kiosks have sent."""
        self.down_bytes = 0
        """Bytes that kiosks were sent."""
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._late: deque[Message] = deque()
        self._answers: deque[tuple[bytes, bytes]] = deque(maxlen=_REMEMBERED)
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        """Address for kiosks."""
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def __enter__(self) -> "FaultProxy":
        """Use it for a while."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Cut every connection and wait until every thread has ended."""
        self._closing.set()
        _shut(self._listening)
        self._accepting.join(_GIVE_UP_S)
        self._listening.close()
        with self._lock:
            for each in self._open:
                _shut(each)
        for thread in self._threads:
            thread.join(_GIVE_UP_S)

    def calm(self) -> None:
        """Let nothing go wrong from now on."""
        self.weather = Weather()

    def deliver_late(self) -> None:
        """Hand on what was held back; nobody hears the answers."""
        while True:
            try:
                held = self._late.popleft()
            except IndexError:
                return
            self._forward(held)

    def repeat(self, asked: Message) -> None:
        """Hand a request on once more; nobody hears the answer."""
        self._forward(asked)

    def answers_to(self, address: bytes) -> list[bytes]:
        """List what central last answered to an address, oldest first."""
        return [answer for known, answer in self._answers if known == address]

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                caller, _address = self._listening.accept()
            except OSError:
                return
            if self.unplugged:
                _reset(caller)
                continue
            thread = threading.Thread(target=self._stand_between, args=(caller,), daemon=True)
            with self._lock:
                self._open.add(caller)
                self._threads = [each for each in self._threads if each.is_alive()]
                self._threads.append(thread)
                thread.start()

    def _stand_between(self, caller: socket.socket) -> None:
        """Answer one kiosk's requests until it, or a fault, ends the connection."""
        caller.settimeout(_GIVE_UP_S)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait(self.rtt_s)
        line = _Line(self)
        try:
            with caller.makefile("rb") as asking:
                while asked := read_message(asking):
                    if not self._answer(caller, line, asked):
                        return
        except (OSError, BrokenOff, ValueError):
            pass
        finally:
            line.close()
            with self._lock:
                self._open.discard(caller)
            caller.close()

    def _answer(self, caller: socket.socket, line: "_Line", asked: Message) -> bool:
        """Do what the weather says with one request; tell whether the connection lives on."""
        with self._lock:
            fault = Fault.RESET if self.unplugged else self.weather.next()
            self.happened[fault] += 1
            self.asked.append(asked)
            self.up_bytes += len(asked.raw)
        self._wait(self.rtt_s / 2, len(asked.raw))
        if asked.address in self.instead:
            self._send(caller, self.instead[asked.address])
            return False
        if fault is Fault.NONE:
            self.deliver_late()
            answer = line.ask(asked)
            self._remember(asked, answer)
            self._send(caller, answer.raw)
            return not answer.last
        if fault is Fault.RESET:
            _reset(caller)
            return False
        self._send(caller, self._misfortune(fault, asked))
        return False

    def _misfortune(self, fault: Fault, asked: Message) -> bytes:
        """Let *fault* happen to a request; return what its kiosk gets to read."""
        if fault in _SPOKEN_FOR_CENTRAL:
            return _spoken(*_SPOKEN_FOR_CENTRAL[fault])
        match fault:
            case Fault.SILENCE:
                self._wait(self.silent_s)
            case Fault.LATE:
                self._late.append(asked)
            case Fault.REPLAY:
                return self._earlier(asked)
            case Fault.CUT_REQUEST | Fault.FLIPPED_REQUEST:
                spoil = _cut if fault is Fault.CUT_REQUEST else _flipped
                return self._forward(asked, spoil(asked.raw, self.weather.chance.random()))
            case Fault.CRASH:
                self._forward(asked, then=self.crash)
            case Fault.LOST_ANSWER | Fault.CUT_ANSWER | Fault.TWICE | Fault.FLIPPED_ANSWER:
                return self._spoiled(fault, asked)
        return b""

    def _spoiled(self, fault: Fault, asked: Message) -> bytes:
        """Let central do its work, and spoil its answer."""
        chance = self.weather.chance
        answer = self._forward(asked)
        match fault:
            case Fault.TWICE:
                return chance.choice([answer, self._forward(asked)])
            case Fault.CUT_ANSWER:
                return _cut(answer, chance.random())
            case Fault.FLIPPED_ANSWER:
                return _flipped(answer, chance.random())
        return b""

    def _forward(
        self,
        asked: Message,
        instead: bytes | None = None,
        then: Callable[[], None] | None = None,
    ) -> bytes:
        """Ask central over a connection of its own, sending something else where given."""
        line = _Line(self)
        try:
            line.send(asked.raw if instead is None else instead, finished=True)
            if then:
                then()
            answer = line.hear()
        except (OSError, BrokenOff, ValueError):
            return b""
        finally:
            line.close()
        if instead is None:
            self._remember(asked, answer)
        return answer.raw

    def _remember(self, asked: Message, answer: Message) -> None:
        self._answers.append((asked.address, answer.raw))

    def _earlier(self, asked: Message) -> bytes:
        """Return an earlier answer to the same address, or nothing."""
        known = self.answers_to(asked.address)
        return self.weather.chance.choice(known) if known else b""

    def _send(self, caller: socket.socket, answer: bytes) -> None:
        self._wait(self.rtt_s / 2, len(answer))
        with self._lock:
            self.down_bytes += len(answer)
        caller.sendall(answer)

    def _wait(self, seconds: float, many: int = 0) -> None:
        if self.bytes_per_s:
            seconds += many / self.bytes_per_s
        if seconds:
            self._closing.wait(seconds)


class _Line:
    """A connection from the proxy to central, opened when it is first needed."""

    def __init__(self, proxy: FaultProxy) -> None:
        self._proxy = proxy
        self._socket: socket.socket | None = None

    def ask(self, asked: Message) -> Message:
        """Ask over the connection kept, or over a new one where central has closed it."""
        kept = self._socket is not None
        try:
            self.send(asked.raw)
            return self.hear()
        except (OSError, BrokenOff):
            self.close()
            if not kept:
                raise
        self.send(asked.raw)
        return self.hear()

    def send(self, asked: bytes, *, finished: bool = False) -> None:
        """Send; *finished* says that no more will come."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._proxy.port), _GIVE_UP_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(asked)
        if finished:
            self._socket.shutdown(socket.SHUT_WR)

    def hear(self) -> Message:
        """Read one answer. Raises BrokenOff, OSError."""
        if self._socket is None:
            raise BrokenOff
        with self._socket.makefile("rb") as answering:
            answer = read_message(answering, answer=True)
        if answer is None:
            raise BrokenOff
        if answer.last:
            self.close()
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._socket:
            self._socket.close()
        self._socket = None


def _spoken(status: bytes, headers: bytes, body: bytes) -> bytes:
    """Write an answer that central never gave."""
    length = b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
    return b"HTTP/1.1 " + status + b"\r\n" + headers + length + body


def _cut(message: bytes, where: float) -> bytes:
    return message[: int(len(message) * where)]


def _flipped(message: bytes, where: float) -> bytes:
    if not message:
        return b""
    place = int(len(message) * where)
    other = bytes([message[place] ^ 1 + place % 255])
    return message[:place] + other + message[place + 1 :]


def _reset(caller: socket.socket) -> None:
    """Close so that the other end is told of a reset; see SO_LINGER in socket(7)."""
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    caller.close()


def _shut(opened: socket.socket) -> None:
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
