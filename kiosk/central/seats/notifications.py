"""Letters about places: which one follows from what a sign-up has come to."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from kiosk.central.notifications.actions import write
from kiosk.central.notifications.models import Parcel
from kiosk.central.platform.alone import each_alone
from kiosk.central.seats.models import Registration
from kiosk.domain.seats import Standing, Why
from kiosk.errands.letters import LetterOccasion

REMINDED_BEFORE = timedelta(days=1)
"""How long before it begins a visitor is reminded."""

_AGAIN_AFTER = timedelta(days=3)
"""A reminder that is older than this before the beginning was for another date."""


def moved(registration: Registration, before: str) -> None:
    """Note the letter that follows from what a sign-up has come to, from *before*.

    Call inside the transaction of that change.
    """
    occasion = _occasion(registration, before)
    if occasion:
        write(registration.submission, occasion, once=registration.at.isoformat())


def _occasion(now: Registration, before: str) -> LetterOccasion | None:
    match now.standing:
        case Standing.CONFIRMED if before == Standing.WAITING:
            return LetterOccasion.PROMOTED if now.why == Why.MOVED_UP else LetterOccasion.CONFIRMED
        case Standing.CONFIRMED:
            return LetterOccasion.CONFIRMED
        case Standing.WAITING:
            return LetterOccasion.WAITING
        case Standing.REFUSED if now.why == Why.CALLED_OFF:
            return LetterOccasion.CANCELLED
        case Standing.REFUSED if now.why != Why.OVER:
            return LetterOccasion.DECLINED
    return None


def still_so(occasion: LetterOccasion, registration: Registration, now: datetime) -> bool:
    """Tell whether a letter is still true: meanwhile she may have moved, or it may be over."""
    workshop = registration.workshop
    match occasion:
        case LetterOccasion.CONFIRMED | LetterOccasion.PROMOTED | LetterOccasion.REMINDER:
            coming = workshop.starts > now and not workshop.cancelled
            return coming and registration.standing == Standing.CONFIRMED
        case LetterOccasion.WAITING:
            return registration.standing == Standing.WAITING
        case LetterOccasion.CANCELLED | LetterOccasion.DECLINED:
            return registration.standing == Standing.REFUSED
    return True


def remind(now: datetime | None = None) -> int:
    """Note a reminder for everybody whose workshop begins within a day; return how many.

    Whoever got her place within that day needs none. Safe to repeat.
    """
    if not settings.DEPLOYMENT.mail:
        return 0
    coming = list(_to_remind(now or timezone.now()))
    return len(coming) - each_alone(coming, _remind, "Reminding")


@transaction.atomic
def _remind(registration: Registration) -> None:
    once = registration.workshop.starts.isoformat()
    write(registration.submission, LetterOccasion.REMINDER, once=once, always=True)


def _to_remind(now: datetime) -> Iterator[Registration]:
    reminded = Parcel.objects.filter(
        tenant=OuterRef("tenant_id"),
        about=OuterRef("submission_id"),
        occasion=LetterOccasion.REMINDER.value,
        made_at__gt=OuterRef("workshop__starts") - _AGAIN_AFTER,
    )
    found = Registration.objects.filter(
        ~Exists(reminded),
        standing=Standing.CONFIRMED,
        workshop__starts__gt=now,
        workshop__starts__lte=now + REMINDED_BEFORE,
        at__lt=F("workshop__starts") - REMINDED_BEFORE,
        workshop__cancelled=False,
    )
    yield from found.select_related("submission", "workshop").iterator(chunk_size=500)
