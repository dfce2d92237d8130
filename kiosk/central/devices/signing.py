"""The door of the exchange: who knocks, whether the signature is theirs, and signed answers."""

import base64
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kiosk import seal, wire
from kiosk.central.devices import queries, rotation
from kiosk.central.devices.models import Device
from kiosk.central.platform import tenancy
from kiosk.central.tenants import keys
from kiosk.wire.gzipped import gzipped

Rest = ParamSpec("Rest")
Endpoint = Callable[Concatenate[HttpRequest, Rest], HttpResponse]

WORTH_COMPRESSING_BYTES = 1_000
BUSY_RETRY_S = 5


class RequestRefused(Exception):
    """A request that is turned back, with what the kiosk is told."""

    def __init__(self, status: int, error: str, detail: str = "", retry_after_s: int = 0) -> None:
        """Name the HTTP status, the fixed word, the remedy, and how long to wait."""
        super().__init__(f"{status} {error}")
        self.status = status
        """HTTP status."""
        self.refusal = wire.Refusal(error, detail)
        """The body of the answer."""
        self.retry_after_s = retry_after_s
        """For Retry-After; 0 leaves it out."""


def endpoint(method: str) -> Callable[[Endpoint[Rest]], Endpoint[Rest]]:
    """Open a door for *method*: what is refused becomes a `wire.Refusal`, never a page."""

    def guard(answering: Endpoint[Rest]) -> Endpoint[Rest]:
        @wraps(answering)
        def guarded(
            request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponse:
            try:
                if request.method != method:
                    return _wrong_method(method)
                return answering(request, *args, **kwargs)
            except RequestRefused as refused:
                return _refusal(refused)
            except (OperationalError, InterfaceError):
                return _refusal(RequestRefused(503, "busy", "try again", BUSY_RETRY_S))

        return csrf_exempt(guarded)

    return guard


def body_of(request: HttpRequest) -> bytes:
    """Return the body as it was sent. Raises Refused when it is too large or breaks off."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = -1
    if length < 0 or "HTTP_TRANSFER_ENCODING" in request.META:
        raise RequestRefused(411, "length_required", "send Content-Length")
    if length > wire.MAX_BATCH_BYTES:
        raise RequestRefused(413, "too_large", f"at most {wire.MAX_BATCH_BYTES} bytes")
    try:
        return request.body
    except UnreadablePostError as error:
        raise RequestRefused(400, "unreadable", "the body broke off") from error


def read(body: bytes, shape: type[wire.T]) -> wire.T:
    """Read a body into *shape*. Raises Refused."""
    try:
        return wire.decode(body, shape)
    except wire.Unreadable as error:
        raise RequestRefused(400, "unreadable", str(error)) from error


def caller(request: HttpRequest, body: bytes) -> Device:
    """Return the device that has signed the request; only its library is seen from then on.

    Raises Refused.
    """
    named = request.headers.get(wire.DEVICE_HEADER, "")
    try:
        with tenancy.everywhere():
            device = queries.device(uuid.UUID(named))
    except ValueError:
        device = None
    if device is None:
        raise RequestRefused(401, "unknown_device", "enrol this kiosk again")
    is_new = _signed_with_next_key(request, body, device)
    if device.revoked_at and device.revoked_at <= timezone.now():
        raise RequestRefused(403, "revoked", "a technician has shut this kiosk out; enrol it again")
    tenancy.stay(device.tenant_id)
    if is_new:
        rotation.complete(device)
    return device


def _signed_with_next_key(request: HttpRequest, body: bytes, device: Device) -> bool:
    """Check the signature; tell whether it is of the key that was announced. Raises Refused."""
    try:
        check_signature(request, body, str(device.pk), bytes(device.public_key))
    except RequestRefused:
        if device.next_key is None:
            raise
        check_signature(request, body, str(device.pk), bytes(device.next_key))
        return True
    return False


def check_signature(request: HttpRequest, body: bytes, device: str, public_key: bytes) -> None:
    """Check that whoever holds *public_key* sent exactly this. Raises Refused."""
    path = request.get_full_path()
    text = wire.signed_text(request.method or "", path, device, body)
    try:
        signature = base64.b64decode(request.headers.get(wire.SIGNATURE_HEADER, ""), validate=True)
        seal.verify(public_key, text, signature)
    except (ValueError, seal.NotGenuine) as error:
        raise RequestRefused(401, "bad_signature", "the signature does not fit") from error


def signed(
    request: HttpRequest, tenant_key: str, body: bytes, about: str, status: int = 200
) -> HttpResponse:
    """Answer with JSON that central has signed, compressed when it pays and is understood."""
    signature = seal.sign(keys.secrets_of(tenant_key).signing_secret, wire.answer_text(body, about))
    packed = len(body) > WORTH_COMPRESSING_BYTES and "gzip" in request.headers.get(
        "Accept-Encoding", ""
    )
    response = HttpResponse(
        gzipped(body) if packed else body,
        status=status,
        content_type="application/json",
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    response[wire.SIGNATURE_HEADER] = base64.b64encode(signature).decode("ascii")
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept-Encoding"
    return response


@csrf_exempt
def unknown_protocol(_request: HttpRequest, protocol: int, rest: str = "") -> HttpResponse:  # noqa: ARG001 - named by the address
    """Turn back a kiosk that speaks another protocol, or asks for what this one has not."""
    if protocol == wire.PROTOCOL:
        return _refusal(RequestRefused(404, "unknown_endpoint", "protocol 1 has no such endpoint"))
    return _refusal(RequestRefused(400, "unknown_protocol", f"this central speaks {wire.PROTOCOL}"))


def _wrong_method(method: str) -> HttpResponse:
    response = _refusal(RequestRefused(405, "wrong_method", f"use {method}"))
    response["Allow"] = method
    return response


def broken(_request: HttpRequest) -> HttpResponse:
    """Say that this request broke something here, so that the kiosk tries its events one by one.

    A page would look like something else on the way, and one event would hold up all others.
    """
    return _refusal(RequestRefused(500, "broken", "central failed at this; see its log"))


def _refusal(refused: RequestRefused) -> HttpResponse:
    response = HttpResponse(
        wire.encode(refused.refusal), status=refused.status, content_type="application/json"
    )
    if refused.retry_after_s:
        response["Retry-After"] = str(refused.retry_after_s)
    response["Cache-Control"] = "no-store"
    return response
