"""What has become of a sign-up, in words: the places, the line, and why."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.domain.seats import SeatStatus, Standing, Why
from kiosk.i18n import Phrases
from kiosk.phrase import phrase

REASONS: Mapping[Why, str] = {
    Why.IN_ORDER: phrase("There was room when your turn came."),
    Why.MOVED_UP: phrase("A place came free, and you were first in line."),
    Why.PASSED: phrase("Few places were left, too few for those before you."),
    Why.GIVEN: phrase("The library gave you the place."),
    Why.FULL: phrase("All places are taken. When one comes free, the first in line gets it."),
    Why.TOO_MANY: phrase("Some places are left, but too few for all of you together."),
    Why.BEHIND: phrase("Some places are left, but those before you may still get them."),
    Why.NOT_YET: phrase("We decide when we have heard from all branches."),
    Why.DECLINED: phrase("The library could not give you a place."),
    Why.CALLED_OFF: phrase("It will not take place."),
    Why.OVER: phrase("No place came free in time."),
}
"""Why it is so; the other reasons need no words."""


def headline(seat: SeatStatus, phrases: Phrases) -> str:
    """Say in one line what a sign-up has come to."""
    match seat.standing:
        case Standing.CONFIRMED:
            return phrases.count("The place is yours.", "The {n} places are yours.", seat.seats)
        case Standing.PROVISIONAL:
            return phrases.say(
                phrase("Provisional. You are number {place} in line."), place=seat.place
            )
        case Standing.WAITING:
            return phrases.say(
                phrase("You are number {place} on the waiting list."), place=seat.place
            )
        case Standing.CANCELLED:
            return phrases.say(phrase("You have taken it back."))
    return phrases.say(phrase("You did not get a place."))


def reason(seat: SeatStatus, phrases: Phrases, now: datetime) -> str:
    """Say why it is so, and when it is decided at the latest; *now* is the branch's clock."""
    why = phrases.say(REASONS.get(seat.why, "")) if seat.why else ""
    if seat.decides is None or seat.standing not in (Standing.PROVISIONAL, Standing.WAITING):
        return why
    if seat.decides.replace(tzinfo=None) <= now:
        return why
    latest = phrases.say(phrase("At the latest on {moment}."), moment=phrases.moment(seat.decides))
    return f"{why} {latest}".strip()


def known_when(as_of: datetime, phrases: Phrases, now: datetime) -> str:
    """Say when something was known: the time of day today, else the day too."""
    clock = phrases.clock(as_of)
    return clock if as_of.date() == now.date() else f"{phrases.short_day(as_of)} {clock}"
