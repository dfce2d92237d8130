"""A bundle: one file on a stick that brings an exchange without a network, and its answer.

A file is `MAGIC`, the length of its head (four bytes), the head as JSON, an Ed25519 signature over
the head, and a body sealed to the other end. The head names the body's length and digest, so the
signature covers every byte.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import msgspec

from kiosk import seal
from kiosk.domain.enrolment_code import spelled
from kiosk.problems import (
    BUNDLE_DAMAGED,
    BUNDLE_NEWER,
    BUNDLE_WRONG_WAY,
    JOINING_REFUSED,
    NOT_A_BUNDLE,
    Trouble,
)
from kiosk.wire.coding import T, Unreadable, decode, digest, encode
from kiosk.wire.devices import Enrolled
from kiosk.wire.gzipped import BreaksOff, TooLarge, gzipped, inflated
from kiosk.wire.inbox import InboxAnswer
from kiosk.wire.protocol import PROTOCOL

MAGIC = b"meroppet bundle\n"
ANSWER_SUFFIX = ".answer"
"""What the answer to `ekenas.bundle` is called by: `ekenas.answer`."""
MAX_PARTS = 100
"""Inboxes in one bundle: 50,000 events."""
MAX_BUNDLE_BYTES = 64_000_000
"""Of a file."""
MAX_OPENED_BYTES = 256_000_000
"""Of a body once it is inflated."""

NO_SEATS = b"null"
"""What an answer says that tells nothing of seats."""

_MAX_HEAD_BYTES = 4_096
_SIGNATURE_BYTES = 64


class BundleKind(StrEnum):
    """What a file on a stick is."""

    BUNDLE = "bundle"
    """From a kiosk: inboxes, sealed to the library."""
    ANSWER = "answer"
    """From central: the answer to one bundle, sealed to the kiosk."""
    JOIN = "join"
    """From a kiosk that has no identity yet: locked under the one-time code."""
    JOINED = "joined"
    """From central: the identity, locked under the same code."""


class Head(msgspec.Struct, frozen=True):
    """What can be read on the outside of a bundle."""

    protocol: int
    kind: BundleKind
    tenant: str
    """Key of the library; empty while the kiosk does not know it."""
    device: str
    """Of the kiosk; empty while it has no identity."""
    number: int
    """Counts up per device; an answer repeats the number it answers."""
    made_at: str
    """ISO 8601, by the clock of whoever made it."""
    body_bytes: int
    body_digest: str
    """SHA-256 of the sealed body, hexadecimal."""
    epoch: str = ""
    """Central's, as the maker knows it."""
    answers: str = ""
    """Digest of the file that this one answers."""
    salt: bytes = b""
    """For the key that is derived from a one-time code."""


class Bundle(msgspec.Struct, frozen=True):
    """What a kiosk brings: inboxes, each within the limits of one, oldest events first."""

    parts: list[msgspec.Raw]
    """`Inbox` as JSON; the last one is a heartbeat when nothing waits."""


class BundleAnswer(msgspec.Struct, frozen=True):
    """What central answers to a bundle, after its commit."""

    parts: list[InboxAnswer]
    """One to each inbox, then as many more as it takes to tell every state; to be applied in
    order, all or none."""
    content: msgspec.Raw
    """What the branch shows from now on, as GET content sends it."""
    seats: msgspec.Raw = msgspec.Raw(NO_SEATS)
    """How its workshops stand and what the kiosk may give, as GET seats sends it."""
    noted: list[str] = []
    """Ids of the dead letters that the bundle reported."""


class Join(msgspec.Struct, frozen=True):
    """A kiosk asks to join a branch by stick; the file is signed with the key it offers."""

    public_key: bytes
    name: str = ""
    """What technicians call the machine."""
    replaces: str = ""
    """Id of the device it was before, if it was one."""
    replaces_proof: bytes = b""
    """As in `kiosk.wire.devices.Enrol`."""


class Joined(msgspec.Struct, frozen=True):
    """Central lets it in."""

    public_key: bytes
    """Echo: the key that was let in."""
    enrolled: Enrolled


