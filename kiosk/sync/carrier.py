"""The HTTP carrier: signed requests to central, and answers that are truly central's."""

import base64
import errno
import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import urllib3

from kiosk import seal, wire
from kiosk.problems import (
    DEVICE_REFUSED,
    ENROLMENT_REFUSED,
    NOT_CENTRAL,
    PLAIN_HTTP,
    UNREACHABLE,
    Trouble,
)
from kiosk.store.device import Device

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_CONNECT_S, _READ_S, _WHOLE_S = 5.0, 30.0, 120.0
"""To be let in, between two pieces of an answer, and for all of it."""
_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back over HTTP, whoever it is from."""

    status: int
    """HTTP status."""
    headers: Mapping[str, str]
    """Names in any case."""
    data: bytes
    """The whole body, inflated."""


class TurnedBack(Exception):
    """Central answered, but did not take the request."""

    def __init__(self, status: int, refusal: wire.Refusal, retry_after_s: float | None) -> None:
        """Keep what central said."""
        super().__init__(f"{status} {refusal.error}")
        self.status = status
        """HTTP status."""
        self.refusal = refusal
        """Central's own word for it."""
        self.retry_after_s = retry_after_s
        """How long central asks us to wait, seconds."""


class Carrier:
    """Talks to one central; every request signed, every answer checked."""

    def __init__(self, device: Device, ca_file: str = "") -> None:
        """Prepare to talk to the device's central. Raises Trouble (PLAIN_HTTP)."""
        self._device = device
        self._pool = _pool(device.central, ca_file)

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a batch (or a heartbeat). Raises TurnedBack, or Trouble when nothing is known.

        A Trouble means: nobody knows whether it arrived, so everything stays pending.
        """
        body = gzip.compress(wire.encode(message), compresslevel=6, mtime=0)
        path = f"{wire.ROOT}/inbox"
        answer = self._ask("POST", path, body, about=message.batch)
        read = _read(answer, wire.InboxAnswer, self._device.central)
        if read.batch != message.batch:
            raise _not_central(self._device.central, "it answers another batch")
        try:
            for told in (read.server_time, *(each.at for each in read.states)):
                datetime.fromisoformat(told)
        except ValueError as error:
            raise _not_central(self._device.central, str(error)) from error
        return read

    def content(self, version: str) -> bytes | None:
        """Fetch the content unless it still is *version*; None when nothing changed.

        Raises TurnedBack or Trouble.
        """
        path = f"{wire.ROOT}/content"
        return self._ask("GET", path, b"", about=path, if_none_match=version) or None

    def _ask(
        self, method: str, path: str, body: bytes, *, about: str, if_none_match: str = ""
    ) -> bytes:
        device = self._device
        signature = seal.sign(
            device.secret_key, wire.signed_text(method, path, device.device, body)
        )
        headers = {
            wire.DEVICE_HEADER: device.device,
            wire.SIGNATURE_HEADER: base64.b64encode(signature).decode("ascii"),
            "Accept-Encoding": "gzip",
        }
        if body:
            headers |= {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        if if_none_match:
            headers["If-None-Match"] = f'"{if_none_match}"'
        answer = _send(self._pool, method, device.central, path, body, headers)
        if answer.status == 304:
            return b""
        _check(answer, device, about)
        return answer.data


def enrol(central: str, asked: wire.Enrol, secret_key: bytes, ca_file: str = "") -> wire.Enrolled:
    """Ask *central* to let this kiosk join a branch.

    Raises Trouble: PLAIN_HTTP, UNREACHABLE, NOT_CENTRAL, ENROLMENT_REFUSED.
    """
    path, body = f"{wire.ROOT}/enrol", wire.encode(asked)
    signature = seal.sign(secret_key, wire.signed_text("POST", path, "", body))
    headers = {
        wire.SIGNATURE_HEADER: base64.b64encode(signature).decode("ascii"),
        "Content-Type": "application/json",
    }
    answer = _send(_pool(central, ca_file), "POST", central, path, body, headers)
    if answer.status >= 400 and answer.status < 500:
        refusal = _refusal(answer, central)
        raise Trouble(ENROLMENT_REFUSED, why=refusal.detail or refusal.error)
    if answer.status != 200:
        raise _not_central(central, f"status {answer.status}")
    enrolled = _read(answer.data, wire.Enrolled, central)
    _check_signature(answer, enrolled.verify_key, path, central)
    return enrolled


def _pool(central: str, ca_file: str) -> urllib3.PoolManager:
    try:
        address = urlsplit(central)
    except ValueError as error:
        raise Trouble(UNREACHABLE, url=central, why=error) from error
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise Trouble(PLAIN_HTTP, url=central)
    return urllib3.PoolManager(
        maxsize=1,
        retries=False,
        timeout=urllib3.Timeout(connect=_CONNECT_S, read=_READ_S),
        ca_certs=ca_file or None,
    )


def _send(
    pool: urllib3.PoolManager,
    method: str,
    central: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
) -> _Answer:
    try:
        answer = pool.request(
            method,
            central + path,
            body=body or None,
            headers=headers,
            redirect=False,
            preload_content=False,
        )
        return _Answer(answer.status, answer.headers, _whole(answer))
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Trouble(UNREACHABLE, url=central, why=_cause(error)) from error


def _whole(answer: urllib3.BaseHTTPResponse) -> bytes:
    """Read an answer to its end, unless it has none: a login page may stream or drip for ever.

    Raises OSError or urllib3's HTTPError.
    """
    body, until = b"", time.monotonic() + _WHOLE_S
    try:
        while chunk := answer.read1(_CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > wire.MAX_INFLATED_BYTES or time.monotonic() > until:
                raise TimeoutError(errno.ETIMEDOUT, "its answer does not end")
    except BaseException:
        answer.close()
        raise
    answer.release_conn()
    return body


def _check(answer: _Answer, device: Device, about: str) -> None:
    """Raise TurnedBack or Trouble unless this is a success that central itself has signed."""
    if answer.status == 200:
        _check_signature(answer, device.verify_key, about, device.central)
        return
    if answer.status not in {400, 401, 403, 413, 422, 426, 429, 500, 503}:
        raise _not_central(device.central, f"status {answer.status}")
    refusal = _refusal(answer, device.central)
    if answer.status in {401, 403}:
        raise Trouble(DEVICE_REFUSED, why=refusal.detail or refusal.error)
    asked = answer.headers.get("Retry-After", "")
    raise TurnedBack(answer.status, refusal, float(asked) if asked.isdecimal() else None)


def _check_signature(answer: _Answer, verify_key: bytes, about: str, central: str) -> None:
    try:
        signature = base64.b64decode(answer.headers.get(wire.SIGNATURE_HEADER, ""), validate=True)
        seal.verify(verify_key, wire.answer_text(answer.data, about), signature)
    except (ValueError, seal.NotGenuine) as error:
        raise _not_central(central, "the answer is not signed by the library") from error


def _refusal(answer: _Answer, central: str) -> wire.Refusal:
    return _read(answer.data, wire.Refusal, central)


def _read(body: bytes, shape: type[wire.T], central: str) -> wire.T:
    try:
        return wire.decode(body, shape)
    except wire.Unreadable as error:
        raise _not_central(central, str(error)) from error


def _not_central(central: str, why: str) -> Trouble:
    return Trouble(NOT_CENTRAL, url=central, why=why)


def _cause(error: BaseException) -> str:
    """Say what lies behind a failed request in a few words."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return getattr(error, "strerror", None) or type(error).__name__
