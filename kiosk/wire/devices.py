"""Devices: how a kiosk joins a branch, who it is from then on, and what time it is."""

import msgspec


class Enrol(msgspec.Struct, frozen=True):
    """A kiosk asks to join a branch; signed with the key it offers, which proves it holds it."""

    code: str
    public_key: bytes
    name: str = ""
    """What technicians call the machine."""
    replaces: str = ""
    """The device this machine was until now, if any: its page then tells what came after it."""
    replaces_proof: bytes = b""
    """Signature of that device's key over `replacing_text`; without it nothing is believed."""


class Enrolled(msgspec.Struct, frozen=True):
    """Central's answer: the identity of the device and the keys of the library."""

    device: str
    tenant: str
    branch: str
    branch_name: str
    sealing_key: bytes
    """Central's X25519 public key."""
    verify_key: bytes
    """Central's Ed25519 public key: every later answer is signed with it."""
    salt: bytes
    """The deployment's salt for receipt keys."""
    public_url: str
    """Address of the phone page for receipts."""
    public_key: bytes = b""
    """The key that was let in: an answer to another kiosk is none to this one. Empty from a central
    that is older than the field."""


class Rotate(msgspec.Struct, frozen=True):
    """A kiosk changes its key; the request is signed with the old one."""

    public_key: bytes
    """The new Ed25519 public key."""
    proof: bytes
    """The new key's signature over `rotation_text`, which proves that the kiosk holds it."""


class Rotated(msgspec.Struct, frozen=True):
    """Central knows the new key; the old one ends when the new one is used for the first time."""

    device: str


class TimeTold(msgspec.Struct, frozen=True):
    """What time it is at central, for a kiosk whose clock is broken."""

    nonce: str
    """Echo of what the kiosk asked with: 16 to 64 letters, digits, `-` or `_`, never used twice."""
    server_time: str
    """ISO 8601 with offset."""
