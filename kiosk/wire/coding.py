"""Messages as bytes, and bytes as messages; the same bytes for the same content."""

import hashlib
from typing import TypeVar

import msgspec

from kiosk.domain.content import Content

T = TypeVar("T")


class Unreadable(ValueError):
    """Bytes that are not what this protocol says; the message tells where."""


def encode(message: object) -> bytes:
    """Return *message* as JSON."""
    return msgspec.json.encode(message)


def decode(body: bytes, shape: type[T]) -> T:
    """Read JSON into *shape*. Raises Unreadable with the place of the first thing that is wrong."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def encode_content(content: Content) -> bytes:
    """Return *content* as JSON, the same bytes for the same content."""
    return msgspec.json.encode(content, order="sorted")


def decode_content(body: bytes) -> Content:
    """Read content. Raises Unreadable."""
    return decode(body, Content)


def content_version(content: Content) -> str:
    """Return a name for what *content* says: alike for equal content whenever it was published.

    How many seats are taken has a message of its own, so that a sign-up sends no content around.
    """
    shown = msgspec.to_builtins(content)
    for passing in ("version", "published"):
        shown.pop(passing)
    for workshop in shown["programme"]:
        workshop.pop("taken")
    return hashlib.sha256(msgspec.json.encode(shown, order="sorted")).hexdigest()[:20]


def digest(frozen: bytes) -> str:
    """Return the fingerprint of an event's frozen bytes: SHA-256 in hexadecimal."""
    return hashlib.sha256(frozen).hexdigest()
