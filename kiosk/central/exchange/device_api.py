"""The endpoints at which a kiosk enrols, changes its key and asks what time it is."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices import actions, queries, rotation
from kiosk.central.devices.signing import (
    RequestRefused,
    body_of,
    caller,
    check_signature,
    endpoint,
    read,
    signed,
)
from kiosk.central.platform import tenancy

NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@endpoint("POST")
def enrol(request: HttpRequest) -> HttpResponse:
    """Let a kiosk join a branch; its signature proves that it holds the key it offers."""
    body = body_of(request)
    asked = read(body, wire.Enrol)
    check_signature(request, body, "", asked.public_key)
    with tenancy.everywhere():  # the code alone says whose it is
        device = actions.enrol(asked, request.META.get("REMOTE_ADDR", ""))
    tenancy.stay(device.tenant_id)
    answer = wire.encode(queries.enrolled(device, asked.public_key))
    return signed(request, device.tenant_id, answer, request.path)


@endpoint("POST")
def rotate(request: HttpRequest) -> HttpResponse:
    """Take a kiosk's new key, announced with the old one; the same again is the same answer."""
    body = body_of(request)
    device = caller(request, body)
    asked = read(body, wire.Rotate)
    try:
        seal.verify(
            asked.public_key, wire.rotation_text(str(device.pk), asked.public_key), asked.proof
        )
        rotation.announce(device, asked.public_key)
    except seal.NotGenuine as error:
        raise RequestRefused(
            400, "bad_key", "the new key has not signed the text of its change"
        ) from error
    except rotation.KeyOutOfDate as error:
        raise RequestRefused(401, "bad_signature", "the key has been changed meanwhile") from error
    answer = wire.encode(wire.Rotated(str(device.pk)))
    return signed(request, device.tenant_id, answer, request.path)


@endpoint("GET")
def time(request: HttpRequest) -> HttpResponse:
    """Tell what time it is; signed over the whole address, and so over the kiosk's nonce."""
    device = caller(request, body_of(request))
    nonce = request.GET.get("nonce", "")
    if not NONCE.fullmatch(nonce):
        raise RequestRefused(400, "bad_nonce", "16 to 64 letters, digits, - or _")
    told = wire.TimeTold(nonce, timezone.now().isoformat(timespec="milliseconds"))
    return signed(request, device.tenant_id, wire.encode(told), request.get_full_path())
