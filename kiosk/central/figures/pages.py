"""Pages of the figures: how the kiosks are used, by day and hour, and a download."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kiosk.central import sheets
from kiosk.central.accounts.access import needs, staff_of
from kiosk.central.accounts.actions import record
from kiosk.central.accounts.models import Role
from kiosk.central.accounts.period import Period
from kiosk.central.accounts.queries import branches
from kiosk.central.figures import export, queries, words
from kiosk.central.frame import show
from kiosk.central.inbox.telling import spoken

_USUAL_DAYS = 28
_MOST_DAYS = 400


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
        errands=words.errand_rows(told, spoken()),
        needs=words.guide_rows(told, spoken()),
        helped=words.help_rows(told, spoken()),
        languages=words.language_rows(told, spoken()),
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


def asked(told: QueryDict) -> Period:
    """Read the days that were asked for: four weeks up to today where that makes no sense."""
    today = timezone.localdate()
    until = _day(told.get("until", "")) or today
    since = _day(told.get("since", "")) or until - timedelta(days=_USUAL_DAYS - 1)
    longest = until - timedelta(days=_MOST_DAYS)
    return Period(min(max(since, longest), until), until)


def _day(told: str) -> date | None:
    try:
        found = date.fromisoformat(told)
    except ValueError:
        return None
    return found if date(2020, 1, 1) <= found <= date(2200, 1, 1) else None
