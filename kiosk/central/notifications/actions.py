"""Writes: what is to be sent out, noted in the transaction of what it tells about."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.notifications.models import Parcel, Webhook
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.errand import Answers
from kiosk.errands import ERRANDS
from kiosk.errands.letters import LetterOccasion
from kiosk.errands.reaching import mail_given


class Deliverable(Protocol):
    """What is told of, of what a visitor has handed in."""

    pk: UUID
    tenant_id: str
    errand: str
    """Its name."""
    answers: Answers
    """As they are now."""


ALARM = "kiosk."
"""Beginning of the occasion of every letter to technicians."""


def write(
    submission: Deliverable, occasion: LetterOccasion, once: str = "", *, always: bool = False
) -> None:
    """Note a letter to the visitor, if she gave an address and agreed; else nothing.

    Call inside the transaction of what it tells. *once* tells apart two letters of the same
    occasion, such as the answers; the same one again is written once. *always* notes it even where
    it will prove needless, so that nobody looks into the matter again.
    """
    errand = ERRANDS.get(submission.errand)
    if not settings.DEPLOYMENT.mail or errand is None:
        return
    if always or mail_given(errand, submission.answers):
        _note(submission, occasion.value, f"{occasion}:{submission.pk}:{once}", None)


def announce(submission: Deliverable, occasion: str, once: str = "") -> None:
    """Note a call of every webhook of the library; call inside the transaction of what it tells."""
    announce_all([submission], occasion, once)


def announce_all(submissions: Sequence[Deliverable], occasion: str, once: str = "") -> None:
    """Note calls about several submissions of one library."""
    tenant = submissions[0].tenant_id
    for webhook in Webhook.objects.filter(tenant=tenant, active=True):
        for each in submissions:
            key = f"{webhook.pk}:{occasion}:{each.pk}:{once}"
            _note(each, occasion, key, webhook)


def alarm(device: Device, kind: str, since: str) -> None:
    """Note a letter to the technicians about a kiosk; call inside the transaction of the alarm."""
    if settings.DEPLOYMENT.mail:
        occasion = f"{ALARM}{kind}"
        _note(device, occasion, f"{occasion}:{device.pk}:{since}", None)


def _note(about: Deliverable | Device, occasion: str, once: str, webhook: Webhook | None) -> None:
    now = timezone.now()
    parcel = Parcel(
        tenant_id=about.tenant_id,
        occasion=occasion,
        about=about.pk,
        webhook=webhook,
        once=once[:120],
        made_at=now,
        due_at=now,
    )
    Parcel.objects.bulk_create([parcel], ignore_conflicts=True)


def forget(tenant: Tenant, submission_id: UUID) -> None:
    """Send no more letters about an erased submission; other programs are still told of it."""
    waiting = Parcel.objects.filter(tenant=tenant, about=submission_id, webhook=None)
    waiting.delete()


@transaction.atomic
def try_again(parcel: Parcel, by: Staff | None) -> None:
    """Let a parcel that was given up be sent once more."""
    Parcel.objects.filter(pk=parcel.pk, state=Parcel.State.DEAD).update(
        state=Parcel.State.WAITING, due_at=timezone.now(), attempts=0, done_at=None
    )
    record(by, "parcel tried again", parcel.tenant, parcel=str(parcel.id))


@transaction.atomic
def give_up(parcel: Parcel, by: Staff | None) -> None:
    """Take a dead parcel off the list: somebody has looked, and nothing is to be sent."""
    Parcel.objects.filter(pk=parcel.pk, state=Parcel.State.DEAD).update(
        state=Parcel.State.NEEDLESS, done_at=timezone.now()
    )
    record(by, "parcel given up", parcel.tenant, parcel=str(parcel.id))
