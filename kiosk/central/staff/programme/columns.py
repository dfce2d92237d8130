"""Columns of a list, and what of an entry can be different, as staff call them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from kiosk.central.imports.lists.record import Heading

LABELS = {
    "title": gettext_lazy("Title"),
    "when": gettext_lazy("When"),
    "branch": gettext_lazy("Branch"),
    "place": gettext_lazy("Room"),
    "about": gettext_lazy("Description"),
    "audience": gettext_lazy("For whom"),
    "spoken": gettext_lazy("Languages spoken"),
    "sign_up": gettext_lazy("Sign-up"),
    "capacity": gettext_lazy("Seats"),
    "source": gettext_lazy("Source"),
    "cancelled": gettext_lazy("Cancelled"),
}
"""What can be different in an entry, as staff call it."""
COLUMN_LABELS = {
    **{name: LABELS[name] for name in LABELS if name != "when"},
    "starts": gettext_lazy("Begins"),
    "starts_time": gettext_lazy("Begins at"),
    "ends": gettext_lazy("Ends"),
    "ends_time": gettext_lazy("Ends at"),
    "all_day": gettext_lazy("All day"),
    "drop_in": gettext_lazy("Without sign-up"),
    "status": gettext_lazy("Whether it takes place"),
    "language": gettext_lazy("Language of the title"),
    "timezone": gettext_lazy("Time zone"),
    "uid": gettext_lazy("How its source knows it again"),
}
"""Columns of a list, as staff call them; one for each of `COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list, and what it was taken for."""

    written: str
    label: str
    """What we took it for; empty when it is left alone."""
    language: str


def columns(headings: Iterable[Heading]) -> list[Column]:
    """Say what the headings of a list were taken for."""
    return [
        Column(each.written, str(COLUMN_LABELS.get(each.column, "")), each.language)
        for each in headings
        if each.written
    ]
