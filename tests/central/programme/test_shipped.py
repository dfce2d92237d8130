"""The shipped content in the tables: believable on any day, and never doubled."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.run.demo import programme
from kiosk.central.tenants.models import Branch, Tenant


def _counts() -> list[int]:
    return [model.objects.count() for model in (Tenant, Branch, Workshop, Task, Notice)]


def test_loading_it_again_doubles_nothing(tenant: Tenant) -> None:
    before = _counts()
    assert programme.load() == tenant
    assert _counts() == before


@pytest.mark.parametrize("days", range(7))
def test_everything_is_still_to_come_whatever_the_day(days: int) -> None:
    today = date(2026, 12, 28) + timedelta(days=days)
    programme.load(today)
    first = Workshop.objects.earliest("starts")
    assert 1 <= (timezone.localtime(first.starts).date() - today).days <= 7
    for row in Workshop.objects.exclude(ends=None):
        assert row.ends
        assert row.ends > row.starts