@dataclass(frozen=True, slots=True)
class SignedBundle:
    """A file that is whole; whom it comes from is not proven before `check`."""

    head: Head
    """What stands outside."""
    digest: str
    """Of the whole file: its name for the answer."""
    sealed: bytes
    """The body, closed."""
    _signed: bytes
    _signature: bytes

    def check(self, public_key: bytes) -> None:
        """See that the holder of *public_key* made it. Raises Trouble (BUNDLE_DAMAGED)."""
        try:
            seal.verify(public_key, _signed_text(self._signed), self._signature)
        except seal.NotGenuine as error:
            raise Trouble(BUNDLE_DAMAGED, why="its signature does not fit") from error

    def opened(self, unseal: Callable[[bytes], bytes], shape: type[T]) -> T:
        """Open the body with *unseal* and read it. Raises Trouble (BUNDLE_DAMAGED)."""
        try:
            return decode(inflated(unseal(self.sealed), MAX_OPENED_BYTES), shape)
        except (seal.NotGenuine, Unreadable, BreaksOff, TooLarge) as error:
            raise Trouble(BUNDLE_DAMAGED, why=error) from error

    def opened_with_code(self, code: str, shape: type[T]) -> T:
        """Open a body that is locked under a one-time code. Raises Trouble (JOINING_REFUSED)."""
        try:
            key = seal.code_key(spelled(code), self.head.salt)
            return self.opened(partial(seal.unlock, key), shape)
        except (Trouble, ValueError) as error:
            raise Trouble(
                JOINING_REFUSED,
                why="the code is another than the one it was made with",
                remedy="Type the code of this kiosk again, or make a new one at central.",
            ) from error


def packed(
    head: Callable[[int, str], Head],
    body: object,
    close: Callable[[bytes], bytes],
    signing_secret: bytes,
) -> bytes:
    """Make a file: *body* as JSON, compressed and closed with *close*, under a signed head.

    *head* is given the length and the digest of the closed body.
    """
    sealed = close(gzipped(encode(body)))
    outside = encode(head(len(sealed), digest(sealed)))
    signature = seal.sign(signing_secret, _signed_text(outside))
    return MAGIC + len(outside).to_bytes(4, "big") + outside + signature + sealed


def parcel(file: bytes, name: str = "It") -> SignedBundle:
    """Take a file apart. Raises Trouble: NOT_A_BUNDLE, BUNDLE_DAMAGED, BUNDLE_NEWER."""
    if not file.startswith(MAGIC):
        if MAGIC.startswith(file):
            raise Trouble(BUNDLE_DAMAGED, why="it breaks off at its beginning")
        raise Trouble(NOT_A_BUNDLE, path=name, why="it does not begin like one")
    begins = len(MAGIC) + 4
    ends = begins + int.from_bytes(file[len(MAGIC) : begins], "big")
    if ends > begins + _MAX_HEAD_BYTES:
        raise Trouble(BUNDLE_DAMAGED, why="its head is too long")
    if len(file) < ends:
        raise Trouble(BUNDLE_DAMAGED, why="it breaks off in its head")
    outside, signature = file[begins:ends], file[ends : ends + _SIGNATURE_BYTES]
    sealed = file[ends + _SIGNATURE_BYTES :]
    head = _head(outside)
    if len(sealed) != head.body_bytes:
        why = f"{len(sealed)} of {head.body_bytes} bytes are there"
        raise Trouble(BUNDLE_DAMAGED, why=why)
    if digest(sealed) != head.body_digest:
        raise Trouble(BUNDLE_DAMAGED, why="its bytes have changed")
    return SignedBundle(head, hashlib.sha256(file).hexdigest(), sealed, outside, signature)


def expect(found: SignedBundle, *wanted: BundleKind) -> None:
    """See that a file is one of the kinds *wanted*. Raises Trouble (BUNDLE_WRONG_WAY)."""
    if found.head.kind not in wanted:
        raise Trouble(
            BUNDLE_WRONG_WAY,
            found=_NAMES[found.head.kind],
            wanted=_NAMES[wanted[0]],
            command=_COMMANDS[found.head.kind],
        )


class _Version(msgspec.Struct):
    protocol: int


def _head(outside: bytes) -> Head:
    try:
        if (spoken := decode(outside, _Version).protocol) != PROTOCOL:
            raise Trouble(BUNDLE_NEWER, why=f"protocol {spoken}")
        return decode(outside, Head)
    except Unreadable as error:
        raise Trouble(BUNDLE_DAMAGED, why="its head cannot be read") from error


def _signed_text(outside: bytes) -> bytes:
    """Return what is signed: never what a request or an answer over HTTP signs."""
    return b"meroppet-bundle-1\n" + outside


_NAMES = {
    BundleKind.BUNDLE: "a kiosk's bundle",
    BundleKind.ANSWER: "an answer from central",
    BundleKind.JOIN: "a kiosk's request to join",
    BundleKind.JOINED: "an identity for a new kiosk",
}
_COMMANDS = {
    BundleKind.BUNDLE: "kiosk central bundle IN OUT",
    BundleKind.ANSWER: "kiosk bundle read FILE",
    BundleKind.JOIN: "kiosk central bundle IN OUT --code CODE",
    BundleKind.JOINED: "kiosk bundle read FILE --code CODE",
}
