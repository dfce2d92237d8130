"""Saved: what staff are told of when kiosks show what they have just saved."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiosk.domain.showing import Showing

SAVED: dict[Showing, Promise] = {
    Showing.HELD: _("Saved. Kiosks do not show it."),
    Showing.LATER: _("Saved. Kiosks show it when its time comes."),
    Showing.NOW: _("Saved. Kiosks show it after their next contact."),
    Showing.OVER: _("Saved, but its time is over: no kiosk shows it."),
}
"""What is said after saving."""

BADGES: dict[Showing, Promise] = {
    Showing.HELD: _("Not shown"),
    Showing.LATER: _("Not yet"),
    Showing.NOW: _("Shown"),
    Showing.OVER: _("Is over"),
}
"""What stands beside it in a list."""
