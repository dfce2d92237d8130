"""Page of the programme: what is to come, and what has been."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kiosk.central.programme.queries import workshops
from kiosk.central.seats.queries import confirmed
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.programme.entries import entries
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches, may_everywhere

PAGE = 40
"""Entries on one page."""


@require_GET
@needs(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """List what is to come, or what is over, at one branch or all."""
    staff = staff_of(request)
    mine, over = branches(staff, Role.READER), "over" in request.GET
    chosen = request.GET.get("branch", "")
    shown = mine.filter(key=chosen) if chosen else mine
    page = Paginator(workshops(shown, over=over), PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "programme/listing.html",
        page=page,
        entries=entries(page.object_list, confirmed(library_of(request)), spoken()),
        branches=mine,
        chosen=chosen,
        over=over,
        may_import=may_everywhere(staff, Role.LIBRARIAN),
    )
