"""Pages of the results: what was answered to one questionnaire, and a download of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from kiosk.central.platform import sheets
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.questionnaires.queries import current
from kiosk.central.questionnaires.results import MOST_TEXTS, Results, results
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.period import asked
from kiosk.central.staff.questionnaires import overview, results_presenters
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches, may
from kiosk.domain.texts import text_for


@require_GET
@needs(Role.READER)
def reading(request: HttpRequest, questionnaire_id: UUID) -> HttpResponse:
    """Show what was answered in the days and at the branch that were asked for."""
    staff, row = staff_of(request), _row(request, questionnaire_id)
    told = _told(request, row, request.GET, Role.READER)
    return show(
        request,
        "questionnaires/results.html",
        row=row,
        title=text_for(current(row).title, spoken().language),
        told=told,
        blocks=results_presenters.blocks(told, row.version, spoken()),
        most=MOST_TEXTS,
        period=asked(request.GET),
        branches=branches(staff, Role.READER),
        chosen=request.GET.get("branch", ""),
        may_download=may(staff, Role.LIBRARIAN),
    )


@require_POST
@needs(Role.LIBRARIAN)
def download(request: HttpRequest, questionnaire_id: UUID) -> HttpResponse:
    """Give out what the page shows as CSV, and note who took it."""
    row, own_words = _row(request, questionnaire_id), request.POST.get("personal") == "yes"
    told = _told(request, row, request.POST, Role.LIBRARIAN)
    found = results_presenters.rows(told, row.version, spoken(), own_words=own_words)
    record(staff_of(request), "downloaded", row, name="results", form="csv", personal=own_words)
    return sheets.given_out("results", "csv", sheets.as_csv(results_presenters.COLUMNS, found))


def _row(request: HttpRequest, questionnaire_id: UUID) -> Questionnaire:
    return get_object_or_404(overview.seen_by(staff_of(request), Role.READER), pk=questionnaire_id)


def _told(request: HttpRequest, row: Questionnaire, sent: QueryDict, role: Role) -> Results:
    mine, chosen = branches(staff_of(request), role), sent.get("branch", "")
    return results(row, mine.filter(key=chosen) if chosen else mine, asked(sent))
