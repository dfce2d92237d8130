"""Who this kiosk is: its identity at the library, and its keys."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk import places, seal
from kiosk.problems import DEVICE_DAMAGED, DEVICE_UNREADABLE, NOT_ENROLLED, Trouble, meaning
from kiosk.store.durable import write_durably

_MARK = b',"digest":"'
"""Before the digest of everything above it, which an older program reads over."""
_OLDER = "it is older than its other copy"
_WORN = "look at the disk, it may be wearing out"


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
    """Read the device's identity, from its second copy where the file itself is damaged or older.

    Raises Trouble (NOT_ENROLLED, DEVICE_UNREADABLE).
    """
    main, copy = _read(places.device(home)), _read(places.device_copy(home))
    if main.genuine and main.saved >= copy.saved:
        return main.device  # type: ignore[return-value] # it has one
    if copy.genuine:
        return copy.device  # type: ignore[return-value] # it has one
    if main.device and copy.is_absent:  # of an older program
        return main.device
    if main.is_absent and copy.is_absent:
        raise Trouble(NOT_ENROLLED)
    raise Trouble(DEVICE_UNREADABLE, path=places.device(home), why=main.why)


def device_troubles(home: Path) -> list[Trouble]:
    """Tell of each copy of the identity that is damaged, gone or older; the other one is used."""
    paths = (places.device(home), places.device_copy(home))
    found = {path: _read(path) for path in paths}
    if not any(each.genuine for each in found.values()):
        return []
    newest = max(each.saved for each in found.values())
    why = {path: each.why if not each.genuine else _OLDER for path, each in found.items()}
    odd = [path for path, each in found.items() if not each.genuine or each.saved < newest]
    return [Trouble(DEVICE_DAMAGED, path=path, why=why[path]) for path in odd]


def save_device(home: Path, device: Device) -> None:
    """Keep the device's identity twice, and forget the offered key. Raises Trouble (CANNOT_WRITE).

    The file itself is written first, and the newer of two whole ones counts: it is saved then.
    """
    _write_twice(home, device)
    places.offered_key(home).unlink(missing_ok=True)


def mend_device(home: Path) -> None:
    """Write both copies anew where one is damaged or older, or an older program wrote only one.

    Raises Trouble (NOT_ENROLLED, DEVICE_UNREADABLE, CANNOT_WRITE).
    """
    device = load_device(home)
    copies = [_read(path) for path in (places.device(home), places.device_copy(home))]
    if not all(each.genuine for each in copies) or len({each.saved for each in copies}) > 1:
        _write_twice(home, device)


def prove_device(home: Path) -> None:
    """Give an identity that an older program wrote its digest and copy; one that has, keeps it.

    Raises Trouble (CANNOT_WRITE).
    """
    if _read(places.device_copy(home)).is_absent and not _read(places.device(home)).genuine:
        mend_device(home)


def _write_twice(home: Path, device: Device) -> None:
    copies = (_read(places.device(home)), _read(places.device_copy(home)))
    saved = 1 + max(each.saved for each in copies)
    body = msgspec.json.encode(device)[:-1] + b',"saved":%d}' % saved
    proven = body[:-1] + _MARK + _digest(body) + b'"}'
    write_durably(places.device(home), proven)
    write_durably(places.device_copy(home), proven)


@dataclass(frozen=True, slots=True)
class _Read:
    """What one copy of the identity was found to be."""

    device: Device | None = None
    genuine: bool = False
    """Whether its digest proves it."""
    why: str = "it is gone"
    """Why it is not."""
    is_absent: bool = False
    saved: int = 0
    """How often the identity had been saved then; 0 of one that is not proven."""


class _Counted(msgspec.Struct):
    saved: int = 0


def _read(path: Path) -> _Read:
    try:
        body = path.read_bytes()
        device = msgspec.json.decode(body, type=Device)
    except FileNotFoundError:
        return _Read(is_absent=True)
    except (OSError, ValueError, RecursionError) as error:
        return _Read(why=meaning(error) if isinstance(error, OSError) else f"{error}; {_WORN}")
    keys = (device.secret_key, device.sealing_key, device.verify_key)
    others = [key for key in (device.next_key, device.former_key) if key]
    lengths = {len(key) for key in (*keys, *others)}
    if lengths != {seal.KEY_BYTES} or len(device.salt) != seal.SALT_BYTES:
        return _Read(why=f"a key is not of its length; {_WORN}")
    told, mark, digest = body.rpartition(_MARK)
    if not mark:
        return _Read(device, why="it has no digest")
    if digest != _digest(told + b"}") + b'"}':
        return _Read(why=f"its digest does not fit; {_WORN}")
    return _Read(device, genuine=True, saved=msgspec.json.decode(body, type=_Counted).saved)


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16, person=b"kiosk identity").hexdigest().encode()


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
