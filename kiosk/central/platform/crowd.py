"""A crowd: batches of kiosks that come too many at once are put off, so that pages never wait."""

import logging
import random
import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from kiosk import wire

Answering = Callable[[HttpRequest], HttpResponseBase]

MOST_AT_ONCE = 6
"""Batches under way in one process; fewer than its threads, so that some are left for people."""
PUT_OFF_S = (3, 30)
"""For how long, at least and at most: by chance, so that kiosks do not return together."""

_PUT_OFF = 503
_BATCH = f"{wire.ROOT}/inbox"
_BUSY = wire.encode(wire.Refusal("busy", "many kiosks come back at once; try again"))


def put_off(answering: Answering) -> Answering:
    """Answer a batch that comes too many at once with when to come again; nothing of it is read.

    Only batches: a visitor's receipt, a librarian's page and the rest of an exchange are served.
    """
    room = threading.BoundedSemaphore(MOST_AT_ONCE)

    def bounded(request: HttpRequest) -> HttpResponseBase:
        if request.path != _BATCH or request.method != "POST":
            return answering(request)
        if not room.acquire(blocking=False):
            return _busy()
        try:
            return answering(request)
        finally:
            room.release()

    return bounded


def is_no_put_off(record: logging.LogRecord) -> bool:
    """Keep out of the log that a kiosk was told to come again; the database away stays in it."""
    return getattr(record, "status_code", 0) != _PUT_OFF or record.exc_info is not None


def _busy() -> HttpResponse:
    wait_s = random.randint(*PUT_OFF_S)  # noqa: S311 - spreads load, hides nothing
    told = {"Retry-After": str(wait_s), "Cache-Control": "no-store"}
    return HttpResponse(_BUSY, content_type="application/json", status=_PUT_OFF, headers=told)
