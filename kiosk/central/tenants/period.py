"""A period: the days of which staff ask."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days on the calendar of each branch, both ends included."""

    since: date
    until: date
