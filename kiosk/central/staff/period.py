"""The period that a page is asked for: which days, and how many at most."""

from datetime import date, timedelta

from django.http import QueryDict
from django.utils import timezone

from kiosk.central.tenants.period import Period

_USUAL_DAYS = 28
_MOST_DAYS = 400


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
