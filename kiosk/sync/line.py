"""A line to central: requests over TLS, or in plain HTTP to this machine alone."""

from __future__ import annotations

import contextlib
import errno
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from kiosk import wire
from kiosk.problems import (
    BAD_ADDRESS,
    BAD_CERTIFICATES,
    PLAIN_HTTP,
    UNREACHABLE,
    UNTRUSTED,
    Trouble,
)
from kiosk.sync import tls

if TYPE_CHECKING:  # else imported when first needed: the app's first frame waits for nobody
    import urllib3

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
EXAMPLE = "https://library.example"
"""How the address of a central looks."""
_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect_s: float = 5.0
    """To be let in."""
    read_s: float = 30.0
    """Between two pieces of an answer."""
    whole_s: float = 120.0
    """For all of it."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back over HTTP, whoever it is from."""

    status: int
    """HTTP status."""
    headers: Mapping[str, str]
    """Names in any case."""
    data: bytes
    """The whole body, inflated."""


class BrokenOff(Trouble):
    """A request that was under way when the line broke; perhaps a smaller one gets through."""


class WrongDates(Trouble):
    """A certificate is trusted but for its dates: perhaps this kiosk's clock is wrong."""


class Connection:
    """One way to one central; opened when it is first used."""

    def __init__(self, central: str, ca_file: str = "") -> None:
        """Prepare to talk to *central*. Raises Trouble (BAD_ADDRESS, PLAIN_HTTP)."""
        address = _address(central)
        if address.scheme != "https" and address.hostname not in _LOOPBACK:
            raise Trouble(PLAIN_HTTP, url=central)
        self.central = central
        """Its address."""
        self._ca_file = ca_file
        self._by_tls = address.scheme == "https"
        self._pool: urllib3.PoolManager | None = None
        self._context = tls.by_the_system

    def without_dates(self) -> Connection:
        """Return another line that reads no dates; good for asking what time it is, only."""
        return self._reading_dates_by(None)

    def by_clock(self, clock: tls.Clock) -> Connection:
        """Return another line that reads the dates of certificates by *clock*."""
        return self._reading_dates_by(clock)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        patience: Patience,
    ) -> Response:
        """Send one request and read its answer to the end; follows no redirection.

        Raises Trouble: UNREACHABLE (BrokenOff once the request was under way), UNTRUSTED
        (WrongDates where it may be the clock's fault), BAD_CERTIFICATES, BAD_ADDRESS.
        """
        import urllib3

        try:
            answer = self._pooled().request(
                method,
                self.central + path,
                body=body or None,
                headers=dict(headers),
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=patience.connect_s, read=patience.read_s),
            )
            return Response(answer.status, answer.headers, _whole(answer, patience.whole_s))
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self._trouble(error) from error

    def _reading_dates_by(self, clock: tls.Clock | None) -> Connection:
        line = Connection(self.central, self._ca_file)
        line._context = lambda ca_file: tls.by_clock(ca_file, clock)
        return line

    def _pooled(self) -> urllib3.PoolManager:
        import urllib3

        if self._pool is None:
            context = self._trusting() if self._by_tls else None
            self._pool = urllib3.PoolManager(maxsize=2, retries=False, ssl_context=context)
        return self._pool

    def _trusting(self) -> ssl.SSLContext:
        """Return whose certificates are trusted. Raises Trouble (BAD_CERTIFICATES)."""
        try:
            return self._context(self._ca_file)
        except OSError as error:
            why = tls.unusable(error)
            raise Trouble(BAD_CERTIFICATES, path=self._ca_file, why=why) from error

    def _trouble(self, error: BaseException) -> Trouble:
        import urllib3

        causes = _causes(error)
        for each in causes:
            if isinstance(each, ssl.SSLCertVerificationError):
                kind = WrongDates if tls.only_its_dates(each) else Trouble
                return kind(UNTRUSTED, url=self.central, why=tls.why(each))
        if isinstance(error, urllib3.exceptions.LocationValueError):
            return Trouble(BAD_ADDRESS, url=self.central, like=EXAMPLE)
        timed_out = "no answer in time" if isinstance(causes[-1], TimeoutError) else ""
        told = getattr(causes[-1], "strerror", None)
        why = told or timed_out or type(causes[-1]).__name__
        return _kind(error)(UNREACHABLE, url=self.central, why=why)


def _address(central: str) -> SplitResult:
    """Return the parts of *central*. Raises Trouble (BAD_ADDRESS) with how it may be meant."""
    with contextlib.suppress(ValueError):
        address = urlsplit(central)
        if address.scheme in {"http", "https"} and address.hostname and address.port != 0:
            return address
    host = central.rpartition("://")[2].partition("/")[0]
    named = host.rpartition("@")[2].partition(":")[0].strip("[]")
    scheme = "http" if named in _LOOPBACK else "https"
    like = f"{scheme}://{host}" if named not in {"", "http", "https"} else EXAMPLE
    raise Trouble(BAD_ADDRESS, url=central, like=like)


def _whole(answer: urllib3.BaseHTTPResponse, whole_s: float) -> bytes:
    """Read an answer to its end, unless it has none: a login page may stream or drip for ever.

    Raises OSError or urllib3's HTTPError.
    """
    pieces, many, until = [], 0, time.monotonic() + whole_s
    try:
        while chunk := answer.read1(_CHUNK_BYTES, decode_content=True):
            pieces.append(chunk)
            many += len(chunk)
            if many > wire.MAX_INFLATED_BYTES or time.monotonic() > until:
                raise TimeoutError(errno.ETIMEDOUT, "its answer does not end")
    except BaseException:
        answer.close()
        raise
    answer.release_conn()
    return b"".join(pieces)


def _causes(error: BaseException) -> list[BaseException]:
    """List what lies behind an error, itself first."""
    causes: list[BaseException] = [error]
    while deeper := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(deeper)
    return causes


def _kind(error: BaseException) -> type[Trouble]:
    """Tell a line that broke from one that was never there."""
    import urllib3

    begun = (urllib3.exceptions.HTTPError, TimeoutError)
    never_there = (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.SSLError,
    )
    return BrokenOff if isinstance(error, begun) and not isinstance(error, never_there) else Trouble
