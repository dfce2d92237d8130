"""Arriving on the day: a sign-up checks in at the desk, by the code on its receipt."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import wire
from kiosk.domain.check_in import Hindrance, hindrance
from kiosk.domain.submission import FollowUp
from kiosk.problems import CANNOT_CHECK_IN, Trouble

if TYPE_CHECKING:
    from kiosk.desk.desk import Desk


def why_not(desk: "Desk", found: FollowUp) -> Hindrance | None:
    """Tell what keeps a sign-up from checking in here and now; None when it can."""
    seat = found.seat
    if seat is None:
        return Hindrance.NO_PLACE
    return hindrance(found.workshop, seat.standing, desk.content.branch.key, desk.now())


def check_in(desk: "Desk", typed_code: str) -> FollowUp:
    """Note that somebody is here for what she signed up for; twice a day is harmless.

    Durable here at once. Raises Trouble as `withdraw` does, or CANNOT_CHECK_IN.
    """
    found = desk.look_up(typed_code)
    why = why_not(desk, found)
    if why:
        raise Trouble(CANNOT_CHECK_IN, why=why)
    today = desk.now().date()
    if today in found.came:
        return found
    told = desk.change(desk.keys(typed_code), wire.CHECKED_IN, None)
    return replace(told, came=(*found.came, today))  # of a receipt from elsewhere no note is kept
