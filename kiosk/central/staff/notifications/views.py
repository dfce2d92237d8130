"""Page of what could not be delivered, for whoever mends mail servers and webhooks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kiosk.central.notifications import actions
from kiosk.central.notifications.models import Parcel
from kiosk.central.notifications.queries import undelivered, waiting
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.tenants.models import Role
from kiosk.errands.letters import LetterOccasion

LETTERS: dict[str, Any] = {
    LetterOccasion.ANSWERED: gettext_lazy("Letter: there is an answer"),
    LetterOccasion.CONFIRMED: gettext_lazy("Letter: a place is confirmed"),
    LetterOccasion.WAITING: gettext_lazy("Letter: on the waiting list"),
    LetterOccasion.PROMOTED: gettext_lazy("Letter: a place from the waiting list"),
    LetterOccasion.DECLINED: gettext_lazy("Letter: no place"),
    LetterOccasion.CANCELLED: gettext_lazy("Letter: it is cancelled"),
    LetterOccasion.REMINDER: gettext_lazy("Letter: it is tomorrow"),
}
"""What staff call each letter."""

_PAGE = 50


@require_GET
@needs(Role.TECHNICIAN)
def listing(request: HttpRequest) -> HttpResponse:
    """List what was given up, the latest first, each with what it met."""
    tenant = library_of(request)
    page = Paginator(undelivered(tenant), _PAGE).get_page(request.GET.get("page"))
    lines = [_line(parcel) for parcel in page]
    return show(
        request,
        "notifications/listing.html",
        page=page,
        parcels=lines,
        waiting=waiting(tenant).count(),
    )


@require_POST
@needs(Role.TECHNICIAN)
def decide(request: HttpRequest, parcel_id: UUID) -> HttpResponse:
    """Send one more time, or take it off the list."""
    dead = undelivered(library_of(request))
    parcel = get_object_or_404(dead, id=parcel_id)
    if request.POST.get("what") == "again":
        actions.try_again(parcel, staff_of(request))
        messages.success(request, _("It is sent again within a minute."))
    else:
        actions.give_up(parcel, staff_of(request))
        messages.success(request, _("It is off the list. Nothing was sent."))
    return redirect("post")


def _line(parcel: Parcel) -> dict[str, Any]:
    return {
        "id": parcel.id,
        "what": _called(parcel),
        "webhook": parcel.webhook,
        "about": parcel.about,
        "failure": parcel.failure,
        "attempts": parcel.attempts,
        "made_at": parcel.made_at,
        "done_at": parcel.done_at,
    }


def _called(parcel: Parcel) -> str:
    if parcel.occasion.startswith(actions.ALARM):
        return _("Letter to technicians: a kiosk needs somebody")
    named = {} if parcel.webhook else LETTERS  # a newer central may have noted an occasion
    return str(named.get(parcel.occasion, parcel.occasion))
