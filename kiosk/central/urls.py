"""Addresses of central: the exchange, the technicians' admin, and the pages."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from kiosk.central.branches.door import unknown_protocol
from kiosk.central.endpoints import ENDPOINTS, ROOT
from kiosk.central.openapi import description

urlpatterns: list[URLPattern | URLResolver] = [
    *(endpoint.route for endpoint in ENDPOINTS),
    path(f"{ROOT}/openapi.json", description),
    path("sync/<int:protocol>/<path:rest>", unknown_protocol),
    path("admin/", admin.site.urls),
    path("", include("kiosk.central.page_urls")),
]

handler403 = "kiosk.central.accounts.pages.forbidden"
handler404 = "kiosk.central.accounts.pages.not_found"
handler500 = "kiosk.central.accounts.pages.failed"
