"""Central as a test plays it: a real HTTP server that signs with real keys, and can misbehave."""

import base64
import gzip
import ssl
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from kiosk import seal, wire
from kiosk.wire import EventVerdict, Verdict
from tests.drivers.published import CONTENT

NOW = "2026-11-26T10:31:00.000+00:00"


@dataclass(frozen=True)
class Heard:
    """One request, as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def inbox(self) -> wire.Inbox:
        """What the kiosk brought."""
        return wire.decode(gzip.decompress(self.body), wire.Inbox)

    @property
    def ids(self) -> list[str]:
        """Ids of the events it brought."""
        return [wire.decode(bytes(raw), wire.Event).id for raw in self.inbox.items]


@dataclass
class Reply:
    """What goes back over the wire."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    missing_bytes: int = 0
    """How many bytes of the promised body never come."""
    without_end: bool = False
    """Whether the body never ends."""


Play = Callable[["PlayedCentral", Heard], Reply]


class PlayedCentral:
    """Answers at `url` the way `plays` says, one play a request, the last one for ever."""

    def __init__(self, signing_secret: bytes, tls: ssl.SSLContext | None = None) -> None:
        """Listen on a free port of this machine, with *tls* as localhost."""
        self.signing_secret = signing_secret
        self.plays: list[Play] = [good]
        self.heard: list[Heard] = []
        self.stored: dict[str, bytes] = {}
        """Raw events by id, as they first came."""
        self.told: dict[str, Any] = {}
        """What the next answers to an inbox say besides verdicts."""
        self.content = CONTENT
        self.receipt = 0
        self.now = NOW
        """What it tells when it is asked for the time."""
        self.receipts: dict[str, wire.ReceiptState] = {}
        """Receipts of other branches, by locator."""
        self.seats: bytes | None = None
        """What it tells of seats; None is nothing new."""
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        if tls:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
            self.url = f"https://localhost:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, heard: Heard) -> Reply:
        """Play the next play."""
        self.heard.append(heard)
        play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        return play(self, heard)

    def signed(self, body: bytes, about: str, **headers: str) -> Reply:
        """Sign an answer as central does."""
        signature = seal.sign(self.signing_secret, wire.answer_text(body, about))
        return Reply(
            200, body, {wire.SIGNATURE_HEADER: base64.b64encode(signature).decode()} | headers
        )

    def verdicts(self, heard: Heard) -> list[EventVerdict]:
        """Store what came and judge it as central does."""
        judged = []
        for raw in map(bytes, heard.inbox.items):
            identity = wire.decode(raw, wire.Event).id
            known = self.stored.setdefault(identity, raw)
            verdict = Verdict.DUPLICATE if known is not raw else Verdict.STORED
            judged.append(EventVerdict(identity, verdict))
        return judged

    def inbox_answer(self, heard: Heard, **changed: Any) -> Reply:
        """Answer an inbox; *changed* fields replace the honest ones."""
        self.receipt += 1
        plain: dict[str, Any] = {
            "batch": heard.inbox.batch,
            "epoch": "e1",
            "receipt": self.receipt,
            "safe": 0,
            "server_time": NOW,
            "hints": {"content": self.content.version},
        }
        told = plain | self.told | changed
        if "verdicts" not in told:
            told["verdicts"] = self.verdicts(heard)
        return self.signed(wire.encode(wire.InboxAnswer(**told)), heard.inbox.batch)

    @property
    def brought(self) -> list[list[str]]:
        """Ids of every batch so far."""
        return [each.ids for each in self.heard if each.path == "/sync/1/inbox"]


def good(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer as central should."""
    what = heard.path.removeprefix(f"{wire.ROOT}/")
    if what == "inbox":
        return central.inbox_answer(heard)
    if what.startswith("time?nonce="):
        told = wire.TimeTold(what.partition("=")[2], central.now)
        return central.signed(wire.encode(told), heard.path)
    if what == "seats":
        if central.seats is None:
            return Reply(304, b"", {})
        return central.signed(central.seats, heard.path)
    if what == "rotate":
        rotated = wire.Rotated(heard.headers[wire.DEVICE_HEADER.lower()])
        return central.signed(wire.encode(rotated), heard.path)
    if what.startswith("receipt/"):
        path = heard.path.partition("?")[0]
        state = central.receipts.get(path.rpartition("/")[2])
        if state is None:
            return refusing(404, "unknown_receipt")(central, heard)
        return central.signed(wire.encode(state), path)
    if heard.headers.get("if-none-match") == f'"{central.content.version}"':
        return Reply(304)
    return central.signed(wire.encode_content(central.content), heard.path)


def refusing(status: int, error: str = "no", **headers: str) -> Play:
    """Answer every request with a refusal of central's own."""
    return lambda _central, _heard: Reply(
        status, wire.encode(wire.Refusal(error, f"because {error}")), headers
    )


def saying(reply: Reply) -> Play:
    """Answer every request with *reply*."""
    return lambda _central, _heard: reply


def html(_central: PlayedCentral, _heard: Heard) -> Reply:
    """Answer like the login page of a hotel's network."""
    return Reply(200, b"<html>Please log in</html>", {"Content-Type": "text/html"})


def truncated(central: PlayedCentral, heard: Heard) -> Reply:
    """Break off in the middle."""
    honest = central.inbox_answer(heard)
    return Reply(200, honest.body[:-10], honest.headers, missing_bytes=10)


def choking_on(*poison: str, status: int = 500) -> Play:
    """Answer well, but fail whenever one of these events is in the batch."""

    def play(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path == "/sync/1/inbox" and set(heard.ids) & set(poison):
            return refusing(status, "choked")(central, heard)
        return good(central, heard)

    return play


class _Server(ThreadingHTTPServer):
    """A server that says nothing of kiosks which turn away from its certificate."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a broken handshake; tell everything else as ever."""
        if not isinstance(sys.exception(), ssl.SSLError):
            super().handle_error(request, client_address)


def _handler(central: PlayedCentral) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout: ClassVar[float] = 10.0

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._send(central.answer(Heard(self.command, self.path, headers, body)))

        do_GET = do_POST  # noqa: N815 - http.server names it

        def _send(self, reply: Reply) -> None:
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.without_end:
                promised = len(reply.body) + reply.missing_bytes
                self.send_header("Content-Length", str(promised))
            self.end_headers()
            try:
                self.wfile.write(reply.body)
                while reply.without_end:
                    self.wfile.write(b" " * 65_536)
            except OSError:
                pass
            self.close_connection = bool(reply.missing_bytes or reply.without_end)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base says so
            """Say nothing: a test's output is its own."""

    return Handler
