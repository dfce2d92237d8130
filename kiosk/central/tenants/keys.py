"""The library's secret keys: a file of their own, never in the database nor in its backups."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings

from kiosk import places, seal
from kiosk.central.platform.deployment import write_private
from kiosk.problems import CENTRAL_NOT_READY, DATABASE_GONE, Trouble


class LibrarySecrets(msgspec.Struct, frozen=True):
    """What the file holds, base64 in JSON."""

    sealing_secret: bytes
    """X25519: opens what kiosks have sealed."""
    signing_secret: bytes
    """Ed25519 seed: signs central's answers."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What kiosks are told of a new library's keys."""

    sealing: bytes
    """X25519."""
    verify: bytes
    """Ed25519."""


def keys_file(tenant_key: str) -> Path:
    """Return the file with the keys of one library."""
    return Path(settings.HOME) / "keys" / f"{tenant_key}.json"


def make(tenant_key: str) -> PublicKeys:
    """Make the keys of a new library and return the public halves.

    Raises Trouble (DATABASE_GONE) when there are keys already: replacing them would lose
    everything that kiosks have sealed and not yet sent.
    """
    sealing, signing = seal.new_sealing_pair(), seal.new_signing_pair()
    path = keys_file(tenant_key)
    places.private_folder(path.parent)
    if path.exists():
        raise Trouble(DATABASE_GONE, keys=path, database="the library's place in the database")
    _read.cache_clear()
    write_private(path, msgspec.json.encode(LibrarySecrets(sealing.secret, signing.secret)))
    return PublicKeys(sealing.public, signing.public)


def kept() -> list[Path]:
    """List the files of all libraries' keys."""
    return sorted(keys_file("x").parent.glob("*.json"))


def secrets_of(tenant_key: str) -> LibrarySecrets:
    """Return the secret keys of one library. Raises Trouble (CENTRAL_NOT_READY)."""
    return _read(keys_file(tenant_key))


def unfit(tenant_key: str, sealing_public: bytes, verify_public: bytes) -> str:
    """Say why the keys that are here are not those of a library; "" when they are."""
    try:
        kept = secrets_of(tenant_key)
        seal.unseal(kept.sealing_secret, seal.seal(sealing_public, b"try"))
        fits = seal.public_of(kept.signing_secret) == verify_public
    except Trouble:
        return "none are there"
    except (seal.NotGenuine, ValueError):
        fits = False
    return "" if fits else "others are there"


@lru_cache(maxsize=64)
def _read(path: Path) -> LibrarySecrets:
    try:
        return msgspec.json.decode(path.read_bytes(), type=LibrarySecrets)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        why = f"its keys {path.name} cannot be read; restore them from a backup"
        raise Trouble(CENTRAL_NOT_READY, path=settings.HOME, why=why) from error
