"""Page of what arrived but could not be understood."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kiosk.central.content.publishing import left_out
from kiosk.central.events.models import Event
from kiosk.central.events.queries import held
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches

REASONS = {
    "unknown_type": _("A newer kiosk sent something that central does not know yet."),
    "unknown_version": _("A newer kiosk wrote it in a form that central does not know yet."),
    "unreadable": _("It is damaged, or written in a way nobody expected."),
    "cannot_unseal": _("It was sealed with a key that is not this library's."),
    "wrong_receipt": _("It is about an errand, but was not made with that errand's receipt."),
    "unknown_workshop": _("It is about a workshop that is not in the programme."),
    "unknown_idea": _("It is about an idea that is not on the board."),
    "unknown_branch": _("It comes from a branch that is not in the list of branches."),
    "bad_time": _("Its date cannot be right."),
    "does_not_fit": _("It does not fit with what is already here."),
    "envelope_changed": _("Somebody has changed what stands beside the sealed answers."),
    "failed": _("Central failed at it; a technician finds the cause in the log."),
    "too_late": _("It is a correction made when what it is about was over."),
    "answers": _("Some of its answers do not fit the questions."),
}
"""What staff read about each reason that the intake gives."""

_PAGE = 50


@require_GET
@needs(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """List the events that need a look, newest first, each with the reason."""
    mine = branches(staff_of(request), Role.READER)
    page = Paginator(held(mine), _PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "inbox/held.html",
        page=page,
        held=[_line(each) for each in page],
        left_out=left_out(mine),
    )


def _line(event: Event) -> dict[str, Any]:
    known, _colon, detail = event.held_reason.partition(": ")
    return {
        "id": event.id,
        "kind": event.type,
        "reason": REASONS.get(known, event.held_reason),
        "detail": detail,
        "branch": event.device.branch.name,
        "received_at": event.received_at,
    }
