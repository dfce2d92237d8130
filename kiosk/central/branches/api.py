"""The endpoint at which a kiosk enrols."""

from django.http import HttpRequest, HttpResponse

from kiosk import wire
from kiosk.central.branches import actions, queries
from kiosk.central.branches.door import Refused, body_of, check_signature, endpoint, signed


@endpoint("POST")
def enrol(request: HttpRequest) -> HttpResponse:
    """Let a kiosk join a branch; its signature proves that it holds the key it offers."""
    body = body_of(request)
    try:
        asked = wire.decode(body, wire.Enrol)
    except wire.Unreadable as error:
        raise Refused(400, "unreadable", str(error)) from error
    check_signature(request, body, "", asked.public_key)
    device = actions.enrol(asked, request.META.get("REMOTE_ADDR", ""))
    answer = wire.encode(queries.enrolled(device))
    return signed(request, device.tenant, answer, request.path)
