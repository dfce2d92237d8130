"""The HTTP carrier: signed requests to central, and answers that are truly central's."""

import base64
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import structs

from kiosk import seal, wire
from kiosk.problems import (
    CANNOT_JOIN,
    DEVICE_REFUSED,
    ENROLMENT_REFUSED,
    NOT_CENTRAL,
    UNREACHABLE,
    Trouble,
)
from kiosk.store.device import Device
from kiosk.sync.line import BrokenOff, Connection, Patience, Response
from kiosk.sync.tls import Clock
from kiosk.wire.gzipped import MAGIC, gzipped

_PATIENT = Patience()
_VISITOR_WAITS = Patience(connect_s=3.0, read_s=5.0, whole_s=8.0)


class TurnedBack(Exception):
    """Central answered, but did not take the request."""

    def __init__(
        self, status: int, refusal: wire.Refusal, retry_after_s: float | None = None
    ) -> None:
        """Keep what central said."""
        super().__init__(f"{status} {refusal.error}")
        self.status = status
        """HTTP status."""
        self.refusal = refusal
        """Central's own word for it."""
        self.retry_after_s = retry_after_s
        """How long central asks us to wait, seconds."""


class ShutOut(Trouble):
    """Central lets this device in no more, or does not know its key."""

    def __init__(self, refusal: wire.Refusal) -> None:
        """Keep central's own word for it."""
        super().__init__(DEVICE_REFUSED, why=refusal.detail or refusal.error)
        self.word = refusal.error
        """`revoked`, `unknown_device`, `bad_signature`, …"""


@dataclass(frozen=True, slots=True)
class Request:
    """One request, before anybody has signed it."""

    method: str
    what: str
    """Its address below that of the exchange."""
    body: bytes = b""
    about: str = ""
    """What the answer is signed about, where that is not the address."""
    known: str = ""
    """Version of the answer that is here already."""

    @property
    def path(self) -> str:
        """Its whole address at central."""
        return f"{wire.ROOT}/{self.what}"

    @property
    def headers(self) -> dict[str, str]:
        """What is said beside it, before anybody has signed."""
        headers = {"Accept-Encoding": "gzip"}
        if self.body:
            headers["Content-Type"] = "application/json"
        if self.body.startswith(MAGIC):
            headers["Content-Encoding"] = "gzip"
        if self.known:
            headers["If-None-Match"] = f'"{self.known}"'
        return headers


