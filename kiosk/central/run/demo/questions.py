"""One question of a file (TOML) in the shape of the tables."""

from collections.abc import Mapping
from typing import Any


def written(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return one question of the file in the shape of the tables."""
    question = {name: value for name, value in told.items() if name != "choice"}
    return question | {"choices": told.get("choice", [])}
