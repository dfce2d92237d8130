"""Pages of the programme: what comes, what has been, and importing a list in two steps."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiosk.central.accounts.access import needs, staff_of
from kiosk.central.accounts.models import Role
from kiosk.central.accounts.queries import branches, library, may_everywhere
from kiosk.central.branches.models import Tenant
from kiosk.central.frame import show
from kiosk.central.inbox.queries import seats_taken
from kiosk.central.inbox.telling import spoken
from kiosk.central.programme import actions
from kiosk.central.programme import upload as uploads
from kiosk.central.programme.entries import entries, previewed
from kiosk.central.programme.faults import told
from kiosk.central.programme.imports import COLUMNS, MOST_BYTES, NEEDED, Sheet, read
from kiosk.central.programme.queries import workshops

PAGE = 40
"""Entries on one page."""

_YEARS = range(2000, 2100)


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
        entries=entries(page.object_list, seats_taken(_library(request)), spoken()),
        branches=mine,
        chosen=chosen,
        over=over,
        may_import=may_everywhere(staff, Role.LIBRARIAN),
    )


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list; nothing comes into the programme yet."""
    _check(request)
    file = request.FILES.get("list")
    if request.method == "POST" and file is not None:
        uploads.Upload(str(file.name), file.read(MOST_BYTES + 1)).keep(request.session)
        return redirect("preview")
    return show(
        request,
        "programme/upload.html",
        status=422 if request.method == "POST" else 200,
        missing=request.method == "POST",
        columns=[(name, name in NEEDED) for name in COLUMNS],
    )


@require_GET
@needs(Role.LIBRARIAN)
def preview(request: HttpRequest) -> HttpResponse:
    """Show what the list would bring, and every mistake in it."""
    _check(request)
    kept = uploads.kept(request.session)
    if kept is None:
        return redirect("upload")
    sheet, wanted = read(kept.content), _day(request.GET.get("first", ""))
    known = {name.casefold() for name in _library(request).branches.values_list("name", flat=True)}
    return show(
        request,
        "programme/preview.html",
        name=kept.name,
        sheet=sheet,
        first=wanted.isoformat() if wanted else "",
        bad_day=bool(request.GET.get("first")) and wanted is None,
        passed=_all_passed(sheet, wanted),
        entries=previewed(sheet, sheet.days_to(wanted) if wanted else 0, spoken()),
        mistakes=[told(mistake) for mistake in sheet.mistakes],
        new_branches=[name for name in sheet.branch_names if name.casefold() not in known],
    )


@require_POST
@needs(Role.LIBRARIAN)
def confirm(request: HttpRequest) -> HttpResponse:
    """Put the list that was kept into the programme; kiosks have it within a minute."""
    _check(request)
    kept = uploads.kept(request.session)
    if kept is None:
        return redirect("programme")
    sheet, wanted = read(kept.content), _day(request.POST.get("first", ""))
    moved = sheet.days_to(wanted) if wanted else 0
    imported = actions.import_programme(staff_of(request), _library(request), sheet, moved)
    uploads.forget(request.session)
    messages.success(request, _arrived(len(imported.added) + len(imported.changed)))
    return redirect("programme")


def _arrived(written: int) -> str:
    if not written:
        return _("Everything in the list was here already; nothing has changed.")
    return ngettext(
        "%(n)d entry is in the programme. Kiosks show it within a minute.",
        "%(n)d entries are in the programme. Kiosks show them within a minute.",
        written,
    ) % {"n": written}


def _check(request: HttpRequest) -> None:
    """Let only those import who may write at every branch: a list can name any of them."""
    if not may_everywhere(staff_of(request), Role.LIBRARIAN):
        raise PermissionDenied


def _library(request: HttpRequest) -> Tenant:
    found = library(staff_of(request))
    if found is None:
        raise PermissionDenied
    return found


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _all_passed(sheet: Sheet, wanted: date | None) -> bool:
    """Tell whether every date lies behind us, so that kiosks would show nothing of it."""
    moved = sheet.days_to(wanted) if wanted else 0
    last = max(((row.ends or row.starts).date() for row in sheet.rows), default=date.max)
    return last.toordinal() + moved < timezone.localdate().toordinal()
