"""Limits: how large a request may be, before anything of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from kiosk import wire
from kiosk.central.exchange import sticks
from kiosk.central.staff.frame import show
from kiosk.central.tenants.models import Staff

Answering = Callable[[HttpRequest], HttpResponseBase]

AROUND = 64_000
"""Bytes of a form around the file in it."""


def no_larger(answering: Answering) -> Answering:
    """Refuse what is larger than its address takes; only staff bring a stick's file.

    Django bounds the fields of a form but not its files, and reads them before a page can ask who
    brings them. The exchange has a limit of its own, and refuses in its own words.
    """

    def bounded(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(wire.ROOT) and _length(request) > _most(request):
            return show(request, "413.html", status=413)
        return answering(request)

    return bounded


def _length(request: HttpRequest) -> int:
    """Return the length that the request names; Django reads no further."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _most(request: HttpRequest) -> int:
    if request.path == reverse("stick") and isinstance(request.user, Staff):
        return sticks.MOST_BYTES + AROUND
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + AROUND
