"""Pages of the handbook, in the language of whoever reads them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from kiosk.central.staff.access import needs
from kiosk.central.staff.frame import show
from kiosk.central.staff.handbook.reading import ENGLISH, PAGES, read
from kiosk.central.tenants.models import Role


@require_GET
@needs(*Role)
def reading(request: HttpRequest, page: str = "staff") -> HttpResponse:
    """Show one page of it."""
    if page not in PAGES:
        raise Http404
    told = read(page, get_language() or ENGLISH)
    body = mark_safe(told.body)  # noqa: S308 - our own files, in which HTML is not let through
    return show(request, "handbook/reading.html", told=told, body=body)
