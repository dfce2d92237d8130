"""Opening hours in words: what holds now, and until when."""

from datetime import datetime, timedelta

from kiosk.domain.opening_hours import Calendar, Openness
from kiosk.i18n import Phrases

CLOSING_SOON = timedelta(minutes=15)
"""From then on every screen says how long it still is."""


def openness_in_words(calendar: Calendar, now: datetime, phrases: Phrases) -> str:
    """Say whether the branch is open at *now*, and until when; or that nobody knows."""
    match calendar.at(now)[0]:
        case Openness.UNKNOWN:
            return phrases.say("We do not know the opening hours")
        case Openness.CLOSED:
            return phrases.say("Closed now")
    closes = calendar.closes_at(now)
    if closes is None:
        return phrases.say("Open all day")
    return phrases.say("Open until {time}", time=phrases.clock(closes))


def staffing_in_words(calendar: Calendar, now: datetime, phrases: Phrases) -> str:
    """Say whether somebody works there at *now*, and until when; empty when closed or not known."""
    openness, changes = calendar.at(now)
    if openness in {Openness.CLOSED, Openness.UNKNOWN}:
        return ""
    if openness is Openness.UNSTAFFED:
        return phrases.say("Nobody works here right now.")
    if changes is None:
        return phrases.say("The staff are here.")
    return phrases.say("The staff are here until {time}.", time=phrases.clock(changes))


def closing_in_words(calendar: Calendar, now: datetime, phrases: Phrases) -> str:
    """Say in how many minutes the branch closes, from a quarter of an hour before; else ""."""
    closes = calendar.closes_at(now)
    if closes is None or closes - now > CLOSING_SOON:
        return ""
    left = -(-(closes - now) // timedelta(minutes=1))
    return phrases.count(
        "The library closes in {n} minute", "The library closes in {n} minutes", left
    )
