"""Guesses at receipt codes, counted in the database: all serving processes count together."""

from datetime import timedelta

from django.utils import timezone

from kiosk.central.inbox.models import WrongGuess
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S

MOST_IN_ALL = 300
"""However many addresses they come from: 300 in ten minutes at 55 bits find nothing in ages."""
_WINDOW = timedelta(seconds=WINDOW_S)
_LONGEST = 60


def too_many(address: str) -> bool:
    """Tell whether *address*, or everybody together, must wait."""
    recent = WrongGuess.objects.filter(at__gt=timezone.now() - _WINDOW)
    found = list(recent.values_list("address", flat=True)[:MOST_IN_ALL])
    return len(found) >= MOST_IN_ALL or found.count(address[:_LONGEST]) >= MOST_WRONG


def wrong(address: str) -> None:
    """Note a well-formed code that leads nowhere; forget those that no longer count."""
    now = timezone.now()
    WrongGuess.objects.create(address=address[:_LONGEST], at=now)
    WrongGuess.objects.filter(at__lte=now - _WINDOW).delete()
