"""Pages of the guide: whom a branch sends its visitors to, besides the offices of the country."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiosk.central.guide import actions, queries
from kiosk.central.guide.forms import ContactForm
from kiosk.central.guide.models import LocalContact
from kiosk.central.platform import typed
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.once import once
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches


@require_GET
@needs(Role.LIBRARIAN)
def listing(request: HttpRequest) -> HttpResponse:
    """List the contacts of every branch she works at."""
    mine = branches(staff_of(request), Role.LIBRARIAN).prefetch_related("contacts")
    return show(request, "guide/listing.html", branches=mine)


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def add(request: HttpRequest, branch_key: str) -> HttpResponse:
    """Add a contact to one branch."""
    mine = branches(staff_of(request), Role.LIBRARIAN)
    return _write(request, LocalContact(branch=get_object_or_404(mine, key=branch_key)), None)


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def change(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Change a contact, or say that it is still so."""
    found = _mine(request, contact_id)
    return _write(request, found, found)


@require_POST
@needs(Role.LIBRARIAN)
def remove(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Take a contact out."""
    actions.remove(_mine(request, contact_id), staff_of(request))
    messages.success(request, _("It is no longer shown."))
    return redirect("guide")


def _write(request: HttpRequest, at: LocalContact, saved: LocalContact | None) -> HttpResponse:
    """Show the form, or save what was written in it."""
    if request.method == "GET":
        seen = str(saved.version) if saved else ""
        return _form(
            request, at, saved, ContactForm.of(saved) if saved else ContactForm(), seen=seen
        )
    written, language = ContactForm.read(request.POST), get_language() or "sv"
    seen = request.POST.get("seen", "")
    mistake = written.mistake(set(queries.needs_of(at.branch, language)))
    if mistake:
        return _form(request, at, saved, written, mistake, status=422, seen=seen)
    told = (written, language, staff_of(request))
    try:
        if saved:
            actions.save(at.branch, saved, *told, seen)
        else:
            once(
                LocalContact,
                at.branch.tenant,
                request.POST,
                lambda identity: actions.save(at.branch, None, *told, identity=identity),
            )
    except typed.Overtaken:
        at.refresh_from_db()
        why, seen = typed.overtaken(), str(at.version)
        return _form(request, at, saved, written, why, status=409, seen=seen)
    messages.success(request, _("Every kiosk of the branch shows it within a minute."))
    return redirect("guide")


def _form(
    request: HttpRequest,
    at: LocalContact,
    saved: LocalContact | None,
    written: ContactForm,
    mistake: str = "",
    status: int = 200,
    seen: str = "",
) -> HttpResponse:
    known = queries.needs_of(at.branch, get_language() or "sv")
    return show(
        request,
        "guide/writing.html",
        status=status,
        branch=at.branch,
        saved=saved,
        written=written,
        mistake=mistake,
        seen=seen,
        known=known.items(),
    )


def _mine(request: HttpRequest, contact_id: UUID) -> LocalContact:
    mine = branches(staff_of(request), Role.LIBRARIAN)
    return get_object_or_404(LocalContact, pk=contact_id, branch__in=mine)
