"""Dates and times in templates, written the way the language of the page writes them."""

from datetime import datetime

from django import template
from django.utils import timezone

from kiosk.central.staff.speaking import spoken

register = template.Library()


@register.filter
def short_moment(moment: datetime) -> str:
    """Write a moment short: `tors 26 nov. 18:00`; with the year when it is not this one."""
    local, speak = timezone.localtime(moment), spoken()
    year = "" if local.year == timezone.localdate().year else f"{local.year} "
    return f"{speak.short_day(local)} {year}{speak.clock(local)}"


@register.filter
def full_moment(moment: datetime) -> str:
    """Write a moment in full: `torsdag 26 november 2026 18:00`."""
    local, speak = timezone.localtime(moment), spoken()
    return f"{speak.day(local)} {local.year} {speak.clock(local)}"


@register.filter
def clock(moment: datetime) -> str:
    """Write only the time of day."""
    return spoken().clock(timezone.localtime(moment))
