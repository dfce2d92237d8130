"""A workshop: anything in the programme that happens at a time and a place."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Meeting:
    """One of several times at which a series happens; local wall clock, without offset."""

    starts: datetime
    """Beginning."""
    ends: datetime
    """End."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """One entry of the programme; times are the branch's local wall clock, without offset."""

    id: str
    """Made by central, never reused."""
    title: Texts
    """What it is called, by language."""
    branch: str
    """Key of the branch where it happens."""
    starts: datetime
    """Beginning, local wall clock; midnight when `all_day`."""
    ends: datetime | None = None
    """End; days after `starts` for a series or a period."""
    meetings: tuple[Meeting, ...] = ()
    """Each time it happens, in order, where that is a series; empty for one time or a period."""
    all_day: bool = False
    """Whether only the dates are known."""
    about: Texts = field(default_factory=dict)
    """A few sentences, by language."""
    place: str = ""
    """The room, as the sign on its door says."""
    audience: str = ""
    """Whom it is for, one of `AUDIENCES`, or free text from an imported list."""
    spoken: tuple[str, ...] = ()
    """Languages spoken there, as codes."""
    sign_up: bool = True
    """Whether a place must be taken; otherwise anybody drops in."""
    capacity: int = 0
    """Seats in the room; 0 when there is no limit."""
    taken: int = 0
    """Seats taken when the content was published; an honest answer needs its date beside it."""
    cancelled: bool = False
    """Whether it will not happen."""

    @property
    def over(self) -> datetime:
        """The moment after which it is no longer shown."""
        last = self.ends or self.starts
        return last + timedelta(days=1) if self.all_day else last

    def can_be_signed_up_for(self, now: datetime) -> bool:
        """Tell whether a sign-up makes sense at *now* (local wall clock, without offset)."""
        return self.sign_up and not self.cancelled and self.over > now

    @property
    def seats_left(self) -> int | None:
        """Seats not taken when the content was published; None when there is no limit."""
        return max(0, self.capacity - self.taken) if self.capacity else None


AUDIENCES = ("children", "families", "young", "adults", "seniors", "everyone")


MOST_HIGHLIGHTS = 6


def highlights(programme: tuple[Workshop, ...], branch: str, now: datetime) -> list[Workshop]:
    """List the next thing for each audience, at *branch* where there is one, in order of time."""
    found = [each for each in coming(programme, now) if not each.cancelled]
    next_one: dict[str, Workshop] = {}
    for each in sorted(found, key=lambda each: each.branch != branch):
        next_one.setdefault(each.audience, each)
    return coming(tuple(next_one.values()), now)[:MOST_HIGHLIGHTS]


def coming(programme: tuple[Workshop, ...], now: datetime) -> list[Workshop]:
    """List what is still to come or going on at *now*, in order of time."""
    return sorted((each for each in programme if each.over > now), key=lambda w: (w.starts, w.id))
