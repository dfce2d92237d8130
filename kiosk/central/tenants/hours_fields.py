"""Form fields for the opening hours of a week, and for a time zone."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from kiosk.central.platform.fields.texts import LabelledWidget
from kiosk.central.tenants import hours
from kiosk.domain.opening_hours import Calendar, Hours

NORDIC = (
    *("Europe/Stockholm", "Europe/Copenhagen", "Europe/Helsinki", "Europe/Oslo"),
    *("Europe/Mariehamn", "Atlantic/Faroe", "Atlantic/Reykjavik", "America/Nuuk"),
)
"""Where our libraries stand; offered first."""
_NO_PLACE = {"Factory", "localtime"}
"""Of a machine and not of a place: another machine knows them as another time, or not at all."""
_STRETCH = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-\u2013]\s*(\d{1,2})(?:[:.](\d\d))?")
_KINDS = (False, True)
"""Boxes of each weekday: open with nobody there, and staffed."""


class WeekWidget(LabelledWidget):
    """Two boxes for each weekday, and one for the dates on which it is closed."""

    def __init__(self) -> None:
        """Make the boxes."""
        week = [forms.TextInput(attrs={"size": 40}) for _day in WEEKDAYS for _kind in _KINDS]
        super().__init__([*week, forms.Textarea(attrs={"rows": 4, "cols": 20})], _labels)

    def decompress(self, value: Any) -> list[str]:
        """Return the stretches of each day as people write them."""
        found = value if isinstance(value, Calendar) else hours.calendar(value or {})
        week = [
            ", ".join(_written(each) for each in found.week if _box(each) == (day, kind))
            for day in WEEKDAYS
            for kind in _KINDS
        ]
        return [*week, "\n".join(each.isoformat() for each in sorted(found.closed))]


class WeekField(forms.MultiValueField):
    """The opening hours of a branch, as `07-22` or `10:00-19:00, 20-21` in each box."""

    def __init__(self, **more: Any) -> None:
        """Make the boxes."""
        boxes = [forms.CharField(required=False) for _ in range(len(WEEKDAYS) * len(_KINDS) + 1)]
        more |= {"widget": WeekWidget(), "require_all_fields": False, "required": False}
        super().__init__(boxes, **more)
        self.help_text = _(
            "Write 07:00-22:00, several with commas between. 22-01 ends after midnight. Where "
            "nothing is written in the whole week, kiosks say that the hours are not known."
        )

    def compress(self, told: Sequence[str]) -> Any:
        """Return the week in the shape of the table. Raises ValidationError."""
        if not told:
            return {}
        *week, closed = told
        boxes = [(day, kind) for day in WEEKDAYS for kind in _KINDS]
        stretches = [
            each
            for (day, kind), box in zip(boxes, week, strict=True)
            for each in _stretches(box, day, staffed=kind)
        ]
        found = Calendar(tuple(stretches), tuple(map(_date, closed.split())))
        return msgspec.to_builtins(found) if found != Calendar() else {}


class ZoneField(forms.ChoiceField):
    """A time zone: the Nordic ones first, then all there are."""

    def __init__(self, **more: Any) -> None:
        """Offer them."""
        super().__init__(choices=zones, **more)


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str]]:
    """Return the zones that can be chosen, each by its name."""
    others = sorted(available_timezones() - set(NORDIC) - _NO_PLACE)
    return [(each, each) for each in (*NORDIC, *others)]


def zone_mistake(name: str) -> str:
    """Say that there is no time zone called *name*; "" where there is."""
    return "" if hours.is_zone(name) else _("Choose a time zone such as Europe/Stockholm.")


def _labels() -> list[str]:
    """Name weekdays and kinds."""
    kinds = (_("open, nobody there"), _("staffed"))
    week = [f"{day}, {kind}" for day in WEEKDAYS.values() for kind in kinds]
    return [*week, _("Closed on these dates, one a line")]


def _box(each: Hours) -> tuple[int, bool]:
    return each.weekday, each.staffed


def _written(each: Hours) -> str:
    return f"{each.opens:%H:%M}-{each.closes:%H:%M}"


def _stretches(typed: str, day: int, *, staffed: bool) -> Iterator[Hours]:
    for each in filter(None, (part.strip() for part in typed.split(","))):
        match = _STRETCH.fullmatch(each)
        try:
            opens, closes = (_time(*match.groups()[at : at + 2]) for at in (0, 2))  # type: ignore[union-attr] # caught
        except (AttributeError, ValueError) as error:
            said = _("%(day)s: write hours like 07:00-22:00, not %(found)s.")
            raise ValidationError(said % {"day": WEEKDAYS[day], "found": each[:40]}) from error
        if opens == closes != time():
            said = _("%(day)s: %(found)s ends when it begins. The whole day is 00-24.")
            raise ValidationError(said % {"day": WEEKDAYS[day], "found": each[:40]})
        yield Hours(day, opens, closes, staffed)


def _time(hour: str, minute: str | None) -> time:
    """Read one end; 24 is the midnight with which a day ends."""
    at = (int(hour), int(minute or 0))
    return time(*at) if at != (24, 0) else time()


def _date(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        said = _("Write dates like 2026-12-31, not %(found)s.") % {"found": typed[:40]}
        raise ValidationError(said) from error
