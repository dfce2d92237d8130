"""Words of staff for what a sign-up has come to, and why."""

from django.utils.translation import gettext_lazy as _

from kiosk.central.seats.models import Ruling
from kiosk.domain.seats import Standing, Why

STANDINGS = {
    Standing.CONFIRMED: _("Has a place"),
    Standing.WAITING: _("In line"),
    Standing.PROVISIONAL: _("Not decided yet"),
    Standing.REFUSED: _("No place"),
    Standing.CANCELLED: _("Taken back"),
}
"""What a sign-up has come to."""

REASONS = {
    Why.PROMISED: _("The kiosk promised the place at once, from its own seats."),
    Why.IN_ORDER: _("There was room when the turn came."),
    Why.MOVED_UP: _("A place came free, and this was first in line."),
    Why.PASSED: _("Few seats were left, too few for those before."),
    Why.GIVEN: _("The library gave the place."),
    Why.FULL: _("All seats are taken."),
    Why.TOO_MANY: _("Some seats are left, but too few for this party."),
    Why.BEHIND: _("Seats are left, but those before may still get them until the decision."),
    Why.NOT_YET: _("Not every kiosk has told what was handed in before."),
    Why.DECLINED: _("The library said no."),
    Why.CALLED_OFF: _("It will not take place."),
    Why.OVER: _("No seat came free in time."),
    Why.WITHDRAWN: _("The visitor took it back."),
}
"""Why it stands so."""

RULINGS = {
    Ruling.GIVEN: _("Place given by the library"),
    Ruling.FIRST: _("Put first in line by the library"),
    Ruling.DECLINED: _("Declined by the library"),
}
"""What staff have ruled, in the history."""


def standing(word: str) -> str:
    """Say what a sign-up has come to."""
    return str(STANDINGS[Standing(word)]) if word else ""


def reason(word: str) -> str:
    """Say why it stands so."""
    return str(REASONS[Why(word)]) if word else ""
