"""Claims: whether seats that a kiosk says it promised were its to promise."""

from collections import Counter
from datetime import datetime

from kiosk.central.generations.models import FOUNDED, Life
from kiosk.central.platform.ids import as_uuid
from kiosk.central.seats import queries
from kiosk.central.seats.models import Lease, Registration


def honoured(registration: Registration, promised: int, given: Counter[str]) -> str:
    """Return the lease under which *promised* seats count as given, or nothing.

    A lease gives no more than its seats, for what a visitor took back stays spent. A lease that is
    not known was given by a life of this database that it has forgotten, or by nobody: then at most
    the seats of the workshop. *given* counts what else is being taken in, by lease.
    """
    key = as_uuid(registration.lease)
    if key is None:
        return ""
    lease = Lease.objects.filter(
        tenant=registration.tenant_id, workshop=registration.workshop_id, pk=key
    ).first()
    if lease:
        limit: int | None = lease.seats
        spent = queries.promised(lease) + lease.erased
    elif _is_forgotten(registration.submission.captured_at):
        limit = queries.capacity(registration.workshop)
        spent = queries.promised_under_unknown(registration.workshop_id)
    else:
        return ""
    name = str(key) if lease else ""
    if limit is not None and spent + given[name] + promised > limit:
        return ""
    given[name] += promised
    return str(key)


def _is_forgotten(captured_at: datetime) -> bool:
    """Tell whether the database has lost some of what it knew since then."""
    return Life.objects.exclude(why=FOUNDED).filter(began_at__gte=captured_at).exists()
