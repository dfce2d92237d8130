"""Understanding: events that wait are interpreted, library by library, in order of their ids."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef

from kiosk import wire
from kiosk.central.events.envelope import arrival, as_uuid
from kiosk.central.events.models import Event, News
from kiosk.central.exchange.dispatch import Reasons, interpret, is_submission
from kiosk.central.exchange.parsing import Brought, LibraryKeys
from kiosk.central.platform import tenancy
from kiosk.central.platform.failures import tried_again
from kiosk.central.platform.write_lock import TURNS
from kiosk.central.seats import leasing
from kiosk.central.tenants.models import Tenant

ELSEWHERE_S = 0.05
"""Before trying again what another process is at."""
MOST_AT_ONCE = 100
"""Events in one transaction: some 50 ms in which no other of the library's changes is written."""
MOST_ERASED = 10
"""Erasures in one transaction: each takes as long as forty other events, and must hold up none."""


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of some events."""

    read: int = 0
    """How many there were."""
    held: int = 0
    """How many of them are kept but not understood."""

    def __add__(self, other: "Processed") -> "Processed":
        """Add up."""
        return Processed(self.read + other.read, self.held + other.held)


def waiting() -> set[str]:
    """Return the keys of the libraries of which something waits."""
    events = Event.objects.filter(tenant=OuterRef("pk"), waiting=True)
    news = News.objects.filter(tenant=OuterRef("pk"))
    with tenancy.everywhere():
        found = Tenant.objects.filter(Exists(events) | Exists(news))
        return set(found.values_list("pk", flat=True))


def understand(tenant_key: str, most: int = MOST_AT_ONCE) -> Processed | None:
    """Interpret the oldest events of a library that wait, in one transaction.

    Whoever interprets holds the library's row, so no two ever do it at once, nor from two
    machines. Return None, with nothing done, when somebody else is at it.
    """
    return tried_again(lambda: _understand(tenant_key, most))


def _understand(tenant_key: str, most: int) -> Processed | None:
    with TURNS.writing(), tenancy.inside(tenant_key), transaction.atomic():
        tenant = (
            Tenant.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(pk=tenant_key)
            .first()
        )
        if tenant is None:
            return None
        waits = Event.objects.filter(tenant=tenant, waiting=True).order_by("id")
        found = list(waits.exclude(type=wire.ERASED)[:most])
        erasing = list(waits.filter(type=wire.ERASED)[: min(most, MOST_ERASED)])
        counted = settle(tenant, [*found, *erasing])
        if len(found) < most and len(erasing) < min(most, MOST_ERASED):
            _hear_news(tenant)
        return counted


def _hear_news(tenant: Tenant) -> None:
    """Hear how complete the news of kiosks is whose events have all been understood.

    What arrives meanwhile is told in the same transaction as the news of its kiosk, so the news is
    held before it is looked for what waits: news that was told since must not pass for older.
    """
    told = News.objects.filter(tenant=tenant)
    still = list(told.select_for_update(skip_locked=True).values_list("device_id", flat=True))
    behind = Event.objects.filter(tenant=tenant, device=OuterRef("device"), waiting=True)
    rested = told.filter(device__in=still).exclude(Exists(behind)).select_related("device")
    heard = list(rested)[:MOST_AT_ONCE]
    if heard:
        leasing.hear(tenant, heard)
        told.filter(device__in=[news.device_id for news in heard]).delete()


def understand_library(tenant_key: str) -> Processed:
    """Interpret until nothing of a library waits, waiting for others that are at it."""
    counted = Processed()
    while (done := understand(tenant_key)) is None or done.read:
        counted += done or Processed()
        if done is None:
            time.sleep(ELSEWHERE_S)
    return counted


def understand_all() -> Processed:
    """Interpret until nothing waits."""
    return sum(map(understand_library, waiting()), Processed())


def settle(tenant: Tenant, events: Sequence[Event]) -> Processed:
    """Interpret *events*, which are in order of id, and note what became of each."""
    if not events:
        return Processed()
    library = LibraryKeys(tenant)
    readable, reasons = _opened(library, events)
    _note(tenant, reasons)
    held = sum(map(bool, reasons.values()))
    for run in _runs(readable):
        reasons = interpret(library, run)
        _note(tenant, reasons)
        held += sum(map(bool, reasons.values()))
    return Processed(len(events), held)


def _opened(library: LibraryKeys, events: Sequence[Event]) -> tuple[list[Brought], Reasons]:
    """Read the frozen bytes; tell why those are held that cannot be read, "" of the erased."""
    readable, reasons = [], {}
    devices = library.devices(each.device_id for each in events)
    for each in events:
        arrived = arrival(bytes(each.body or b""))
        if not each.body:
            reasons[each.id] = ""
        elif arrived.event is None or arrived.fault:
            reasons[each.id] = arrived.fault
        else:
            if not each.type:
                _fill_in(each, arrived.event)
            device = devices[each.device_id]
            readable.append(Brought(arrived.event, each.id, device, each.received_at))
    return readable, reasons


def _fill_in(event: Event, told: wire.Event) -> None:
    """Write the columns of an event that could not be read when it came."""
    event.seq, event.type, event.v, event.about = told.seq, told.type, told.v, as_uuid(told.about)
    event.save(update_fields=["seq", "type", "v", "about"])


def _runs(brought: Iterable[Brought]) -> Iterator[list[Brought]]:
    """Put submissions that follow one another together; everything else comes alone."""
    for together, run in groupby(brought, lambda each: is_submission(each.event)):
        if together:
            yield list(run)
        else:
            yield from ([each] for each in run)


def _note(tenant: Tenant, reasons: Reasons) -> None:
    for reason in set(reasons.values()):
        alike = [identity for identity, why in reasons.items() if why == reason]
        Event.objects.filter(tenant=tenant, id__in=alike).update(waiting=False, held_reason=reason)
