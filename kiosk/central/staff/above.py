"""Above: where a form is sent to is no page; opened as one, it leads to the page that it is on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import is_valid_path

from kiosk import wire

Answering = Callable[[HttpRequest], HttpResponseBase]

_ASKING = {"GET", "HEAD"}
_WRONG_METHOD = 405


def page_above(answering: Answering) -> Answering:
    """Show the page above an address that only takes forms.

    People come there who logged in anew, chose another language beside a mistake, or load again.
    """

    def led(request: HttpRequest) -> HttpResponseBase:
        response = answering(request)
        for_people = request.method in _ASKING and not request.path.startswith(wire.ROOT)
        if response.status_code == _WRONG_METHOD and for_people:
            return redirect(_above(request.path))
        return response

    return led


def _above(path: str) -> str:
    """Return the nearest address above *path* that there is; the front is above all."""
    parts = path.rstrip("/").split("/")
    above = ("/".join(parts[:many]) + "/" for many in range(len(parts) - 1, 0, -1))
    return next(filter(is_valid_path, above))
