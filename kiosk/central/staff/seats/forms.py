"""Arrangement of the seats of a workshop: the form in which staff change it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kiosk.central.programme.actions import on_the_clock
from kiosk.central.programme.models import Workshop
from kiosk.central.programme.queries import wall_clock, wall_clock_typed
from kiosk.central.seats.models import Book
from kiosk.central.seats.queries import seen_of
from kiosk.domain.lease import SHARE_PERCENT

MOST_SEATS = 9999
_LONGEST = 40
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What stands in the form, as it was typed."""

    capacity: str
    """Seats in the room; empty without a limit."""
    taken_elsewhere: str
    """Seats taken by other ways than a kiosk."""
    share_percent: str
    """Of the free seats, how many kiosks may give by themselves."""
    decides: str
    """When it is decided, by the clock of the branch; empty is a day before."""
    seen: str = ""
    """Mark of how it stood when this was written."""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by field."""

    @classmethod
    def of(cls, workshop: Workshop, book: Book | None) -> "Arrangement":
        """Return how it is now."""
        decides = wall_clock(book.decides, workshop.branch) if book and book.decides else None
        return cls(
            str(workshop.capacity or ""),
            str(workshop.taken_elsewhere),
            str(book.share_percent if book else SHARE_PERCENT),
            decides.isoformat(timespec="minutes") if decides else "",
            seen_of(workshop, book),
        )

    @classmethod
    def read(cls, sent: Mapping[str, Any], workshop: Workshop) -> "Arrangement":
        """Read what the browser sent, and note what is wrong with it."""
        typed = {name: str(sent.get(name, "")).strip()[:_LONGEST] for name in _CHECKS}
        mistakes = {name: _CHECKS[name](typed[name], workshop) for name in typed}
        wrong = {name: mistake for name, mistake in mistakes.items() if mistake}
        if not wrong and int(typed["taken_elsewhere"]) > int(typed["capacity"] or MOST_SEATS):
            wrong["taken_elsewhere"] = _("That is more than there are seats.")
        return cls(**typed, seen=str(sent.get("seen", "")), mistakes=wrong)

    def values(self, workshop: Workshop) -> dict[str, Any]:
        """Return what is to be written, once there is no mistake."""
        return {
            "capacity": int(self.capacity or 0),
            "taken_elsewhere": int(self.taken_elsewhere),
            "share_percent": int(self.share_percent),
            "decides": _moment(self.decides, workshop) if self.decides else None,
        }


def _capacity(typed: str, _workshop: Workshop) -> str:
    """Take no 0: it might mean none at all, or as many as come."""
    if not typed or (int(typed) if _NUMBER.fullmatch(typed) else 0) in range(1, MOST_SEATS + 1):
        return ""
    return _(
        "Write a whole number from 1 to %(most)d, or leave it empty where there is no limit."
    ) % {"most": MOST_SEATS}


def _up_to(most: int) -> Callable[[str, Workshop], str]:
    def check(typed: str, _workshop: Workshop) -> str:
        if _NUMBER.fullmatch(typed) and int(typed) <= most:
            return ""
        return _("Write a whole number from 0 to %(most)d.") % {"most": most}

    return check


def _decision(typed: str, workshop: Workshop) -> str:
    if not typed:
        return ""
    moment = _moment(typed, workshop)
    if moment is None:
        return _("Write date and time like 2026-01-21 18:00, or leave it empty.")
    if moment > workshop.starts:
        return _("That is after it begins. Choose a time before.")
    return ""


def _moment(typed: str, workshop: Workshop) -> datetime | None:
    wall = wall_clock_typed(typed)
    return on_the_clock(wall, workshop.branch) if wall else None


_CHECKS: dict[str, Callable[[str, Workshop], str]] = {
    "capacity": _capacity,
    "taken_elsewhere": _up_to(MOST_SEATS),
    "share_percent": _up_to(100),
    "decides": _decision,
}
