"""Pages of the boards: the list, and writing, publishing and taking down one thing."""

import dataclasses
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kiosk.central.boards import actions
from kiosk.central.boards.models import Publication
from kiosk.central.platform import typed
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.boards import overview
from kiosk.central.staff.boards.forms import PublicationForm
from kiosk.central.staff.boards.prefilled import prefilled
from kiosk.central.staff.frame import show
from kiosk.central.staff.inbox.presenters import parts
from kiosk.central.staff.once import once
from kiosk.central.staff.speaking import content_for, spoken
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches as branches_of
from kiosk.central.tenants.queries import may, places
from kiosk.domain.posting import Board
from kiosk.domain.receipt import State

PAGE = 40
"""Lines on one page."""


@require_GET
@needs(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """List what is on the boards, and what is written but not shown."""
    staff, board = staff_of(request), request.GET.get("board", "")
    hidden = "hidden" in request.GET
    rows = overview.seen_by(staff, Role.READER).filter(published=not hidden)
    rows = rows.filter(board=board) if board in list(Board) else rows
    page = Paginator(rows.select_related("branch"), PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "boards/listing.html",
        page=page,
        lines=overview.lines(page.object_list, spoken()),
        boards=overview.boards(spoken()),
        chosen=board,
        hidden=hidden,
        may_write=may(staff, Role.LIBRARIAN),
    )


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def writing(request: HttpRequest) -> HttpResponse:
    """Write something new for a board, perhaps out of what a visitor handed in."""
    staff, made_of = staff_of(request), _made_of(request)
    board = request.POST.get("board") or request.GET.get("board", "")
    if board not in list(Board):
        board = overview.BOARD_OF.get(made_of.errand if made_of else "", Board.ANSWER)
    if request.method == "GET":
        return _form(request, prefilled(board, made_of), made_of)
    written = PublicationForm.read(request.POST, board, places(staff))
    if written.mistakes:
        return _form(request, written, made_of, status=422)
    shown = {"board": board, "submission": made_of, "published": "publish" in request.POST}
    values, tenant = written.values(places(staff)) | shown, library_of(request)
    made = once(
        Publication,
        tenant,
        request.POST,
        lambda identity: actions.add(tenant, staff, values | {"id": identity}),
    )
    return _saved(request, made)


@require_http_methods(["GET", "POST"])
@needs(Role.READER)
def reading(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    """Show one thing of the boards, and save what is changed."""
    staff = staff_of(request)
    role = Role.READER if request.method == "GET" else Role.LIBRARIAN
    row = get_object_or_404(overview.seen_by(staff, role), pk=publication_id)
    if request.method == "GET":
        return _form(request, PublicationForm.of(row), row.submission, row)
    written = PublicationForm.read(request.POST, row.board, places(staff))
    if written.mistakes:
        return _form(request, written, row.submission, row, status=422)
    values = written.values(places(staff))
    if {"publish", "take-down"} & set(request.POST):
        values["published"] = "publish" in request.POST
    try:
        return _saved(request, actions.change(row, staff, values, written.seen))
    except typed.Overtaken:
        row.refresh_from_db()
        again = dataclasses.replace(written, seen=row.version)
        return _form(request, again, row.submission, row, status=409, overtaken=typed.overtaken())


def _made_of(request: HttpRequest) -> Submission | None:
    """Find the submission it is to be made from, if one is named; not what was taken back."""
    told = request.POST.get("submission") or request.GET.get("submission", "")
    if not told:
        return None
    hers = branches_of(staff_of(request), Role.LIBRARIAN)
    found = Submission.objects.filter(branch__in=hers).exclude(state=State.WITHDRAWN)
    return get_object_or_404(found.select_related("branch"), pk=_identity(told))


def _identity(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError as error:
        raise Http404 from error


def _saved(request: HttpRequest, row: Publication) -> HttpResponse:
    if row.published:
        told = _("Saved. Kiosks show it after their next contact.")
    else:
        told = _("Saved. Kiosks do not show it.")
    messages.success(request, told)
    return redirect("publication", row.pk)


def _form(
    request: HttpRequest,
    written: PublicationForm,
    made_of: Submission | None,
    row: Publication | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    staff, speak = staff_of(request), spoken()
    read = made_of and may(staff, Role.READER, made_of.branch)
    named = made_of is not None and may(staff, Role.LIBRARIAN, made_of.branch)
    return show(
        request,
        "boards/writing.html",
        status=status,
        row=row,
        made_of=made_of if read else None,
        said=parts(made_of, content_for([made_of]), speak, named=named) if made_of and read else [],
        line=overview.lines([row], speak)[0] if row else None,
        history=overview.history(row, speak) if row else [],
        joiners=overview.joiners(row, staff) if row else [],
        may_write=may(staff, Role.LIBRARIAN) if row is None else overview.may_change(row, staff),
        **overview.form(written, staff, speak),
        **more,
    )
