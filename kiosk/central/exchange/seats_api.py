"""The endpoint at which a kiosk hears of seats, and gets its leases."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kiosk import wire
from kiosk.central.devices.signing import body_of, caller, endpoint, signed
from kiosk.central.seats import leasing


@endpoint("GET")
def seats(request: HttpRequest) -> HttpResponse:
    """Tell how every workshop stands, or 304 when the kiosk knows; seats are set aside for it."""
    device = caller(request, body_of(request))
    found = leasing.lease_out(device, timezone.now())
    etag, known = f'"{found.version}"', request.headers.get("If-None-Match", "")
    unchanged = etag in [each.strip().removeprefix("W/") for each in known.split(",")]
    body = b"" if unchanged else wire.encode(found.told())
    answer = signed(request, device.tenant_id, body, request.path, 304 if unchanged else 200)
    answer["ETag"] = etag
    return answer
