"""The check in front of every staff page: who may open it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kiosk.central.platform import tenancy
from kiosk.central.tenants.models import Role, Staff, Tenant
from kiosk.central.tenants.queries import library, may

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]
"""A view of Django."""
OPENED_BY: dict[str, tuple[Role, ...]] = {}
"""As which roles each guarded page is opened, by the page's module and name."""


def within_library(
    answering: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let a request see the library that its member of staff works for, and else none.

    Whose a kiosk or a receipt is turns out later, see `kiosk.central.platform.tenancy`.
    """

    def scoped(request: HttpRequest) -> HttpResponseBase:
        with tenancy.nowhere():
            if isinstance(request.user, Staff):
                with tenancy.everywhere():
                    found = library(request.user)
                if found:
                    tenancy.stay(found)
            return answering(request)

    return scoped


def needs(*roles: Role) -> Callable[[Page[Rest]], Page[Rest]]:
    """Open a page only to staff who may act as one of *roles* somewhere; nothing is cached."""

    def guard(page: Page[Rest]) -> Page[Rest]:
        OPENED_BY[named(page)] = roles

        @wraps(page)
        def guarded(
            request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            if not any(may(request.user, role) for role in roles):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        return never_cache(_telling_what_was_lost(login_required(guarded)))

    return guard


def _telling_what_was_lost(page: Page[Rest]) -> Page[Rest]:
    """Tell who is asked to log in that the form she has sent is not saved."""

    @wraps(page)
    def telling(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if request.method == "POST" and request.user.is_anonymous:
            messages.warning(
                request, _("You had been logged out, so nothing was saved. Log in and do it again.")
            )
        return page(request, *args, **kwargs)

    return telling


def named(page: Page[...]) -> str:
    """Name a page by its module and its name, guarded or not."""
    return f"{page.__module__}.{page.__qualname__}"


def staff_of(request: HttpRequest) -> Staff:
    """Return who is logged in; behind `needs` there is always somebody."""
    if not isinstance(request.user, Staff):
        raise PermissionDenied
    return request.user


def library_of(request: HttpRequest) -> Tenant:
    """Return the library she works for; without one there is nothing to open."""
    found = library(staff_of(request))
    if found is None:
        raise PermissionDenied
    return found
