"""Counting: of every "me too" and every book tip kiosks hear, but at most every ten minutes.

Why so: `assets/handbook/decisions/0030-counts-come-at-most-every-ten-minutes.md`.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kiosk.central.boards.models import CountsTold, Publication
from kiosk.central.platform.alone import each_alone
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Tenant
from kiosk.domain.posting import Board
from kiosk.errands.book_tip import BOOK_TIP

EVERY = timedelta(minutes=10)


def counted(tenant: Tenant) -> None:
    """Let kiosks hear of a new count: at once after a pause, else when ten minutes have passed.

    Call inside the transaction that counts, the library being locked.
    """
    now = timezone.now()
    told, new = CountsTold.objects.get_or_create(tenant=tenant, defaults={"at": now})
    if new or now - told.at >= EVERY:
        _tell(told, tenant)
    elif not told.newer:
        told.newer = True
        told.save(update_fields=["newer"])


def counted_tip(submission: Submission) -> None:
    """Count what was reported with a book tip, or no longer, where a reading challenge goes on."""
    going_on = Publication.objects.filter(
        tenant=submission.tenant_id, board=Board.CHALLENGE, published=True
    )
    if submission.errand == BOOK_TIP.name and going_on.exists():
        counted(submission.tenant)


def tell() -> int:
    """Let kiosks hear what was counted since they last did, ten minutes ago or more.

    Return how many libraries there was something new for.
    """
    due = CountsTold.objects.filter(newer=True, at__lte=timezone.now() - EVERY)
    libraries = list(due.values_list("tenant_id", flat=True))
    return len(libraries) - each_alone(libraries, _tell_library, "Telling new counts")


@transaction.atomic
def _tell_library(tenant_key: str) -> None:
    """Tell one library's kiosks, unless somebody else just has."""
    tenant = Tenant.objects.select_for_update(no_key=True).get(pk=tenant_key)
    told = CountsTold.objects.get(tenant=tenant)
    if told.newer:
        _tell(told, tenant)


def _tell(told: CountsTold, tenant: Tenant) -> None:
    told.at, told.newer = timezone.now(), False
    told.save()
    next_change(tenant)
