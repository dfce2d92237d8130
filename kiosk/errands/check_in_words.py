"""Checking in, in words: that it is done, or what stands in the way."""

from kiosk.domain.check_in import Hindrance
from kiosk.domain.workshop import Workshop
from kiosk.errands.offer import when_in_words
from kiosk.i18n import Phrases
from kiosk.phrase import phrase

CHECKED_IN = phrase("You are checked in. Welcome!")

_HINDRANCES = {
    Hindrance.CALLED_OFF: phrase("It does not take place, so you need not check in."),
    Hindrance.NO_PLACE: phrase("You can check in when you have a place. You have none yet."),
    Hindrance.ELSEWHERE: phrase("It is at {branch}. Check in there."),
    Hindrance.NOT_YET: phrase("Check in here with your code, from an hour before: {when}."),
    Hindrance.OVER: phrase("It is over, so you cannot check in any more."),
}


def hindrance_in_words(
    why: Hindrance, workshop: Workshop | None, branch: str, phrases: Phrases
) -> str:
    """Say why one cannot check in now; *branch* is the name of where it is."""
    when = when_in_words(workshop, phrases) if workshop else ""
    return phrases.say(_HINDRANCES[why], branch=branch, when=when)
