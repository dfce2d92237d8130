"""Moments that staff write: in years that anybody can mean, and one after the other."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

YEARS = range(2000, 3000)
"""In which the clocks of every zone can be reckoned with; nobody means another."""


def in_our_years(moment: date) -> None:
    """Refuse a day or a moment that nobody means. Raises ValidationError."""
    if moment.year not in YEARS:
        raise ValidationError(_("Write a date like 2026-12-31, or leave it empty."))


def must_follow(row: Model, begins: str, ends: str) -> None:
    """Refuse a *row* of which one column is before the other. Raises ValidationError."""
    first, last = getattr(row, begins), getattr(row, ends)
    if first and last and last < first:
        raise ValidationError({ends: _("It ends before it begins.")})
