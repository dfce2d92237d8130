"""The endpoint at which a kiosk looks up a receipt that was handed out at another branch."""

import re

from django.http import HttpRequest, HttpResponse

from kiosk import wire
from kiosk.central.devices import throttle
from kiosk.central.devices.actions import CROWDED_S
from kiosk.central.devices.signing import RequestRefused, body_of, caller, endpoint, signed
from kiosk.central.submissions.queries import as_told, at_receipt

LOCATOR = MARK = re.compile(r"[0-9a-f]{32}")


@endpoint("GET")
def receipt(request: HttpRequest, locator: str) -> HttpResponse:
    """Tell how far the errand under *locator* has come; its answers open only with the code."""
    device = caller(request, body_of(request))
    told = request.GET.get("mark", "")
    if not LOCATOR.fullmatch(locator) or (told and not MARK.fullmatch(told)):
        raise RequestRefused(400, "bad_locator", "32 hexadecimal digits, lower case")
    mark = bytes.fromhex(told)
    try:
        submission = throttle.look_up(
            f"kiosk {device.pk}", lambda: at_receipt(device.tenant, locator, mark)
        )
    except throttle.Crowded as crowded:
        too_many = "too many unknown receipts from this kiosk"
        raise RequestRefused(429, "too_many", too_many, CROWDED_S) from crowded
    if submission is None:
        raise RequestRefused(404, wire.UNKNOWN_RECEIPT, "nothing has arrived under this receipt")
    return signed(request, device.tenant_id, wire.encode(as_told(submission)), request.path)
