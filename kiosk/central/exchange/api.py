"""The endpoint at which a kiosk brings what visitors handed in."""

from django.http import HttpRequest, HttpResponse

from kiosk import wire
from kiosk.central.devices.signing import body_of, caller, endpoint, signed
from kiosk.central.events.envelope import unpack
from kiosk.central.exchange import taking_in
from kiosk.central.platform.write_lock import TURNS


@endpoint("POST")
def inbox(request: HttpRequest) -> HttpResponse:
    """Take in a batch, or the heartbeat of a kiosk that has nothing to bring."""
    with TURNS.bringing():
        body = body_of(request)
        device = caller(request, body)
        brought = unpack(body, device)
        if brought.health.pending > len(brought.items) > 0:
            TURNS.expect_more()
        answer = wire.encode(taking_in.take_in(device, brought))
        return signed(request, device.tenant_id, answer, brought.batch)
