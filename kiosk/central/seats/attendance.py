"""Attendance: who came on the day, as kiosks have told."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Attendance, Registration
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants import hours
from kiosk.domain.receipt import State


def came(submission: Submission, event: UUID, at: datetime) -> None:
    """Note that somebody came; once a day is enough, and nobody to what she has taken back.

    Call inside the transaction of its event.
    """
    if Submission.objects.filter(pk=submission.pk, state=State.WITHDRAWN).exists():
        return
    clock = hours.clock(submission.branch.timezone)
    Attendance.objects.get_or_create(
        submission=submission,
        day=at.astimezone(clock).date(),
        defaults={"id": event, "tenant_id": submission.tenant_id, "at": at},
    )


def came_to(workshop: Workshop) -> int:
    """Return the seats of those who have checked in at *workshop*, on any of its days."""
    there = Registration.objects.filter(workshop=workshop, submission__attendances__isnull=False)
    distinct = Registration.objects.filter(pk__in=there.values("pk"))
    return distinct.aggregate(all=Sum("submission__seats"))["all"] or 0
