"""A program that central calls: a real HTTP server that keeps what it is told."""

import base64
import hmac
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call, as it came in."""

    headers: Mapping[str, str]
    body: bytes

    def genuine(self, secret: str) -> bool:
        """Check the signature the way the Standard Webhooks libraries do."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        told = (self.headers["webhook-id"], self.headers["webhook-timestamp"])
        text = ".".join((*told, self.body.decode()))
        signature = base64.b64encode(hmac.digest(key, text.encode(), "sha256")).decode()
        return f"v1,{signature}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """What was heard, and what the next calls are answered."""

    address: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listen on a free port of this machine."""
    heard = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.calls.append(Call({k.lower(): v for k, v in self.headers.items()}, body))
            status, headers = heard.answers.pop(0) if heard.answers else (204, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base says so
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        heard.address = f"http://127.0.0.1:{server.server_address[1]}/hook?from=library"
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield heard
        finally:
            server.shutdown()
            serving.join()
