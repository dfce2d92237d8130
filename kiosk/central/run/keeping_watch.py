"""Keeping watch: while kiosks call, each process looks now and then if the database went back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from kiosk import wire
from kiosk.central.safekeeping.lives import WATCH

Answering = Callable[[HttpRequest], HttpResponseBase]


def look_now_and_then(answering: Answering) -> Answering:
    """Look before a kiosk is answered, when it is time; see `kiosk.central.safekeeping.lives`."""

    def watched(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(wire.ROOT):
            WATCH.look_if_due()
        return answering(request)

    return watched
