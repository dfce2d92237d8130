"""Retention at central: what is due by rule is erased, on the same way as what a visitor erases."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from kiosk.central.events.models import Event
from kiosk.central.exchange import erasure
from kiosk.central.programme.models import Workshop
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Tenant
from kiosk.domain.receipt import State
from kiosk.domain.retention import SHORTEST, USUAL, KeptSubmission, due_at

HELD = "held"
"""Among the counts: what arrived, was never understood, and is now too old."""
_AT_ONCE = 100
"""Erased in one transaction, after one flush of the erasure log."""

Due = tuple[str, uuid.UUID]
"""The name of an errand, and the id of a submission."""


def count(now: datetime) -> dict[str, int]:
    """Count what is due, by errand; changes nothing."""
    every = (errand for tenant in Tenant.objects.all() for errand, _ in _due(tenant, now))
    return dict(Counter(every))


def run(now: datetime) -> dict[str, int]:
    """Erase what is due; return how many of each errand. Killed anywhere, the next run goes on."""
    erased: Counter[str] = Counter()
    for tenant in Tenant.objects.order_by("key"):
        due = iter(list(_due(tenant, now)))
        while several := list(islice(due, _AT_ONCE)):
            with transaction.atomic():
                erasure.erase_all(tenant, [identity for _, identity in several], now)
            erased.update(errand for errand, _ in several)
        if erased:
            record(None, "retention", tenant, **erased)
    return dict(erased)


def _due(tenant: Tenant, now: datetime) -> Iterator[Due]:
    ends = {
        str(key): last or first
        for key, last, first in Workshop.objects.filter(tenant=tenant).values_list(
            "pk", "ends", "starts"
        )
    }
    old = Submission.objects.filter(tenant=tenant, received_at__lte=now - SHORTEST)
    columns = ("pk", "errand", "received_at", "state", "state_at", "workshop_id")
    for key, errand, received_at, state, state_at, workshop in old.values_list(*columns).iterator():
        kept = KeptSubmission(errand, received_at, State(state), state_at, ends.get(workshop))
        if due_at(kept) <= now:
            yield errand, key
    never = Event.objects.filter(tenant=tenant, received_at__lte=now - USUAL.unanswered)
    for key in never.exclude(held_reason="").exclude(body=None).values_list("id", flat=True):
        yield HELD, key
