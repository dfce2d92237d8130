"""Joining a branch: the kiosk makes its key, central gives it an identity."""

import contextlib
import platform
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kiosk import places, seal, wire
from kiosk.domain.enrolment_code import spelled
from kiosk.domain.world import World
from kiosk.problems import JOINING_REFUSED, Trouble
from kiosk.store.device import Device, load_device, offered_key, save_device
from kiosk.store.ledger import Ledger
from kiosk.sync.carrier import enrol
from kiosk.wire.bundle import BundleKind, Head, Join, Joined, expect, packed, parcel


def join(home: Path, central: str, code: str, ca_file: str = "") -> Device:
    """Enrol the kiosk whose state is in *home* with a one-time code, and keep its identity.

    Can be repeated with the same code when the answer was lost on the way: the same key is
    offered again. What waits in the outbox stays, and goes out under the new identity; at another
    library it is set apart. Raises Trouble: LEDGER_HELD before anything is asked or changed,
    BAD_ADDRESS, PLAIN_HTTP, BAD_CERTIFICATES, CANNOT_JOIN, UNTRUSTED, NOT_CENTRAL,
    ENROLMENT_REFUSED, CANNOT_WRITE.
    """
    central = central.rstrip("/")
    with _becoming(home) as become:
        secret_key = offered_key(home)
        public_key = seal.public_of(secret_key)
        asked = wire.Enrol(
            code.strip().upper(), public_key, platform.node(), *_before(home, public_key)
        )
        enrolled = enrol(central, asked, secret_key, ca_file)
        return become(_identity(enrolled, central, secret_key))


def ask_by_stick(home: Path, code: str, world: World) -> bytes:
    """Make the file with which the kiosk in *home* asks to join, for a stick.

    The code itself is not in it: the file is locked under a key derived from the code, so whoever
    finds the stick can neither use it nor forge the answer. Raises Trouble (CANNOT_WRITE).
    """
    secret_key, salt = offered_key(home), seal.new_salt()
    head = partial(
        Head,
        wire.PROTOCOL,
        BundleKind.JOIN,
        tenant="",
        device="",
        number=0,
        made_at=world.now().isoformat(timespec="milliseconds"),
        salt=salt,
    )
    public_key = seal.public_of(secret_key)
    asked = Join(public_key, platform.node(), *_before(home, public_key))
    close = partial(seal.lock, seal.code_key(spelled(code), salt))
    return packed(
        lambda size, name: head(body_bytes=size, body_digest=name), asked, close, secret_key
    )


def join_by_stick(home: Path, code: str, file: bytes) -> Device:
    """Take over the identity that central has put on the stick; safe to repeat.

    Raises Trouble: LEDGER_HELD, NOT_A_BUNDLE, BUNDLE_DAMAGED, BUNDLE_WRONG_WAY, BUNDLE_NEWER,
    JOINING_REFUSED, CANNOT_WRITE.
    """
    found = parcel(file)
    expect(found, BundleKind.JOINED)
    joined = found.opened_with_code(code, Joined)
    found.check(joined.enrolled.verify_key)
    with _becoming(home) as become:
        secret_key = _secret_of(home, joined.public_key)
        return become(_identity(joined.enrolled, _address(joined.enrolled.public_url), secret_key))


@contextlib.contextmanager
def _becoming(home: Path) -> Iterator[Callable[[Device], Device]]:
    """Hold the ledger, so that no app goes on under the old identity, and give what changes it.

    Raises Trouble: LEDGER_HELD, LEDGER_NEWER, CANNOT_WRITE.
    """
    ledger = Ledger(places.ledger(places.private_folder(home)))

    def become(device: Device) -> Device:
        with contextlib.suppress(Trouble):  # it belonged to none, or nobody knows to which
            ledger.belong_to(load_device(home))
        ledger.belong_to(device)
        save_device(home, device)
        return device

    try:
        yield become
    finally:
        ledger.close()


def _identity(enrolled: wire.Enrolled, central: str, secret_key: bytes) -> Device:
    return Device(
        device=enrolled.device,
        tenant=enrolled.tenant,
        branch=enrolled.branch,
        branch_name=enrolled.branch_name,
        central=central,
        secret_key=secret_key,
        sealing_key=enrolled.sealing_key,
        verify_key=enrolled.verify_key,
        salt=enrolled.salt,
        public_url=enrolled.public_url,
    )


def _before(home: Path, public_key: bytes) -> tuple[str, bytes]:
    """Return the id of the device this machine has been, or "", and its proof for the new key."""
    try:
        device = load_device(home)
    except Trouble:
        return "", b""
    return device.device, seal.sign(
        device.secret_key, wire.replacing_text(device.device, public_key)
    )


def _secret_of(home: Path, public_key: bytes) -> bytes:
    """Return the secret of the key that central has let in. Raises Trouble (JOINING_REFUSED)."""
    kept = [offered_key(home)]
    with contextlib.suppress(Trouble):
        kept.append(load_device(home).secret_key)
    for secret_key in kept:
        if seal.public_of(secret_key) == public_key:
            return secret_key
    raise Trouble(
        JOINING_REFUSED,
        why="it answers the request of another machine, or an earlier one",
        remedy="Write a new request here: kiosk bundle write FILE --code CODE",
    )


def _address(public_url: str) -> str:
    """Return where central may be reached should there ever be a network; "" for nowhere."""
    address = public_url.rstrip("/")
    return address if address.startswith("https://") else ""
