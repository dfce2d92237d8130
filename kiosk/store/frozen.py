"""Freezing: values as ASCII JSON, and as they will be read back."""

import json
from typing import Any

import msgspec

_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))


class _NotPlain(Exception):
    """A value that JSON would not give back as it is, or only after a closer look."""


def frozen(value: Any) -> tuple[bytes, Any]:
    """Return *value* as ASCII JSON and as reading that gives it back, shared with nobody.

    Raises TypeError or ValueError for what JSON cannot hold, such as NaN.
    """
    try:
        # 3 us for a submission where the encoder below and reading back take 8
        plain = _plain(value)
        body = msgspec.json.encode(plain)
        if body.isascii():
            return body, plain
    except (_NotPlain, UnicodeEncodeError, OverflowError, RecursionError):
        pass
    body = ascii_json(value)
    return body, json.loads(body.decode("ascii"))


def ascii_json(value: object) -> bytes:
    """Return *value* as JSON that any reader takes: a lone surrogate is escaped, NaN refused."""
    return _ENCODER.encode(value).encode("ascii")


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    """Copy a list or an object that JSON gives back as it is; raises _NotPlain."""
    kind = type(value)
    if kind is list:
        return [each if type(each) in _AS_IT_IS else _plain(each) for each in value]
    if kind is dict and all(type(key) is str for key in value):
        return {
            key: each if type(each) in _AS_IT_IS else _plain(each) for key, each in value.items()
        }
    raise _NotPlain