class Carrier:
    """Talks to one central; every request signed, every answer checked."""

    def __init__(
        self, device: Device, ca_file: str = "", keep: Callable[[Device], None] = lambda _: None
    ) -> None:
        """Prepare to talk to the device's central; *keep* is told of a change of its keys.

        Raises Trouble (BAD_ADDRESS, PLAIN_HTTP).
        """
        self.device = device
        """Who we are."""
        self.ratio = 1.0
        """Bytes that the last batch took on the way, of each byte in it."""
        self._keep = keep
        self._plain = Connection(device.central, ca_file)
        self._line = self._plain

    def read_dates_by(self, clock: Clock) -> None:
        """Read the dates of certificates by *clock* from now on: the machine's own is wrong."""
        self._line = self._plain.by_clock(clock)

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a batch (or a heartbeat). Raises TurnedBack, or Trouble when nothing is known.

        A Trouble means: nobody knows whether it arrived, so everything stays pending.
        """
        clear = wire.encode(message)
        body = gzipped(clear)
        self.ratio = len(body) / len(clear)
        if len(message.items) > 1 and len(body) > wire.MAX_BATCH_BYTES:
            raise TurnedBack(413, wire.Refusal("too_large"))
        data = self._ask(Request("POST", "inbox", body, message.batch))
        read = self._read(data, wire.InboxAnswer)
        if read.batch != message.batch:
            raise self._not_central("it answers another batch")
        self._check_times((read.server_time, *(each.at for each in read.states)))
        return read

    def content(self, version: str) -> bytes | None:
        """Fetch the content unless it still is *version*; None when nothing changed.

        Raises TurnedBack or Trouble.
        """
        return self._ask(Request("GET", "content", known=version)) or None

    def time(self) -> datetime:
        """Ask what time it is; the one question whose certificate is trusted without its dates.

        Chain and host name are verified as ever, and the answer is signed by central over a
        question nobody can have asked before. Raises TurnedBack or Trouble.
        """
        nonce = secrets.token_hex(16)
        data = self._ask(Request("GET", f"time?nonce={nonce}"), line=self._plain.without_dates())
        told = self._read(data, wire.TimeTold)
        if told.nonce != nonce:
            raise self._not_central("it tells another time")
        (moment,) = self._check_times([told.server_time])
        return moment

    def rotate(self, next_key: bytes) -> None:
        """Announce the public key of the seed *next_key*. Raises TurnedBack or Trouble."""
        public = seal.public_of(next_key)
        proof = seal.sign(next_key, wire.rotation_text(self.device.device, public))
        body = wire.encode(wire.Rotate(public, proof))
        rotated = self._read(self._ask(Request("POST", "rotate", body)), wire.Rotated)
        if rotated.device != self.device.device:
            raise self._not_central("it answers another device")

    def receipt(self, locator: str, mark: bytes) -> wire.ReceiptState:
        """Ask about a receipt handed in anywhere, while a visitor waits.

        *mark* is its `kiosk.wire.receipt_mark`. Raises TurnedBack (404 for one that nobody knows),
        or Trouble.
        """
        about = Request("GET", f"receipt/{locator}").path
        asked = Request("GET", f"receipt/{locator}?mark={mark.hex()}", about=about)
        data = self._ask(asked, _VISITOR_WAITS)
        state = self._read(data, wire.ReceiptState)
        if state.locator != locator or state.mark not in {mark, b""}:
            raise self._not_central("it tells of another receipt")
        self._check_times([state.at])
        return state

    def adopt(self, device: Device) -> None:
        """Be *device* from now on, also after the next start. Raises Trouble (CANNOT_WRITE)."""
        self._keep(device)
        self.device = device

    def seats(self, version: str) -> bytes | None:
        """Fetch the seats unless they still are *version*; None when nothing changed.

        Raises TurnedBack or Trouble.
        """
        return self._ask(Request("GET", "seats", known=version)) or None

    def _ask(
        self,
        asked: Request,
        patience: Patience | None = None,
        line: Connection | None = None,
    ) -> bytes:
        def ask(device: Device) -> bytes:
            headers = {**asked.headers, **signed(device, asked)}
            through = line or self._line
            how = (headers, patience or _PATIENT)
            answer = through.ask(asked.method, asked.path, asked.body, *how)
            return self._checked(answer, asked.about or asked.path)

        try:
            return ask(self.device)
        except ShutOut as refused:
            if refused.word != "bad_signature":
                raise
            return self._ask_with_other_keys(ask, refused)

    def _ask_with_other_keys(self, ask: Callable[[Device], bytes], refused: ShutOut) -> bytes:
        """Try the keys around the present one: a central or a kiosk may have been restored."""
        for device in _with_other_keys(self.device):
            try:
                answer = ask(device)
            except ShutOut:
                continue
            self.adopt(device)
            return answer
        raise refused

    def _checked(self, answer: Response, about: str) -> bytes:
        """Return the body of a success that central itself has signed.

        Raises TurnedBack or Trouble (NOT_CENTRAL, DEVICE_REFUSED).
        """
        if answer.status == 304:
            return b""
        central = self.device.central
        if answer.status == 200:
            _check_signature(answer, self.device.verify_key, about, central)
            return answer.data
        if answer.status not in {400, 401, 403, 404, 413, 422, 426, 429, 500, 503}:
            raise self._not_central(f"status {answer.status}")
        refusal = _read(answer.data, wire.Refusal, central)
        if answer.status in {401, 403}:
            raise ShutOut(refusal)
        raise TurnedBack(answer.status, refusal, _asked_to_wait_s(answer))

    def _read(self, body: bytes, shape: type[wire.T]) -> wire.T:
        return _read(body, shape, self.device.central)

    def _check_times(self, told: Iterable[str]) -> list[datetime]:
        try:
            moments = [datetime.fromisoformat(each) for each in told]
        except ValueError as error:
            raise self._not_central(str(error)) from error
        if any(each.tzinfo is None for each in moments):
            raise self._not_central("a time without its offset")
        return moments

    def _not_central(self, why: str) -> Trouble:
        return _not_central(self.device.central, why)


def enrol(central: str, asked: wire.Enrol, secret_key: bytes, ca_file: str = "") -> wire.Enrolled:
    """Ask *central* to let this kiosk join a branch.

    Raises Trouble: BAD_ADDRESS, PLAIN_HTTP, BAD_CERTIFICATES, CANNOT_JOIN, UNTRUSTED, NOT_CENTRAL,
    ENROLMENT_REFUSED.
    """
    path, body = f"{wire.ROOT}/enrol", wire.encode(asked)
    signature = seal.sign(secret_key, wire.signed_text("POST", path, "", body))
    headers = {
        wire.SIGNATURE_HEADER: base64.b64encode(signature).decode("ascii"),
        "Content-Type": "application/json",
    }
    answer = _asked_to_join(Connection(central, ca_file), path, body, headers)
    if answer.status >= 400 and answer.status < 500:
        refusal = _read(answer.data, wire.Refusal, central)
        raise Trouble(ENROLMENT_REFUSED, why=refusal.detail or refusal.error)
    if answer.status != 200:
        raise _not_central(central, f"status {answer.status}")
    enrolled = _read(answer.data, wire.Enrolled, central)
    _check_signature(answer, enrolled.verify_key, path, central)
    if enrolled.public_key not in {asked.public_key, b""}:
        raise _not_central(central, "it answers another kiosk")
    return enrolled


def _asked_to_join(
    line: Connection, path: str, body: bytes, headers: Mapping[str, str]
) -> Response:
    try:
        return line.ask("POST", path, body, headers, _PATIENT)
    except Trouble as trouble:
        if trouble.problem is not UNREACHABLE:
            raise
        raise Trouble(CANNOT_JOIN, **trouble.particulars) from trouble


def signed(device: Device, asked: Request) -> Mapping[str, str]:
    """Return the headers that say who asks, and prove it."""
    text = wire.signed_text(asked.method, asked.path, device.device, asked.body)
    signature = base64.b64encode(seal.sign(device.secret_key, text)).decode("ascii")
    return {wire.DEVICE_HEADER: device.device, wire.SIGNATURE_HEADER: signature}


def _with_other_keys(device: Device) -> list[Device]:
    """Return the device as it would be with the key it has offered, and with the one before."""
    others = []
    if offered := device.next_key:
        before = device.secret_key
        others.append(
            structs.replace(
                device, secret_key=offered, next_key=b"", former_key=before, keyed_at=""
            )
        )
    if former := device.former_key:
        after = device.secret_key
        others.append(structs.replace(device, secret_key=former, former_key=after, keyed_at=""))
    return others


def _check_signature(answer: Response, verify_key: bytes, about: str, central: str) -> None:
    try:
        signature = base64.b64decode(answer.headers.get(wire.SIGNATURE_HEADER, ""), validate=True)
        seal.verify(verify_key, wire.answer_text(answer.data, about), signature)
    except (ValueError, seal.NotGenuine) as error:
        raise _not_central(central, "the answer is not signed by the library") from error


def _asked_to_wait_s(answer: Response) -> float | None:
    """Read Retry-After, seconds or a date (RFC 9110, 10.2.3); None when it says nothing."""
    asked = answer.headers.get("Retry-After", "")
    if asked.isascii() and asked.isdecimal():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
        # by the clock of who says it, where it tells it: ours may be wrong
        said = answer.headers.get("Date", "")
        now = parsedate_to_datetime(said) if said else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _read(body: bytes, shape: type[wire.T], central: str) -> wire.T:
    try:
        return wire.decode(body, shape)
    except wire.Unreadable as error:
        raise _not_central(central, str(error)) from error


def _not_central(central: str, why: str) -> Trouble:
    # a middle box may have taken offence at the size of what it was given
    return BrokenOff(NOT_CENTRAL, url=central, why=why)
