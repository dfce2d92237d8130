"""Joining by stick: a kiosk that never has a network asks with a file, and is answered with one."""

from functools import partial

from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices import actions, queries
from kiosk.central.devices.models import Device
from kiosk.central.devices.signing import RequestRefused
from kiosk.central.tenants import keys
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.enrolment_code import spelled
from kiosk.problems import JOINING_REFUSED, Trouble
from kiosk.wire.bundle import BundleKind, Head, Join, Joined, expect, packed, parcel

_STICK = "stick"
"""Where guesses at codes come from that are made with one."""


def let_in(
    file: bytes, code: str, within: Tenant | None = None, by: Staff | None = None
) -> tuple[Device, bytes]:
    """Let the kiosk join that has made *file* with this one-time code; make the file it waits for.

    Safe to repeat: the same kiosk gets the same identity again. With *within* only a code of
    that library counts; *by* is who let it in. Raises Trouble: NOT_A_BUNDLE,
    BUNDLE_DAMAGED, BUNDLE_WRONG_WAY, BUNDLE_NEWER, JOINING_REFUSED.
    """
    found = parcel(file)
    expect(found, BundleKind.JOIN)
    asked = found.opened_with_code(code, Join)
    found.check(asked.public_key)
    try:
        before = (asked.replaces, asked.replaces_proof)
        enrol = wire.Enrol(code, asked.public_key, asked.name, *before)
        device = actions.enrol(enrol, _STICK, within, by)
    except RequestRefused as refused:
        raise Trouble(
            JOINING_REFUSED,
            why=refused.refusal.detail,
            remedy="Make a new one: kiosk central enrol-code --branch BRANCH",
        ) from refused
    enrolled = queries.enrolled(device, asked.public_key)
    head = partial(
        Head,
        wire.PROTOCOL,
        BundleKind.JOINED,
        device.tenant.key,
        str(device.pk),
        0,
        timezone.now().isoformat(timespec="milliseconds"),
        answers=found.digest,
        salt=found.head.salt,
    )
    close = partial(seal.lock, seal.code_key(spelled(code), found.head.salt))
    secret = keys.secrets_of(device.tenant.key).signing_secret
    return device, packed(head, Joined(asked.public_key, enrolled), close, secret)
