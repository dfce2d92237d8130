"""What every message of protocol 1 shares: its limits, its headers, what is signed, refusals."""

import hashlib

import msgspec

PROTOCOL = 1
ROOT = "/sync/1"
MAX_BATCH_ITEMS = 500
MAX_BATCH_BYTES = 1_000_000
"""Of a compressed inbox body."""
MAX_INFLATED_BYTES = 8_000_000
MAX_EVENT_BYTES = 256_000
"""Of one event; the longest errand stays far below."""

DEVICE_HEADER = "Kiosk-Device"
SIGNATURE_HEADER = "Kiosk-Signature"
"""Base64 of an Ed25519 signature: the kiosk's over `signed_text`, central's over its answer."""

UNKNOWN_RECEIPT = "unknown_receipt"
"""Central's word, with status 404, when nothing lies under a receipt's locator."""


class Refusal(msgspec.Struct, frozen=True):
    """Body of every answer that is not a success."""

    error: str
    """Short fixed word: `revoked`, `unknown_device`, `bad_signature`, `bad_code`, `too_large`, …"""
    detail: str = ""


def rotation_text(device: str, public_key: bytes) -> bytes:
    """Return what a new key signs to prove that the device holds it."""
    return f"kiosk-{PROTOCOL}\nrotate\n{device}\n{public_key.hex()}".encode()


def replacing_text(device: str, public_key: bytes) -> bytes:
    """Return what the key of a device signs to prove that the machine with a new key was it."""
    return f"kiosk-{PROTOCOL}\nreplace\n{device}\n{public_key.hex()}".encode()


def signed_text(method: str, path: str, device: str, body: bytes) -> bytes:
    """Return what a kiosk signs: who asks what of whom, and the digest of the body as sent."""
    digest = hashlib.sha256(body).hexdigest()
    return f"kiosk-{PROTOCOL}\n{method}\n{path}\n{device}\n{digest}".encode()


def answer_text(body: bytes, about: str) -> bytes:
    """Return what central signs: its answer, and which question it answers (batch id or path)."""
    digest = hashlib.sha256(body).hexdigest()
    return f"central-{PROTOCOL}\n{about}\n{digest}".encode()
