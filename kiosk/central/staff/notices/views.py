"""Pages of the notices: what passers-by are told, and writing it."""

import dataclasses
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiosk.central.platform import typed
from kiosk.central.programme import actions
from kiosk.central.programme.models import Notice
from kiosk.central.staff.access import library_of, needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.notices.forms import LONGEST, NoticeForm
from kiosk.central.staff.once import once
from kiosk.central.staff.saved import SAVED
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import may, of_hers, places
from kiosk.domain.showing import showing
from kiosk.domain.texts import text_for
from kiosk.domain.workshop import AUDIENCES
from kiosk.errands.wording import AUDIENCE_NAMES
from kiosk.i18n import LANGUAGES


@require_GET
@needs(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """List what is shown or will be, or what is over."""
    staff, now, over = staff_of(request), timezone.now(), "over" in request.GET
    past = Q(until__lte=now)
    found = _seen_by(staff, Role.READER).filter(past if over else ~past).order_by("-pk")
    hers = set(_seen_by(staff, Role.LIBRARIAN).values_list("pk", flat=True))
    notices = [{**_told(each, now), "hers": each.pk in hers} for each in found]
    may_write = may(staff, Role.LIBRARIAN)
    return show(request, "notices/listing.html", notices=notices, over=over, may_write=may_write)


@require_http_methods(["GET", "POST"])
@needs(Role.LIBRARIAN)
def writing(request: HttpRequest, notice_id: UUID | None = None) -> HttpResponse:
    """Write a notice, or change it."""
    staff = staff_of(request)
    hers = _seen_by(staff, Role.LIBRARIAN)
    notice = get_object_or_404(hers, pk=notice_id) if notice_id else None
    allowed = places(staff)
    clock = (notice.branch if notice else None) or next(filter(None, allowed.values()))
    if request.method == "GET":
        written = NoticeForm.of(notice, clock) if notice else NoticeForm()
        return _form(request, notice, written)
    written = NoticeForm.read(request.POST, allowed)
    if written.mistakes:
        return _form(request, notice, written, status=422)
    values = written.values(allowed[written.branch] or clock)
    tenant = library_of(request)
    try:
        if notice:
            actions.write_notice(staff, tenant, notice, written.seen, **values)
        else:
            once(
                Notice,
                tenant,
                request.POST,
                lambda identity: actions.write_notice(staff, tenant, None, id=identity, **values),
            )
    except typed.Overtaken:
        now = actions.seen_of(Notice.objects.get(pk=notice.pk)) if notice else ""
        again = dataclasses.replace(written, seen=now)
        return _form(request, notice, again, status=409, overtaken=typed.overtaken())
    shown = showing(timezone.now(), values["since"], values["until"])
    messages.success(request, str(SAVED[shown]))
    return redirect("notices")


@require_POST
@needs(Role.LIBRARIAN)
def end(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Show a notice no longer."""
    staff = staff_of(request)
    actions.end_notice(staff, get_object_or_404(_seen_by(staff, Role.LIBRARIAN), pk=notice_id))
    messages.success(request, _("It is shown no longer."))
    return redirect("notices")


def _seen_by(staff: Staff, role: Role) -> QuerySet[Notice]:
    """Select the notices that she may see as *role*; see `of_hers`."""
    return Notice.objects.filter(of_hers(staff, role)).select_related("branch")


def _told(notice: Notice, now: datetime) -> dict[str, object]:
    speak = spoken()
    return {
        "row": notice,
        "text": text_for(notice.text, speak.language),
        "audience": speak.say(AUDIENCE_NAMES.get(notice.audience, notice.audience)),
        "readers": speak.listing(speak.language_name(code) for code in notice.readers),
        "missing": speak.listing(
            speak.language_name(code) for code in LANGUAGES if code not in notice.text
        ),
        "waits": bool(notice.since and notice.since > now),
    }


def _form(
    request: HttpRequest,
    notice: Notice | None,
    written: NoticeForm,
    status: int = 200,
    overtaken: str = "",
) -> HttpResponse:
    speak = spoken()
    return show(
        request,
        "notices/writing.html",
        status=status,
        notice=notice,
        written=written,
        overtaken=overtaken,
        fields=typed.fields(
            "text", written.text, speak, most=LONGEST, rows=2, mistakes=written.mistakes
        ),
        readers=[(code, speak.language_name(code)) for code in LANGUAGES],
        audiences=[(each, speak.say(AUDIENCE_NAMES[each])) for each in AUDIENCES],
        places=places(staff_of(request)),
    )
