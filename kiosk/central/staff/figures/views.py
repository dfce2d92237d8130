"""Pages of the figures: how the kiosks are used, by day and hour, and a download."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from kiosk.central.figures import export, queries
from kiosk.central.platform import sheets
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.figures import presenters
from kiosk.central.staff.frame import show
from kiosk.central.staff.period import asked
from kiosk.central.staff.speaking import spoken
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import branches


@require_GET
@needs(Role.READER)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the figures of one branch or all, of the days that were asked for."""
    mine, period = branches(staff_of(request), Role.READER), asked(request.GET)
    chosen = request.GET.get("branch", "")
    told = queries.summary(mine.filter(key=chosen) if chosen else mine, period)
    return show(
        request,
        "figures/overview.html",
        told=told,
        busiest=max((line.visits for line in told.hours.values()), default=0),
        hours=sorted(told.hours.items()),
        days=sorted(told.days.items(), reverse=True),
        errands=presenters.errand_rows(told, spoken()),
        needs=presenters.guide_rows(told, spoken()),
        helped=presenters.help_rows(told, spoken()),
        languages=presenters.language_rows(told, spoken()),
        period=period,
        branches=mine,
        chosen=chosen,
    )


@require_POST
@needs(Role.READER)
def download(request: HttpRequest) -> HttpResponse:
    """Give out what the page shows as CSV, and note who took it."""
    staff, period, chosen = staff_of(request), asked(request.POST), request.POST.get("branch", "")
    mine = branches(staff, Role.READER)
    rows = queries.export(mine.filter(key=chosen) if chosen else mine, period)
    record(staff, "downloaded", staff, name="figures", form="csv")
    told = sheets.body("csv", export.COLUMNS, map(export.numbered, rows))
    return sheets.given_out("figures", "csv", told)
