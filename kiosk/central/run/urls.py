"""Addresses of central: the exchange, the technicians' admin, and the pages."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from kiosk import wire
from kiosk.central.devices.signing import broken, unknown_protocol
from kiosk.central.run.endpoints import ENDPOINTS, ROOT
from kiosk.central.run.openapi import description
from kiosk.central.staff.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    *(endpoint.route for endpoint in ENDPOINTS),
    path(f"{ROOT}/openapi.json", description),
    path("sync/<int:protocol>/<path:rest>", unknown_protocol),
    path("admin/", admin.site.urls),
    path("", include("kiosk.central.run.page_urls")),
]


def failed(request: HttpRequest) -> HttpResponse:
    """Say that something broke: to people with a page, to kiosks in their own words."""
    return broken(request) if request.path.startswith(wire.ROOT) else views.failed(request)


handler403 = "kiosk.central.staff.accounts.views.forbidden"
handler404 = "kiosk.central.staff.accounts.views.not_found"
handler500 = "kiosk.central.run.urls.failed"
