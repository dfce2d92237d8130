"""The peers' way, for comparison: one submission per request, saved through Django's ORM.

No sessions, no signature, no middleware: a bare WSGI application, faster than any of them.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from kiosk import wire
from kiosk.central.platform import tenancy
from kiosk.central.run import operations

operations.prepare()

from kiosk.central.devices.models import Device  # noqa: E402 - Django is set up above
from kiosk.central.events.models import Event  # noqa: E402


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Save the one event in the body."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    told = msgspec.json.decode(body, type=wire.Event)
    with tenancy.everywhere():
        device = Device.objects.select_related("tenant").order_by("pk")[0]
        Event.objects.create(
            tenant=device.tenant,
            id=UUID(told.id),
            device=device,
            digest=wire.digest(body),
            seq=told.seq,
            type=told.type,
            v=told.v,
            body=body,
            batch="one",
            receipt=1,
            received_at=timezone.now(),
        )
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
