"""Pages of the questionnaires: what is asked, and writing it."""

import dataclasses
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from kiosk.central.platform import typed
from kiosk.central.questionnaires import actions
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.questionnaires.queries import current
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.once import once
from kiosk.central.staff.questionnaires import overview
from kiosk.central.staff.questionnaires.forms import QuestionnaireForm
from kiosk.central.staff.saved import SAVED
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import may, places


@require_GET
@needs(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """List what is asked, and what is written but not asked."""
    staff = staff_of(request)
    lines = overview.lines(staff, spoken())
    return show(
        request,
        "questionnaires/listing.html",
        lines=lines,
        may_write=may(staff, Role.LIBRARIAN),
    )


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def writing(request: HttpRequest, questionnaire_id: UUID | None = None) -> HttpResponse:
    """Write a questionnaire, or change it."""
    hers = overview.seen_by(staff_of(request), Role.LIBRARIAN)
    row = get_object_or_404(hers, pk=questionnaire_id) if questionnaire_id else None
    if request.method == "GET":
        branch = row.branch.key if row and row.branch else ""
        return _form(
            request, row, QuestionnaireForm.of(current(row), branch, row.change) if row else None
        )
    written = QuestionnaireForm.read(request.POST, places(staff_of(request)))
    if written.mistakes:
        return _form(request, row, written, status=422)
    try:
        return _saved(request, row, written)
    except typed.Overtaken:
        return _overtaken(request, row, written)


def _saved(
    request: HttpRequest, row: Questionnaire | None, written: QuestionnaireForm
) -> HttpResponse:
    staff, published = staff_of(request), row.published if row else False
    if {"publish", "take-down"} & set(request.POST):
        published = "publish" in request.POST
    values = {
        "branch": places(staff)[written.branch],
        "audience": written.audience,
        "published": published,
        **written.dates(),
    }
    told = written.title, written.questions, values
    if row is None:
        tenant = library_of(request)
        row = once(
            Questionnaire,
            tenant,
            request.POST,
            lambda identity: actions.add(
                tenant, staff, written.title, written.questions, values | {"id": identity}
            ),
        )
    else:
        row = actions.change(row, staff, *told, written.seen)
    messages.success(request, str(SAVED[overview.shown_now(row)]))
    return redirect("questionnaires")


def _overtaken(
    request: HttpRequest, row: Questionnaire | None, written: QuestionnaireForm
) -> HttpResponse:
    seen = 0
    if row is not None:
        row.refresh_from_db()
        seen = row.change
    again = dataclasses.replace(written, seen=seen)
    return _form(request, row, again, status=409, overtaken=typed.overtaken())


def _form(
    request: HttpRequest,
    row: Questionnaire | None,
    written: QuestionnaireForm | None,
    status: int = 200,
    overtaken: str = "",
) -> HttpResponse:
    return show(
        request,
        "questionnaires/writing.html",
        status=status,
        row=row,
        overtaken=overtaken,
        **overview.form(written or QuestionnaireForm(), staff_of(request), spoken()),
    )
