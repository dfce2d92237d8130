"""The endpoint at which a kiosk fetches what it shows."""

from django.http import HttpRequest, HttpResponse

from kiosk import wire
from kiosk.central.content.publishing import published
from kiosk.central.devices.signing import body_of, caller, endpoint, signed


@endpoint("GET")
def content(request: HttpRequest) -> HttpResponse:
    """Give the whole content of the kiosk's branch, or 304 when it has this version already."""
    device = caller(request, body_of(request))
    now = published(device.branch)
    etag, known = f'"{now.version}"', request.headers.get("If-None-Match", "")
    unchanged = etag in [each.strip().removeprefix("W/") for each in known.split(",")]
    body = b"" if unchanged else wire.encode_content(now)
    answer = signed(request, device.tenant_id, body, request.path, 304 if unchanged else 200)
    answer["ETag"] = etag
    return answer
