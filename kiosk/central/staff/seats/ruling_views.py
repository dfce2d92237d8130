"""Pages on which librarians rule: about a sign-up, and about a kiosk that holds seats."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kiosk.central.platform import typed
from kiosk.central.seats import actions
from kiosk.central.seats.models import Lease, Registration, Ruling
from kiosk.central.seats.queries import promised
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.seats import words
from kiosk.central.staff.seats.views import mine
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.names import plain


@require_POST
@needs(Role.LIBRARIAN)
def rule(request: HttpRequest, workshop_id: UUID, submission_id: UUID) -> HttpResponse:
    """Give a sign-up its seats, put it first in line, or decline it with a reason."""
    staff, kind = staff_of(request), request.POST.get("kind")
    workshop = mine(staff, Role.LIBRARIAN, workshop_id)
    registration = get_object_or_404(Registration, pk=submission_id, workshop=workshop)
    if kind not in Ruling.KINDS:
        return HttpResponseBadRequest()
    reason = plain(request.POST.get("reason", "").strip(), Ruling.LONGEST_REASON)
    if kind == Ruling.DECLINED and not reason:
        messages.error(request, _("Write why it is declined, for your colleagues."))
    elif number := typed.number_mistake(reason):
        messages.error(request, number)
    else:
        _ruled(request, registration, kind, reason)
    return redirect("workshop", workshop_id)


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def write_off(request: HttpRequest, workshop_id: UUID, lease_id: UUID) -> HttpResponse:
    """Ask whether to wait for a kiosk no longer, and do it."""
    staff = staff_of(request)
    workshop = mine(staff, Role.LIBRARIAN, workshop_id)
    held = get_object_or_404(Lease, pk=lease_id, workshop=workshop)
    if request.method == "GET":
        left = max(0, held.seats - held.erased - promised(held))
        return show(request, "seats/write_off.html", held=held, left=left)
    if held.settled_at is None:
        actions.write_off(held, staff)
    messages.success(request, _("We wait for that kiosk no longer. Its seats go to the line."))
    return redirect("workshop", workshop_id)


def _ruled(request: HttpRequest, registration: Registration, kind: str, reason: str) -> None:
    """Rule, and tell what it has come to: a place may be free or not, a workshop called off."""
    try:
        found = actions.rule(registration, kind, staff_of(request), reason)
    except actions.TooLate:
        messages.error(
            request, _("Too late: it has its place, or was taken back. Nothing changed.")
        )
        return
    now = found.outcomes[str(registration.pk)]
    told = {"standing": words.standing(now.standing), "reason": words.reason(now.why)}
    messages.success(request, _("Saved. It now says: %(standing)s. %(reason)s") % told)
