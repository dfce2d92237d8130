"""Pages for importing a list into the programme: choose, look, confirm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiosk.central.imports import upload as uploads
from kiosk.central.imports.comparing import compare
from kiosk.central.imports.fate import EVERY_GONE, Fate
from kiosk.central.imports.importing import Imported, Unanswered, import_programme
from kiosk.central.imports.lists.headings import COLUMNS, NEEDED
from kiosk.central.imports.lists.reading import read
from kiosk.central.imports.lists.record import MOST_BYTES
from kiosk.central.imports.lists.sheet import Sheet
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.programme.choosing import Chosen, asked_for, chosen, known, zones
from kiosk.central.staff.programme.columns import columns
from kiosk.central.staff.programme.faults import told
from kiosk.central.staff.programme.preview import preview as in_words
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.models import Branch, Role
from kiosk.central.tenants.queries import may_everywhere
from kiosk.i18n import LANGUAGES


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list; nothing comes into the programme yet."""
    _check(request)
    file = request.FILES.get("list")
    if request.method == "POST" and file is not None:
        uploads.UploadedList(str(file.name), file.read(MOST_BYTES + 1)).keep(request.session)
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
    return _preview(request, kept, chosen(request.GET.dict(), _branches(request)))


@require_POST
@needs(Role.LIBRARIAN)
def confirm(request: HttpRequest) -> HttpResponse:
    """Put the list that was kept into the programme; kiosks have it within a minute."""
    _check(request)
    kept = uploads.kept(request.session)
    if kept is None:
        return redirect("programme")
    said = request.POST.dict()
    choice = chosen(said, _branches(request))
    sheet = _read(request, kept, choice)
    try:
        imported = import_programme(
            staff_of(request),
            library_of(request),
            sheet,
            choice.days(sheet),
            choices=choice.choices,
            answers=said,
            name=kept.name,
        )
    except Unanswered:
        return _preview(request, kept, choice, unanswered=True, said=said)
    uploads.forget(request.session)
    messages.success(request, _arrived(imported))
    return redirect("programme")


def _preview(
    request: HttpRequest,
    kept: uploads.UploadedList,
    choice: Chosen,
    *,
    unanswered: bool = False,
    said: dict[str, str] | None = None,
) -> HttpResponse:
    sheet, branches = _read(request, kept, choice), _branches(request)
    found = compare(library_of(request), sheet, choice.days(sheet), choice.choices)
    own = {each.name: each.timezone for each in branches}
    return show(
        request,
        "programme/preview.html",
        status=422 if unanswered else 200,
        name=kept.name,
        sheet=sheet,
        choice=choice,
        offered=asked_for(sheet, choice.choices),
        languages=LANGUAGES.items(),
        zones=zones(branches),
        branches=branches,
        found=found,
        preview=in_words(found, own, said or {}, spoken()),
        columns=columns(sheet.headings),
        passed=_all_passed(sheet, choice.days(sheet)),
        mistakes=told(sheet.mistakes, sheet.unit),
        notes=told(sheet.notes, sheet.unit),
        unanswered=unanswered,
        every_gone=(said or {}).get(EVERY_GONE, Fate.BOTH),
    )


def _read(request: HttpRequest, kept: uploads.UploadedList, choice: Chosen) -> Sheet:
    today = timezone.localdate()
    return read(kept.content, known(_branches(request)), choice.choices, today)


def _branches(request: HttpRequest) -> list[Branch]:
    return list(library_of(request).branches.all())


def _arrived(imported: Imported) -> str:
    if not imported.written:
        return _("Everything in the list was here already; nothing has changed.")
    return ngettext(
        "%(n)d entry is in the programme. Kiosks show it within a minute.",
        "%(n)d entries are in the programme. Kiosks show them within a minute.",
        imported.written,
    ) % {"n": imported.written}


def _check(request: HttpRequest) -> None:
    """Let only those import who may write at every branch: a list can name any of them."""
    if not may_everywhere(staff_of(request), Role.LIBRARIAN):
        raise PermissionDenied


def _all_passed(sheet: Sheet, moved_days: int) -> bool:
    """Tell whether every date lies behind us, so that kiosks would show nothing of it."""
    last = max((row.ends or row.starts for row in sheet.rows), default=None)
    today = timezone.localdate().toordinal()
    return last is not None and last.date().toordinal() + moved_days < today
