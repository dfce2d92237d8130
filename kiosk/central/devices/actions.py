"""Writes about devices: codes for new ones, enrolling them, shutting them out."""

import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kiosk import seal, wire
from kiosk.central.devices import throttle
from kiosk.central.devices.models import Device, EnrolmentCode
from kiosk.central.devices.signing import RequestRefused
from kiosk.central.tenants import keys
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.central.tenants.names import plain
from kiosk.domain.enrolment_code import spelled
from kiosk.domain.guessing import origin
from kiosk.domain.receipt import ALPHABET

CODE_LENGTH = 10
CODE_LIVES = timedelta(hours=72)
CROWDED_S = 10
"""When to come again where guessers stand in line, seconds."""
KEY_BYTES = 32


@transaction.atomic
def new_code(branch: Branch, by: Staff | None = None) -> tuple[str, datetime]:
    """Make a one-time enrolment code for *branch*; return it and when it ends."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    now = timezone.now()
    EnrolmentCode.objects.create(
        digest=_digest(code, branch.tenant),
        tenant=branch.tenant,
        branch=branch,
        made_at=now,
        expires_at=now + CODE_LIVES,
    )
    record(by, "enrolment code made", branch)
    return code, now + CODE_LIVES


def enrol(
    asked: wire.Enrol, address: str, within: Tenant | None = None, by: Staff | None = None
) -> Device:
    """Let a kiosk join a branch; the same code and key again is the same device.

    With *within* only a code of that library counts; *by* is who let it in.
    Raises Refused: `bad_key`, `bad_code`, `too_many`.
    """
    if len(asked.public_key) != KEY_BYTES:
        raise RequestRefused(400, "bad_key", f"the key must have {KEY_BYTES} bytes")
    try:
        device = throttle.look_up(origin(address), lambda: _join(asked, within, by))
    except throttle.Crowded as crowded:
        raise RequestRefused(
            429, "too_many", "too many wrong codes from there", CROWDED_S
        ) from crowded
    if device is None:
        raise RequestRefused(403, "bad_code", "the code is wrong, used or too old")
    return device


@transaction.atomic
def revoke(device: Device, by: Staff | None = None) -> None:
    """Shut a device out from now on; what it has not sent stays on it."""
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=timezone.now())
    record(by, "device revoked", device)


@transaction.atomic
def _join(asked: wire.Enrol, within: Tenant | None, by: Staff | None) -> Device | None:
    now = timezone.now()
    theirs = {"tenant": within} if within else {}
    code = (
        EnrolmentCode.objects.select_for_update(of=("self",))
        .select_related("tenant", "branch", "device")
        .filter(digest__in=_digests(spelled(asked.code)), expires_at__gt=now, **theirs)
        .first()
    )
    if code is None:
        return None
    if code.device:
        same = bytes(code.device.public_key) == asked.public_key
        return code.device if same and not code.device.revoked_at else None
    device = Device.objects.create(
        tenant=code.tenant,
        branch=code.branch,
        name=plain(asked.name),
        public_key=asked.public_key,
        enrolled_at=now,
    )
    code.device = device
    code.save(update_fields=["device"])
    record(by, "device enrolled", device, branch=code.branch.key)
    _note_replaced(device, asked)
    return device


def _note_replaced(device: Device, asked: wire.Enrol) -> None:
    """Note that the machine was another device before; a name only, nothing is taken from it."""
    try:
        told = uuid.UUID(asked.replaces)
    except ValueError:
        return
    former = Device.objects.filter(tenant=device.tenant, pk=told, replaced_by=None)
    text = wire.replacing_text(asked.replaces, asked.public_key)
    for each in former.exclude(pk=device.pk):
        try:
            seal.verify(bytes(each.public_key), text, asked.replaces_proof)
        except seal.NotGenuine:
            continue
        Device.objects.filter(pk=each.pk).update(replaced_by=device)
        record(None, "device replaced", each, by=str(device.pk))


def _digests(code: str) -> list[str]:
    """Return what a code may be kept as: every library keeps it under its own key.

    So any machine that has the keys knows it. Codes that were made under a machine's own secret
    live for three days.
    """
    old = salted_hmac("kiosk.enrolment", code, algorithm="sha256").hexdigest()
    return [old, *(_digest(code, each) for each in Tenant.objects.all())]


def _digest(code: str, tenant: Tenant) -> str:
    secret = keys.secrets_of(tenant.key).signing_secret
    return hmac.digest(secret, f"kiosk.enrolment\n{code}".encode(), "sha256").hex()
