"""The inbox at a glance: how much waits, and which errands there are."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kiosk.central.events.queries import held
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch
from kiosk.domain.receipt import State

WITHOUT_ANSWER = (State.SENT, State.READ)
"""States of everything that nobody has answered."""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much waits."""

    unread: int
    """Nobody has opened it."""
    waiting: int
    """Nobody has answered it."""
    held: int
    """Arrived, but could not be understood."""


def sums(branches: QuerySet[Branch]) -> InboxCounts:
    """Count what waits at *branches*."""
    counted = Submission.objects.filter(branch__in=branches).aggregate(
        unread=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state__in=WITHOUT_ANSWER)),
    )
    return InboxCounts(**counted, held=held(branches).count())


def errands(branches: QuerySet[Branch]) -> list[str]:
    """Name every errand that was ever handed in at *branches*."""
    found = Submission.objects.filter(branch__in=branches).order_by("errand")
    return list(found.values_list("errand", flat=True).distinct())
