"""Pages for importing a list into the programme: choose, look, confirm."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiosk.central.accounts.access import library_of, needs, staff_of
from kiosk.central.accounts.models import Role
from kiosk.central.accounts.queries import may_everywhere
from kiosk.central.frame import show
from kiosk.central.inbox.telling import spoken
from kiosk.central.programme import actions
from kiosk.central.programme import upload as uploads
from kiosk.central.programme.entries import previewed
from kiosk.central.programme.faults import told
from kiosk.central.programme.imports import COLUMNS, MOST_BYTES, NEEDED, Sheet, read

_YEARS = range(2000, 2100)


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
    known = {
        name.casefold() for name in library_of(request).branches.values_list("name", flat=True)
    }
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
    imported = actions.import_programme(staff_of(request), library_of(request), sheet, moved)
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
