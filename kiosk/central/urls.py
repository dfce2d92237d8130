"""Addresses of central: the exchange, the technicians' admin, and the pages."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from kiosk import wire
from kiosk.central.branches import api as branches
from kiosk.central.branches.door import unknown_protocol
from kiosk.central.inbox import api as inbox
from kiosk.central.intake import api as intake
from kiosk.central.programme import api as programme
from kiosk.central.seats import api as seats

_ROOT = wire.ROOT.removeprefix("/")

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_ROOT}/enrol", branches.enrol),
    path(f"{_ROOT}/rotate", branches.rotate),
    path(f"{_ROOT}/time", branches.time),
    path(f"{_ROOT}/inbox", intake.inbox),
    path(f"{_ROOT}/receipt/<str:locator>", inbox.receipt),
    path(f"{_ROOT}/content", programme.content),
    path(f"{_ROOT}/seats", seats.seats),
    path("sync/<int:protocol>/<path:rest>", unknown_protocol),
    path("admin/", admin.site.urls),
    path("", include("kiosk.central.page_urls")),
]

handler403 = "kiosk.central.accounts.pages.forbidden"
handler404 = "kiosk.central.accounts.pages.not_found"
handler500 = "kiosk.central.accounts.pages.failed"
