"""Plain values: JSON as Python holds it, copied and compared."""

from typing import Any


def copied(value: Any) -> Any:
    """Return *value* with lists and dictionaries of its own, all the way down."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [copied(each) for each in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same JSON: `1`, `1.0` and `true` are equal, not the same."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
