"""What the demonstration asks its visitors (TOML), put into the tables."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.run.demo.questions import written
from kiosk.central.tenants.models import Tenant


def load(
    tenant: Tenant,
    told: Iterable[Mapping[str, Any]],
    today: date,
    named: Callable[[str], UUID],
) -> None:
    """Put questionnaires as the file tells them into the tables; the same again doubles nothing.

    *named* gives the id that belongs to a name. One that is there already stays as staff left it.
    """
    for each in told:
        days = each.get("days")
        row, new = Questionnaire.objects.get_or_create(
            pk=named(each["id"]),
            defaults={
                "tenant": tenant,
                "until": today + timedelta(days=days) if days else None,
                "published": True,
                "made_at": timezone.now(),
            },
        )
        if new:
            questions = [written(question) for question in each["question"]]
            Wording.objects.create(
                tenant=tenant,
                questionnaire=row,
                version=row.version,
                title=each["title"],
                questions=questions,
            )
