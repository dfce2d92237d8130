"""What stands on the boards of the demonstration (TOML), put into the tables."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kiosk.central.boards.models import Publication
from kiosk.central.tenants.models import Branch, Tenant

_DAYS_APART = 3
"""Between the days on which one thing and the next was published."""


def load(
    tenant: Tenant,
    branches: Mapping[str, Branch],
    told: Iterable[Mapping[str, Any]],
    today: date,
    named: Callable[[str], UUID],
) -> None:
    """Put postings as the file tells them into the tables; the same again doubles nothing.

    *named* gives the id that belongs to a name. Those further down were published earlier.
    """
    for position, each in enumerate(told):
        posted = today - timedelta(days=position * _DAYS_APART)
        days = each.get("expected_days")
        values = {
            "tenant": tenant,
            "branch": branches.get(each["branch"]),
            "board": each["board"],
            "title": each["title"],
            "text": each["text"],
            "reason": each.get("reason", {}),
            "stage": each.get("stage", ""),
            "expected": today + timedelta(days=days) if days else None,
            "rating": each.get("rating", 0),
            "nickname": each.get("nickname", ""),
            "target": each.get("target", 0),
            "counts": each.get("counts", ""),
            "published": True,
            "posted_on": posted,
            "made_at": timezone.make_aware(datetime.combine(posted, time(9))),
        }
        Publication.objects.update_or_create(pk=named(each["id"]), defaults=values)
