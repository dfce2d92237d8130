"""Hours and clock of a branch as they are saved: read whole, or not known; never half of them."""

from datetime import tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.utils.timezone import get_default_timezone

from kiosk.domain.opening_hours import Calendar

_WEEKDAYS = range(7)


def read(told: Any) -> Calendar:
    """Read opening hours in the shape of the table. Raises ValueError."""
    try:
        found = msgspec.convert(told, Calendar)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
    for each in found.week:
        if each.weekday not in _WEEKDAYS:
            raise ValueError(f"there is no weekday {each.weekday}")
        if each.opens.tzinfo or each.closes.tzinfo:
            raise ValueError("hours go by the clock of the branch, without offset")
    return found


def calendar(told: Any) -> Calendar:
    """Return opening hours; those that cannot be read are not known."""
    try:
        return read(told)
    except ValueError:
        return Calendar()


@lru_cache(maxsize=64)
def is_zone(name: str) -> bool:
    """Tell whether there is a time zone called *name* (IANA)."""
    try:
        return bool(ZoneInfo(name))
    except (OSError, ValueError, KeyError):
        return False


def clock(name: str) -> tzinfo:
    """Return the time zone called *name*; where there is none, central's own stands for it."""
    return ZoneInfo(name) if is_zone(name) else get_default_timezone()
