"""Form field for each time that a series happens: one a line, by the clock of its branch."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kiosk.central.platform.fields.columns import shape

_LINE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})\s+([0-9]{2}:[0-9]{2})\s*[-\u2013]\s*([0-9]{2}:[0-9]{2})"
)
_DAY = timedelta(days=1)
_pairs = shape(list[tuple[datetime, datetime]])


def read(told: Any) -> list[tuple[datetime, datetime]]:
    """Read the meetings of a series in the shape of the table. Raises ValueError."""
    found: Any = _pairs(told)
    for starts, ends in found:
        if starts.tzinfo or ends.tzinfo:
            raise ValueError("meetings go by the clock of the branch, without offset")
        if not timedelta() < ends - starts <= _DAY:
            raise ValueError("a meeting ends after it begins, within a day")
    return list(found)


class MeetingsField(forms.CharField):
    """The meetings of a series, as `2026-12-02 17:00-18:30` on a line each."""

    widget = forms.Textarea

    def __init__(self, **more: Any) -> None:
        """Say how they are written."""
        super().__init__(**more)
        self.help_text = _("Of a series, each time it happens: 2026-12-02 17:00-18:30, one a line.")

    def prepare_value(self, value: Any) -> Any:
        """Return saved meetings as the box shows them."""
        if not isinstance(value, list):
            return value
        return "\n".join(f"{starts:%Y-%m-%d %H:%M}-{ends:%H:%M}" for starts, ends in read(value))

    def to_python(self, value: Any) -> Any:
        """Return the meetings in the shape of the table, in order. Raises ValidationError."""
        lines = filter(None, map(str.strip, str(value or "").splitlines()))
        return [[each.isoformat() for each in pair] for pair in sorted(map(_meeting, lines))]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the box would show."""
        shown = self.prepare_value(initial) or ""
        return str(data or "").split() != str(shown).split()


def _meeting(line: str) -> tuple[datetime, datetime]:
    """Read one line; an end that is not later is on the next day. Raises ValidationError."""
    match = _LINE.fullmatch(line)
    try:
        day, opens, closes = match.groups()  # type: ignore[union-attr] # caught
        starts, ends = (
            datetime.combine(date.fromisoformat(day), time.fromisoformat(each))
            for each in (opens, closes)
        )
        return starts, ends if ends > starts else ends + _DAY
    except (AttributeError, ValueError, OverflowError) as error:
        said = _("Write each time like 2026-12-02 17:00-18:30, not %(found)s.")
        raise ValidationError(said % {"found": line[:40]}) from error
