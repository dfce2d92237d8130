"""Page of one workshop: its seats, who has signed up, the list for the door."""

import dataclasses
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiosk.central.platform.typed import Overtaken, mark, overtaken
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import actions
from kiosk.central.seats.queries import book_of
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.programme.entries import entries
from kiosk.central.staff.seats import words
from kiosk.central.staff.seats.forms import Arrangement
from kiosk.central.staff.seats.overview import overview
from kiosk.central.staff.seats.sign_ups import sign_ups
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import branches, may


@require_GET
@needs(Role.READER)
def reading(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Show the seats of one workshop and who has signed up; names only to librarians."""
    workshop = mine(staff_of(request), Role.READER, workshop_id)
    return _shown(request, workshop, Arrangement.of(workshop, book_of(workshop)))


@require_POST
@needs(Role.LIBRARIAN)
def arrange(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Change how many seats there are, and how and when they are given."""
    staff = staff_of(request)
    workshop = mine(staff, Role.LIBRARIAN, workshop_id)
    written = Arrangement.read(request.POST, workshop)
    if written.mistakes:
        return _shown(request, workshop, written, status=422)
    told = {**written.values(workshop), "seen": written.seen}
    try:
        steps = actions.foreseen(workshop, staff, **told)
        if not sure(request.POST.get("sure", ""), workshop, written, steps):
            return _consequences(request, workshop, written, steps)
        actions.arrange(workshop, staff, **told)
    except Overtaken:
        workshop.refresh_from_db()
        now = Arrangement.of(workshop, book_of(workshop)).seen
        again = dataclasses.replace(written, seen=now)
        return _shown(request, workshop, again, status=409, overtaken=overtaken())
    messages.success(request, _("Saved. Everybody for whom something has changed is told."))
    return redirect("workshop", workshop_id)


@require_POST
@needs(Role.LIBRARIAN)
def printed(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Give out the list of names for the door, and note who took it."""
    staff = staff_of(request)
    workshop = mine(staff, Role.LIBRARIAN, workshop_id)
    record(staff, "downloaded", workshop, name="sign-ups", form="print", personal=True)
    return show(
        request,
        "seats/printed.html",
        entry=entries([workshop], {}, spoken())[0],
        sign_ups=sign_ups(workshop, staff, named=True),
    )


def sure(
    sent: str, workshop: Workshop, written: Arrangement, steps: Sequence[actions.StandingStep]
) -> bool:
    """Tell whether she has agreed to just these *steps*, or nothing needs to be agreed to."""
    no_limit = workshop.capacity and not written.capacity
    return not (steps or no_limit) or sent == _agreeing_to(steps)


def _agreeing_to(steps: Sequence[actions.StandingStep]) -> str:
    return "-".join(sorted(f"{mark(each.registration, 'pk', 'standing')}" for each in steps)) or "1"


def mine(staff: Staff, role: Role, workshop_id: UUID) -> Workshop:
    """Find a workshop at a branch where she may act as *role*."""
    hers = Workshop.objects.filter(branch__in=branches(staff, role))
    return get_object_or_404(hers.select_related("branch", "tenant", "book"), pk=workshop_id)


def _consequences(
    request: HttpRequest,
    workshop: Workshop,
    written: Arrangement,
    steps: Sequence[actions.StandingStep],
) -> HttpResponse:
    """Show what would come of an arrangement, and ask whether that is meant."""
    return show(
        request,
        "seats/consequences.html",
        workshop=workshop,
        entry=entries([workshop], {}, spoken())[0],
        written=written,
        steps=[
            {
                "name": each.registration.submission.answers.get("name", ""),
                "seats": each.registration.submission.seats,
                "before": words.standing(each.before),
                "after": words.standing(each.registration.standing),
                "badge": each.registration.standing,
            }
            for each in steps
        ],
        sure=_agreeing_to(steps),
        no_limit=workshop.capacity and not written.capacity,
    )


def _shown(
    request: HttpRequest,
    workshop: Workshop,
    written: Arrangement,
    status: int = 200,
    overtaken: str = "",
) -> HttpResponse:
    staff = staff_of(request)
    may_rule = may(staff, Role.LIBRARIAN, workshop.branch)
    return show(
        request,
        "seats/reading.html",
        status=status,
        workshop=workshop,
        entry=entries([workshop], {}, spoken())[0],
        seats=overview(workshop),
        sign_ups=sign_ups(workshop, staff, named=may_rule),
        may_rule=may_rule,
        written=written,
        overtaken=overtaken,
    )
