"""Showing: whether what has a beginning and an end is shown now, later or no longer."""

from datetime import date
from enum import StrEnum


class Showing(StrEnum):
    """Whether visitors meet it."""

    HELD = "held"
    """It is written, and shown to nobody."""
    LATER = "later"
    NOW = "now"
    OVER = "over"


def showing(now: date, since: date | None, until: date | None) -> Showing:
    """Tell it of what is shown from *since* until just before *until*, days or moments alike."""
    if until is not None and until <= now:
        return Showing.OVER
    return Showing.LATER if since is not None and now < since else Showing.NOW
