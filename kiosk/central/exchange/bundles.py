"""Bundles: an exchange that came on a stick, taken in like any other, and its signed answer."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import msgspec
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.content import publishing
from kiosk.central.devices import rotation
from kiosk.central.devices.models import Device
from kiosk.central.devices.signing import RequestRefused
from kiosk.central.events.envelope import unpack
from kiosk.central.exchange import taking_in
from kiosk.central.exchange.processing import understand_library
from kiosk.central.seats import leasing
from kiosk.central.tenants import keys
from kiosk.central.tenants.models import Tenant
from kiosk.problems import BUNDLE_DAMAGED, BUNDLE_FOREIGN, DEVICE_REFUSED, Trouble
from kiosk.wire.bundle import (
    MAX_PARTS,
    Bundle,
    BundleAnswer,
    BundleKind,
    Head,
    SignedBundle,
    expect,
    packed,
    parcel,
)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_ROUNDS = 1_000
"""Answers after those to the inboxes, until every state is told; the next stick tells the rest."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one bundle."""

    file: bytes
    """The answer, for the stick."""
    device: Device
    """Whose bundle it was."""
    number: int
    """The kiosk's number of it."""
    events: int
    """How many it brought."""
    verdicts: Counter[str]
    """How many got each verdict."""
    content: str
    """Version of the content that goes back."""


def answer(file: bytes, within: Tenant | None = None) -> Answered:
    """Take in a kiosk's bundle, and make the answer for its stick.

    Safe to repeat. With *within* only a kiosk of that library is heard. Raises Trouble:
    NOT_A_BUNDLE, BUNDLE_DAMAGED, BUNDLE_FOREIGN, BUNDLE_WRONG_WAY, BUNDLE_NEWER, DEVICE_REFUSED;
    nothing is taken in then.
    """
    found = parcel(file)
    expect(found, BundleKind.BUNDLE)
    device = _sender(found, within)
    inboxes = _inboxes(found, device)
    answers = _take_in(device, inboxes, same_epoch=found.head.epoch == device.epoch)
    shown = publishing.published(device.branch)
    body = BundleAnswer(
        answers,
        msgspec.Raw(wire.encode_content(shown)),
        msgspec.Raw(wire.encode(_seats(device))),
        [letter.id for each in inboxes for letter in each.dead],
    )
    return Answered(
        file=_packed(found, device, answers[-1].epoch, body),
        device=device,
        number=found.head.number,
        events=sum(len(each.items) for each in inboxes),
        verdicts=Counter(judged.verdict.value for each in answers for judged in each.verdicts),
        content=shown.version,
    )


def _seats(device: Device) -> wire.Seats:
    """Tell how every workshop stands; seats are set aside for the kiosk, as over the network."""
    return leasing.lease_out(device, timezone.now()).told()


def _sender(found: SignedBundle, within: Tenant | None) -> Device:
    """Return the kiosk that has signed a bundle. Raises Trouble."""
    head = found.head
    if within and head.tenant != within.key:
        raise Trouble(BUNDLE_FOREIGN, why=f"it is for the library {head.tenant!r}")
    if not Tenant.objects.filter(pk=head.tenant).exists():
        raise Trouble(BUNDLE_FOREIGN, why=f"it is for the library {head.tenant!r}")
    try:
        devices = Device.objects.select_related("tenant", "branch")
        device = devices.get(pk=uuid.UUID(head.device), tenant=head.tenant)
    except (ValueError, Device.DoesNotExist) as error:
        why = f"this library has no kiosk {head.device!r}"
        raise Trouble(BUNDLE_FOREIGN, why=why) from error
    is_new = _signed_with_next_key(found, device)
    if device.revoked_at and device.revoked_at <= timezone.now():
        raise Trouble(DEVICE_REFUSED, why=f"{device} has been shut out")
    if is_new:
        rotation.complete(device)
    return device


def _signed_with_next_key(found: SignedBundle, device: Device) -> bool:
    """Check the signature; tell whether it is of the key that was announced. Raises Trouble."""
    try:
        found.check(bytes(device.public_key))
    except Trouble:
        if device.next_key is None:
            raise
        found.check(bytes(device.next_key))
        return True
    return False


def _inboxes(found: SignedBundle, device: Device) -> list[wire.Inbox]:
    """Open a bundle; every inbox in it must be one that could have come over the network."""
    unseal = partial(seal.unseal, keys.secrets_of(device.tenant.key).sealing_secret)
    bundle = found.opened(unseal, Bundle)
    if not 0 < len(bundle.parts) <= MAX_PARTS:
        raise Trouble(BUNDLE_DAMAGED, why=f"it has {len(bundle.parts)} parts")
    try:
        return [unpack(bytes(each), device) for each in bundle.parts]
    except RequestRefused as refused:
        raise Trouble(BUNDLE_DAMAGED, why=refused.refusal.detail) from refused


def _take_in(
    device: Device, inboxes: Sequence[wire.Inbox], *, same_epoch: bool
) -> list[wire.InboxAnswer]:
    """Take every inbox in, then tell states until none is left to tell.

    Numbers of changes count within an epoch: a kiosk of another one is told everything.
    """
    after = inboxes[0].states_after if same_epoch else 0
    answers: list[wire.InboxAnswer] = []
    for inbox in inboxes:
        answers.append(_round(device, inbox, after))
        after = answers[-1].told_until or after
    understand_library(device.tenant_id)  # the stick will not be here again for days
    for number in range(_MOST_ROUNDS):
        batch = f"{inboxes[-1].batch[:60]}+{number}"
        empty = msgspec.structs.replace(inboxes[-1], batch=batch, items=[], dead=[])
        answers.append(_round(device, empty, after))
        if not answers[-1].told_until:
            break
        after = answers[-1].told_until
    return answers


def _round(device: Device, inbox: wire.Inbox, after: int) -> wire.InboxAnswer:
    """Take one inbox in; what it says of its kiosk was true when the bundle was written."""
    told_at = _moment(inbox.now)
    return taking_in.take_in(device, msgspec.structs.replace(inbox, states_after=after), told_at)


def _moment(told: str) -> datetime:
    """Read the time of a kiosk; one that tells none has said nothing new of itself."""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return _LONG_AGO
    return moment if moment.tzinfo else _LONG_AGO


def _packed(found: SignedBundle, device: Device, epoch: str, body: BundleAnswer) -> bytes:
    """Close and sign an answer, so that only this kiosk opens it and knows whom it is from."""
    head = partial(
        Head,
        wire.PROTOCOL,
        BundleKind.ANSWER,
        device.tenant.key,
        str(device.pk),
        found.head.number,
        timezone.now().isoformat(timespec="milliseconds"),
        epoch=epoch,
        answers=found.digest,
    )
    close = partial(seal.seal_to_signer, bytes(device.public_key))
    return packed(head, body, close, keys.secrets_of(device.tenant.key).signing_secret)
