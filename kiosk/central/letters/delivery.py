"""Delivery: what is due goes out, with retries; what cannot be delivered stays visible."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from kiosk.central.letters import calls, mail
from kiosk.central.letters.outcome import DeliveryOutcome, NotDelivered
from kiosk.central.notifications import sent_log
from kiosk.central.notifications.actions import ALARM
from kiosk.central.notifications.models import Parcel

_log = logging.getLogger(__name__)

WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
)
"""How long after each failed attempt the next one follows; some four days in all."""

AT_ONCE = 20
"""Parcels taken in one go."""

HELD_FOR = timedelta(minutes=10)
"""A parcel being sent is left alone by others for so long; longer than any attempt may take."""

Sending = Callable[[Parcel], DeliveryOutcome]


def deliver(send: Sending | None = None) -> int:
    """Send what is due now, some of it at least; return how many parcels were dealt with.

    Safe beside others that do the same, in other processes and on other machines: a parcel is
    taken by one at a time. A crash between sending and noting it sends a second time; letters and
    calls carry an id by which a receiver can tell. Letters that went out before a restore are not
    sent again, as far as their log tells.
    """
    taken = _take()
    for parcel in taken:
        _deliver(parcel, send or _send)
    return len(taken)


@transaction.atomic
def _take() -> list[Parcel]:
    now = timezone.now()
    due = Parcel.objects.filter(state=Parcel.State.WAITING, due_at__lte=now)
    taken = list(
        due.select_related("tenant", "webhook")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("due_at", "id")[:AT_ONCE]
    )
    for parcel in taken:
        parcel.due_at = now + HELD_FOR
        parcel.attempts += 1
        parcel.save(update_fields=["due_at", "attempts"])
    return taken


def _send(parcel: Parcel) -> DeliveryOutcome:
    if parcel.webhook:
        return calls.call(parcel)
    if parcel.occasion.startswith(ALARM):
        return mail.send(parcel)
    if sent_log.was_sent(parcel):
        return DeliveryOutcome.NEEDLESS
    outcome = mail.send(parcel)
    if outcome is DeliveryOutcome.SENT:
        _log_sent(parcel)
    return outcome


def _log_sent(parcel: Parcel) -> None:
    """Note a letter outside the database; it has gone out, whether or not that can be noted."""
    try:
        sent_log.note(parcel, timezone.now())
    except OSError as error:
        _log.warning("%s could not be written: %s", sent_log.log_file(), error.strerror)


def _deliver(parcel: Parcel, send: Sending) -> None:
    """Send one parcel; whatever it meets keeps none of the others back."""
    try:
        outcome = send(parcel)
    except NotDelivered as failed:
        _put_off(parcel, failed)
        return
    except DatabaseError as error:
        _log.exception("%s %s could not be looked up", parcel.occasion, parcel.id)
        _put_off(parcel, NotDelivered(f"the database failed ({type(error).__name__})"))
        return
    except Exception as error:  # noqa: BLE001 - the border of one parcel among many
        _log.exception("%s %s could not be written", parcel.occasion, parcel.id)
        why = f"it could not be written ({type(error).__name__}); the log says more"
        _put_off(parcel, NotDelivered(why, for_good=True))
        return
    sent = outcome is DeliveryOutcome.SENT
    _end(parcel, Parcel.State.SENT if sent else Parcel.State.NEEDLESS, "")


def _put_off(parcel: Parcel, failed: NotDelivered) -> None:
    """Try again later, or give up where trying again cannot help or has been tried enough."""
    _log.warning("%s %s was not delivered: %s", parcel.occasion, parcel.id, failed.why)
    if failed.for_good or parcel.attempts > len(WAITS):
        _end(parcel, Parcel.State.DEAD, failed.why)
        return
    wait = failed.wait or WAITS[parcel.attempts - 1]
    Parcel.objects.filter(pk=parcel.pk).update(
        due_at=timezone.now() + wait, failure=failed.why[:200]
    )


def _end(parcel: Parcel, state: Parcel.State, why: str) -> None:
    Parcel.objects.filter(pk=parcel.pk).update(
        state=state, failure=why[:200], done_at=timezone.now()
    )
