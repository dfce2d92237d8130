"""Sealing, signing and the keys of a receipt; the only import of the crypto library (PyNaCl)."""

import hmac
from dataclasses import dataclass

from nacl import exceptions, pwhash, secret, signing
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

SALT_BYTES = pwhash.argon2id.SALTBYTES
"""Length of a deployment's salt: 16."""

KEY_BYTES = secret.SecretBox.KEY_SIZE
"""Length of every key here: 32."""

_LOCATOR_BYTES = 16
_OPERATIONS = pwhash.argon2id.OPSLIMIT_INTERACTIVE
_MEMORY_BYTES = pwhash.argon2id.MEMLIMIT_INTERACTIVE


class NotGenuine(Exception):
    """Bytes that are not what their signature or seal says, or sealed to somebody else."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Two keys of 32 bytes each."""

    secret: bytes
    """Stays where it was made."""
    public: bytes
    """Goes to the other end."""


@dataclass(frozen=True, slots=True)
class ReceiptKeys:
    """What a receipt's code opens; neither tells the code."""

    locator: str
    """32 hexadecimal digits under which the submission is found."""
    key: bytes
    """32 bytes under which answers are locked."""


def new_sealing_pair() -> KeyPair:
    """Make an X25519 pair: central keeps the secret, every kiosk gets the public key."""
    pair = PrivateKey.generate()
    return KeyPair(bytes(pair), bytes(pair.public_key))


def new_signing_pair() -> KeyPair:
    """Make an Ed25519 pair; `secret` is the 32-byte seed."""
    pair = signing.SigningKey.generate()
    return KeyPair(bytes(pair), bytes(pair.verify_key))


def public_of(secret_key: bytes) -> bytes:
    """Return the Ed25519 public key that belongs to a 32-byte seed."""
    return bytes(signing.SigningKey(secret_key).verify_key)


def new_salt() -> bytes:
    """Make a deployment's salt for `receipt_keys`."""
    return random(SALT_BYTES)


def seal(public: bytes, clear: bytes) -> bytes:
    """Seal *clear* so that only the holder of the secret key opens it; 48 bytes longer."""
    return bytes(SealedBox(PublicKey(public)).encrypt(clear))


def unseal(secret_key: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to our public key. Raises NotGenuine."""
    try:
        return bytes(SealedBox(PrivateKey(secret_key)).decrypt(sealed))
    except (exceptions.CryptoError, ValueError) as error:
        raise NotGenuine("not sealed to this key, or damaged") from error


def sign(secret_key: bytes, message: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature of *message*."""
    return bytes(signing.SigningKey(secret_key).sign(message).signature)


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Check a signature. Raises NotGenuine when it is not that key's signature of *message*."""
    try:
        signing.VerifyKey(public).verify(message, signature)
    except (exceptions.CryptoError, ValueError, TypeError) as error:
        raise NotGenuine("the signature does not fit") from error


def seal_to_signer(verify_key: bytes, clear: bytes) -> bytes:
    """Seal *clear* so that only the holder of an Ed25519 key opens it. Raises NotGenuine.

    The key is turned into its X25519 form (libsodium, `crypto_sign_ed25519_pk_to_curve25519`).
    """
    try:
        public = signing.VerifyKey(verify_key).to_curve25519_public_key()
    except (exceptions.CryptoError, ValueError, TypeError) as error:
        raise NotGenuine("not a key that could have signed") from error
    return bytes(SealedBox(public).encrypt(clear))


def unseal_as_signer(secret_key: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to the public half of our 32-byte Ed25519 seed. Raises NotGenuine."""
    try:
        secret_half = signing.SigningKey(secret_key).to_curve25519_private_key()
        return bytes(SealedBox(secret_half).decrypt(sealed))
    except (exceptions.CryptoError, ValueError) as error:
        raise NotGenuine("not sealed to this key, or damaged") from error


def code_key(code: str, salt: bytes) -> bytes:
    """Derive a key for `lock` from a one-time code, 32 bytes; as slow as `receipt_keys`.

    The salt has `SALT_BYTES` and is new each time, so that no table of codes can be made ahead.
    """
    return pwhash.argon2id.kdf(
        KEY_BYTES, code.encode("utf-8"), salt, opslimit=_OPERATIONS, memlimit=_MEMORY_BYTES
    )


def receipt_keys(code: str, salt: bytes) -> ReceiptKeys:
    """Derive locator and key from a receipt's code with Argon2id (RFC 9106), 64 MiB, two passes.

    Takes about a tenth of a second by design; never call it on the path of a key press. *code* is
    the twelve characters as `kiosk.domain.receipt.read_code` returns them.
    """
    derived = pwhash.argon2id.kdf(
        _LOCATOR_BYTES + KEY_BYTES,
        code.encode("ascii"),
        salt,
        opslimit=_OPERATIONS,
        memlimit=_MEMORY_BYTES,
    )
    return ReceiptKeys(derived[:_LOCATOR_BYTES].hex(), derived[_LOCATOR_BYTES:])


def prove(key: bytes, text: bytes) -> bytes:
    """Return 32 bytes that only the receipt's key makes of *text*: HMAC-SHA-256 (RFC 2104)."""
    return hmac.digest(key, text, "sha256")


def proves(key: bytes, text: bytes, proof: bytes) -> bool:
    """Tell whether *proof* was made of *text* with the receipt's key."""
    return hmac.compare_digest(prove(key, text), proof)


def lock(key: bytes, clear: bytes) -> bytes:
    """Lock *clear* under a receipt's key, with a random nonce in front."""
    return bytes(secret.SecretBox(key).encrypt(clear))


def unlock(key: bytes, locked: bytes) -> bytes:
    """Open what was locked under a receipt's key. Raises NotGenuine."""
    try:
        return bytes(secret.SecretBox(key).decrypt(locked))
    except (exceptions.CryptoError, ValueError) as error:
        raise NotGenuine("locked under another key, or damaged") from error
