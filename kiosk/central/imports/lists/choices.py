"""Choices: what a list is read by beside itself: what staff say, and what the library is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class First(StrEnum):
    """What stands first in 03/04/2027."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever imports a list says about it where it says nothing itself."""

    language: str = ""
    """Of its titles; empty is by their words, or the library's own."""
    first: First | None = None
    """What stands first in its dates; None asks where it matters."""
    branch: str = ""
    """Name of the branch of entries that name none."""
    zone: str = ""
    """Time zone of branches that are new; empty is the library's own."""


@dataclass(frozen=True, slots=True)
class KnownLibrary:
    """What the library is, as far as a list is read by it."""

    branches: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Name and time zone of each branch, by `name_key` of what a list may call it."""
    zone: str = "Europe/Stockholm"
    """The library's own time zone."""
    language: str = "sv"
    """The library's own language."""
