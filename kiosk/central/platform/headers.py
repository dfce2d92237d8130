"""HTTP headers: what a proxy tells us, and what browsers are told they may load."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Answering = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing from elsewhere and nothing inline."""


def content_policy(answering: Answering) -> Answering:
    """Send the content security policy with every answer."""

    def with_policy(request: HttpRequest) -> HttpResponseBase:
        response = answering(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response

    return with_policy


def behind_proxy(answering: Answering) -> Answering:
    """Take the caller's address from the proxy's own entry, the last one, when there is a proxy."""

    def told(request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if settings.DEPLOYMENT.proxy and forwarded:
            request.META["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip()
        return answering(request)

    return told
