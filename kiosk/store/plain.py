"""Plain values: JSON as Python holds it, copied and compared."""

from typing import Any

_SCALARS = frozenset({str, int, float, bool, type(None)})


def copied(value: Any) -> Any:
    """Return *value* with lists and dictionaries of its own, all the way down."""
    if isinstance(value, dict):
        return {
            key: each if type(each) in _SCALARS else copied(each) for key, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [each if type(each) in _SCALARS else copied(each) for each in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same JSON: `1`, `1.0` and `true` are equal, not the same."""
    return one is other or (one == other and _alike(one, other))


def _alike(one: Any, other: Any) -> bool:
    """Tell whether two equal values are of the same types and in the same order."""
    kind = type(one)
    if kind is not type(other):
        return False
    if one is other or kind in _SCALARS:
        return True
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(_alike, one.values(), other.values()))
    return not isinstance(one, list) or all(map(_alike, one, other))
