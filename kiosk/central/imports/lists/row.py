"""Row: one entry of a list that can be imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.text import name_key


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list that can be imported."""

    line: int
    """Where it stands."""
    branch: str
    """Name of the branch, as written."""
    title: str
    """What it is called, in the list's language."""
    starts: datetime
    """Wall clock of the branch; midnight when `all_day`."""
    ends: datetime | None = None
    """Wall clock; the last day when `all_day`."""
    all_day: bool = False
    """Whether only the dates are known."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title by language, this one among them."""
    about: Mapping[str, str] = field(default_factory=dict)
    """A few sentences, by language."""
    place: str = ""
    """The room."""
    audience: str = ""
    """One of `AUDIENCES`, or the words of the list."""
    spoken: tuple[str, ...] = ()
    """Codes of the languages spoken there."""
    sign_up: bool = False
    """Whether a place must be taken."""
    capacity: int = 0
    """Seats; 0 when nothing is said."""
    source: str = ""
    """Where the entry comes from."""
    language: str = "sv"
    """Of the title."""
    cancelled: bool | None = None
    """Whether it was called off; None when the list says nothing about it."""
    uid: str = ""
    """What its source calls it, the same for ever; empty where the list has no such thing."""
    said: frozenset[str] = frozenset()
    """Our names of the columns that the list has."""

    @property
    def key(self) -> tuple[str, str, datetime]:
        """What makes two rows the same entry where the source has no name for it."""
        return name_key(self.branch), name_key(self.title), self.starts
