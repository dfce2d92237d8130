"""Pages of the inbox: the list, one submission, writing an answer, downloading."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiosk.central.platform import sheets
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.inbox import export, filters
from kiosk.central.staff.inbox.forms import AnswerForm
from kiosk.central.staff.inbox.overview import sums
from kiosk.central.staff.inbox.presenters import in_full
from kiosk.central.staff.inbox.rows import columns, line
from kiosk.central.staff.speaking import content_for, spoken
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches as branches_of
from kiosk.central.tenants.queries import may
from kiosk.errands import ERRANDS

PAGE = 25
"""Lines on one page of the list."""


@require_GET
@needs(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """List what was handed in, newest first, with what the visitor of the page asked for."""
    staff, asked = staff_of(request), filters.read(request.GET)
    mine, named = branches_of(staff, Role.READER), branches_of(staff, Role.LIBRARIAN)
    page = Paginator(asked.submissions(mine, named), PAGE).get_page(request.GET.get("page"))
    phrases, content = spoken(), content_for(page)
    errand = ERRANDS.get(asked.errand)
    return show(
        request,
        "inbox/listing.html",
        page=page,
        lines=[line(each, content, phrases, named=each.branch in named) for each in page],
        columns=[phrases.say(question.ask) for question in columns(errand)] if errand else [],
        sieve=asked,
        selects=asked.selects(mine, phrases),
        sums=sums(mine),
        may_download=bool(named),
    )


@require_GET
@needs(Role.READER)
def reading(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Show one submission; once somebody has it who may answer, its visitor reads so."""
    found, staff = _mine(request, submission_id, Role.READER), staff_of(request)
    if may(staff, Role.LIBRARIAN, found.branch):
        with _told_if_gone():
            found = actions.open_for_reading(found, staff)
    return _shown(request, found, AnswerForm())


@require_POST
@needs(Role.LIBRARIAN)
def answer(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Save an answer; the same one sent twice is saved once."""
    written = AnswerForm.read(request.POST)
    with _told_if_gone(), transaction.atomic():
        submission = _mine(request, submission_id, Role.LIBRARIAN)
        if not written.is_repeated(submission):
            mistake = written.mistake(submission)
            if mistake:
                return _shown(request, submission, written, mistake=mistake, status=422)
            signature = written.signature(staff_of(request), submission.tenant)
            actions.answer(submission, staff_of(request), written.text, signature)
    messages.success(request, _("The answer is on its way. The visitor reads it with the code."))
    return redirect("submission", submission_id)


@require_POST
@needs(Role.LIBRARIAN)
def download(request: HttpRequest) -> HttpResponse:
    """Give out what the list shows as a file, and note who took it."""
    staff = staff_of(request)
    form, name = request.POST.get("form", ""), request.POST.get("name", "")
    personal = request.POST.get("personal") == "yes"
    if form not in sheets.FORMATS or name not in export.NAMES:
        return HttpResponseBadRequest()
    asked = filters.read(QueryDict(request.POST.get("sieve", "")))
    hers = branches_of(staff, Role.LIBRARIAN)
    chosen = asked.submissions(hers, hers)
    record(staff, "downloaded", staff, name=name, form=form, personal=personal)
    return sheets.given_out(name, form, export.body(name, form, chosen, personal=personal))


@contextmanager
def _told_if_gone() -> Iterator[None]:
    """Say that there is no such page when the visitor has erased it just now."""
    try:
        yield
    except actions.ErasedMeanwhile as gone:
        raise Http404 from gone


def _mine(request: HttpRequest, submission_id: UUID, role: Role) -> Submission:
    mine = branches_of(staff_of(request), role)
    return get_object_or_404(Submission, pk=submission_id, branch__in=mine)


def _shown(
    request: HttpRequest,
    submission: Submission,
    written: AnswerForm,
    mistake: str = "",
    status: int = 200,
) -> HttpResponse:
    staff = staff_of(request)
    named = may(staff, Role.LIBRARIAN, submission.branch)
    return show(
        request,
        "inbox/reading.html",
        status=status,
        named=named,
        may_answer=named and written.can(submission),
        signatures=written.signatures(staff, submission.tenant),
        written=written,
        mistake=mistake,
        **in_full(submission, named=named),
    )
