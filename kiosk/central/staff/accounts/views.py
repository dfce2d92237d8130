"""Pages: logging in and out, locked out, the language of the pages, and what went wrong."""

import sys
from datetime import timedelta
from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kiosk.central.devices.signing import BUSY_RETRY_S
from kiosk.central.platform import tenancy
from kiosk.central.staff.frame import show
from kiosk.central.tenants import actions
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import may

_A_YEAR_S = 365 * 24 * 3600
_A_MINUTE = timedelta(minutes=1)  # the page tells no seconds, so it rounds up


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask who she is; send her where she wanted to go."""
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        staff = form.get_user()
        with tenancy.everywhere():  # she is seen from within her library only, see `access`
            login(request, staff)
        return _speaking(redirect(_wanted(request)), staff.language)
    status = 422 if form.is_bound else 200
    return show(request, "accounts/log_in.html", status=status, form=form, next=_next(request))


@never_cache
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; by POST only, so that no link or picture can do it."""
    logout(request)
    return redirect("logged-out")


@never_cache
def logged_out(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended."""
    return show(request, "accounts/logged_out.html")


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say when she may try again; django-axes asks for this page."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    tried = (
        AccessAttempt.objects.filter(username=username, ip_address=get_client_ip_address(request))
        .order_by("-attempt_time")
        .first()
    )
    began = tried.attempt_time if tried else timezone.now()
    again = began + (get_cool_off(request) or timedelta()) + _A_MINUTE
    return show(request, "accounts/locked_out.html", status=429, again=again)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show the pages in the language that was picked, now and the next time she logs in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = ""
    if language and isinstance(request.user, Staff):
        actions.speak(request.user, language)
    return _speaking(redirect(_next(request) or "front"), language)


def front(request: HttpRequest) -> HttpResponse:
    """Send everybody to the page where her work is."""
    if may(request.user, Role.READER):
        return redirect("inbox")
    if may(request.user, Role.TECHNICIAN):
        return redirect("kiosks")
    return redirect("log-in") if request.user.is_anonymous else forbidden(request)


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """Say that her role does not open this page, and whom to ask."""
    return show(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is nothing at this address."""
    return show(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something broke; asks the database nothing, which may be what broke.

    When it is, it will be back: then browsers and proxies are told to come again.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    response = render(request, "500.html", status=503 if away else 500)
    if away:
        response["Retry-After"] = str(BUSY_RETRY_S)
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """Say that a form was too old or came from elsewhere; nothing was changed."""
    return show(request, "accounts/form_too_old.html", status=403)


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else ""


def _wanted(request: HttpRequest) -> str:
    return _next(request) or resolve_url("front")


def _speaking(response: HttpResponseRedirect, language: str) -> HttpResponse:
    if language:
        translation.activate(language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_A_YEAR_S,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
