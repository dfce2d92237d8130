"""Devices: how a kiosk joins a branch, and who it is from then on."""

import msgspec


class Enrol(msgspec.Struct, frozen=True):
    """A kiosk asks to join a branch; signed with the key it offers, which proves it holds it."""

    code: str
    public_key: bytes
    name: str = ""
    """What technicians call the machine."""


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
