"""Who this kiosk is: its identity at the library, and its keys."""

from pathlib import Path

import msgspec

from kiosk import places, seal
from kiosk.problems import DEVICE_UNREADABLE, NOT_ENROLLED, Trouble
from kiosk.store.durable import write_durably


class Device(msgspec.Struct, frozen=True):
    """An enrolled kiosk."""

    device: str
    """Its id at central."""
    tenant: str
    """Key of the library."""
    branch: str
    """Key of the branch."""
    branch_name: str
    """As the sign over the door says."""
    central: str
    """Address of central, without a slash at the end."""
    secret_key: bytes
    """Ed25519 seed; made here, never leaves."""
    sealing_key: bytes
    """Central's X25519 public key: answers are sealed to it."""
    verify_key: bytes
    """Central's Ed25519 public key: its answers are checked against it."""
    salt: bytes
    """For deriving receipt keys."""
    public_url: str = ""
    """Address of the phone page for receipts."""
    keyed_at: str = ""
    """When its key was made, by central's clock, ISO 8601; "" until central has told the time."""
    next_key: bytes = b""
    """Seed of a key offered to central, whose answer is still awaited."""
    former_key: bytes = b""
    """Seed of the key before; a central restored from a backup may know no other."""


def load_device(home: Path) -> Device:
    """Read the device's identity. Raises Trouble (NOT_ENROLLED, DEVICE_UNREADABLE)."""
    path = places.device(home)
    try:
        device = msgspec.json.decode(path.read_bytes(), type=Device)
    except FileNotFoundError as error:
        raise Trouble(NOT_ENROLLED) from error
    except (OSError, ValueError, RecursionError) as error:
        raise Trouble(DEVICE_UNREADABLE, path=path, why=error) from error
    keys = (device.secret_key, device.sealing_key, device.verify_key)
    others = (key for key in (device.next_key, device.former_key) if key)
    if (
        any(len(key) != seal.KEY_BYTES for key in (*keys, *others))
        or len(device.salt) != seal.SALT_BYTES
    ):
        raise Trouble(DEVICE_UNREADABLE, path=path, why="a key is not of its length")
    return device


def save_device(home: Path, device: Device) -> None:
    """Keep the device's identity, and forget the offered key. Raises Trouble (CANNOT_WRITE)."""
    write_durably(places.device(home), msgspec.json.encode(device))
    places.offered_key(home).unlink(missing_ok=True)


def offered_key(home: Path) -> bytes:
    """Return the Ed25519 seed this kiosk offers at enrolment, 32 bytes.

    Kept until central has accepted it: when the answer is lost, the same code with the same key
    gets the same answer again.
    """
    path = places.offered_key(places.private_folder(home))
    if path.is_file() and len(kept := path.read_bytes()) == seal.KEY_BYTES:
        return kept
    secret = seal.new_signing_pair().secret
    write_durably(path, secret)
    return secret
