"""A kiosk at central's door, inside the test's own process: signs, seals, and checks answers."""

import base64
import gzip
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import HttpResponse
from django.test import Client

from kiosk import seal, wire
from kiosk.central.devices.actions import new_code
from kiosk.central.exchange.processing import understand_all
from kiosk.central.tenants.models import Branch
from kiosk.domain.world import RealWorld, new_id

WORLD = RealWorld()
EARLIER = "earl1er0"
"""A boot of which central has not heard."""
LOCATOR = "0123456789abcdef0123456789abcdef"
PRAISE = {"about": "staff", "words": "Tack för hjälpen!", "wants_answer": "yes"}


class Knocking:
    """Everything a kiosk needs to talk to central."""

    def __init__(self) -> None:
        """Make its keys."""
        self.pair = seal.new_signing_pair()
        self.client = Client()
        self.device = ""
        self.enrolled: wire.Enrolled | None = None
        self.seq = 0

    @property
    def library(self) -> wire.Enrolled:
        """What central said when it joined."""
        assert self.enrolled
        return self.enrolled

    def join(self, branch: Branch) -> "Knocking":
        """Join with a new code."""
        code, _expires = new_code(branch)
        answer = self.enrol(code)
        assert answer.status_code == 200, answer.content
        self.enrolled = wire.decode(answer.content, wire.Enrolled)
        self.device = self.enrolled.device
        self.genuine(answer, f"{wire.ROOT}/enrol")
        return self

    def enrol(self, code: str, name: str = "bänken", signing: bytes = b"") -> HttpResponse:
        """Ask to join."""
        body = wire.encode(wire.Enrol(code, self.pair.public, name))
        return self.ask("POST", f"{wire.ROOT}/enrol", body, device="", secret=signing)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        device: str | None = None,
        secret: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        """Send one signed request."""
        device = self.device if device is None else device
        text = wire.signed_text(method, path, device, body)
        signature = base64.b64encode(seal.sign(secret or self.pair.secret, text)).decode()
        named = {wire.SIGNATURE_HEADER: signature, wire.DEVICE_HEADER: device}
        named |= headers or {}
        return self.client.generic(  # type: ignore[return-value] # the client's own subclass
            method, path, body, content_type="application/json", headers=named
        )

    def genuine(self, answer: HttpResponse, about: str) -> bytes:
        """Check that central itself has signed *answer*; return its JSON."""
        body = answer.content
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        signature = base64.b64decode(answer.headers[wire.SIGNATURE_HEADER])
        seal.verify(self.library.verify_key, wire.answer_text(body, about), signature)
        return body

    def inbox(self, *events: bytes, **fields: Any) -> wire.Inbox:
        """Pack a batch."""
        told: dict[str, Any] = {
            "protocol": wire.PROTOCOL,
            "batch": new_id(WORLD),
            "device": self.device,
            "now": WORLD.now().isoformat(),
            "mono_ms": WORLD.monotonic_ms(),
            "boot": WORLD.boot,
            "health": wire.Health("1", len(events)),
            "items": [msgspec.Raw(event) for event in events],
        }
        return wire.Inbox(**(told | fields))

    def send(self, body: bytes) -> HttpResponse:
        """Send a body to the inbox."""
        return self.ask("POST", f"{wire.ROOT}/inbox", body)

    def bring(self, *events: bytes, **fields: Any) -> wire.InboxAnswer:
        """Bring a batch and read the answer, which must be central's; then all is understood."""
        answer = self.drop(*events, **fields)
        understand_all()
        return answer

    def drop(self, *events: bytes, **fields: Any) -> wire.InboxAnswer:
        """Bring a batch that nobody looks at yet."""
        inbox = self.inbox(*events, **fields)
        answer = self.send(gzip.compress(wire.encode(inbox)))
        assert answer.status_code == 200, answer.content
        read = wire.decode(self.genuine(answer, inbox.batch), wire.InboxAnswer)
        assert read.batch == inbox.batch
        return read

    def verdict(self, event: bytes) -> tuple[str, str]:
        """Bring one event; return its verdict and the reason."""
        (judged,) = self.bring(event).verdicts
        return judged.verdict.value, judged.reason

    def settled(self, event: bytes) -> tuple[str, str]:
        """Bring one event, and once more when it has been looked at; return what is said then."""
        self.bring(event)
        return self.verdict(event)

    def event(self, kind: str, payload: object, **fields: Any) -> bytes:
        """Freeze one event."""
        self.seq += 1
        told: dict[str, Any] = {
            "id": new_id(WORLD),
            "seq": self.seq,
            "type": kind,
            "v": 1,
            "captured_at": "2026-11-20T18:05+01:00",
            "boot": EARLIER,
            "mono_ms": 1,
            "payload": msgspec.Raw(wire.encode(payload)),
        }
        return wire.encode(wire.Event(**(told | fields)))

    def handed(
        self,
        answers: dict[str, Any],
        errand: str = "feedback",
        *,
        key: bytes = b"k" * 32,
        sealing_key: bytes = b"",
        language: str = "sv",
        event: dict[str, Any] | None = None,
        **fields: Any,
    ) -> bytes:
        """Freeze the event of one errand handed in."""
        clear = wire.encode(wire.Contents(answers, key, language))
        told: dict[str, Any] = {
            "errand": errand,
            "branch": "hamnen",
            "locator": secrets.token_hex(16),
            "sealed": seal.seal(sealing_key or self.library.sealing_key, clear),
        }
        payload = wire.Handed(**(told | fields))
        return self.event(errand + wire.SUBMITTED, payload, **(event or {}))

    def about(
        self,
        kind: str,
        submission: bytes,
        locator: str = "",
        *,
        key: bytes = b"k" * 32,
        **fields: Any,
    ) -> bytes:
        """Freeze an event about an earlier one, made with its receipt unless told otherwise."""
        shown = locator or locator_of(submission)
        return self.changed(kind, id_of(submission), shown, key=key, **fields)

    def changed(
        self,
        kind: str,
        about: str,
        locator: str,
        *,
        key: bytes = b"k" * 32,
        sealed: bytes = b"",
        **fields: Any,
    ) -> bytes:
        """Freeze an event about the submission with this id."""
        proof = seal.prove(key, wire.changed_text(kind, about, sealed))
        return self.event(kind, wire.Changed(locator, proof, sealed), about=about, **fields)

    def added(self, submission: bytes, words: object, **fields: Any) -> bytes:
        """Freeze an event that puts more words to an earlier one."""
        clear = wire.encode(wire.Contents({"words": words}, b"k" * 32, "sv"))
        sealed = seal.seal(self.library.sealing_key, clear)
        return self.about(wire.ADDED, submission, sealed=sealed, **fields)

    def corrected(
        self, submission: bytes, anew: Sequence[str], answers: dict[str, Any], **fields: Any
    ) -> bytes:
        """Freeze an event that answers questions of an earlier one anew."""
        clear = wire.encode(wire.Contents(answers, b"k" * 32, "sv", tuple(anew)))
        sealed = seal.seal(self.library.sealing_key, clear)
        return self.about(wire.CORRECTED, submission, sealed=sealed, **fields)


def id_of(event: bytes) -> str:
    """Return the id of a frozen event."""
    return wire.decode(event, wire.Event).id


def locator_of(event: bytes) -> str:
    """Return the locator of a frozen event that hands something in."""
    return wire.decode(bytes(wire.decode(event, wire.Event).payload), wire.Handed).locator
