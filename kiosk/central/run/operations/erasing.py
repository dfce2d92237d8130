"""Erasing from the command line: one person now, or all that is due by rule."""

import uuid

from kiosk import places
from kiosk.central.run.operations.ready import database, ready
from kiosk.problems import UNKNOWN_SUBMISSION, Trouble


def erase(named: str) -> int:
    """Erase the submission with this id; return how many there were to erase: 0 if it was already.

    Raises Trouble: UNKNOWN_SUBMISSION, CENTRAL_NOT_READY.
    """
    ready()
    from django.db import transaction
    from django.utils import timezone

    from kiosk.central.events import queries
    from kiosk.central.exchange import erasure

    with database(places.central_home()), transaction.atomic():
        try:
            identity = uuid.UUID(named)
        except ValueError as error:
            raise Trouble(UNKNOWN_SUBMISSION, name=named) from error
        tenant = queries.library_of(identity)
        if tenant is None:
            raise Trouble(UNKNOWN_SUBMISSION, name=named)
        return erasure.erase_all(tenant, [identity], timezone.now())


def retention(*, dry_run: bool) -> dict[str, int]:
    """Erase what is due by rule, or only count it; return how many of each errand."""
    ready()
    from django.utils import timezone

    from kiosk.central.safekeeping import retention as rules

    with database(places.central_home()):
        return (rules.count if dry_run else rules.run)(timezone.now())
