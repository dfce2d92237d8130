"""Letters: what the library writes to a visitor who gave an address, in her own language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.i18n import Phrases
from kiosk.phrase import phrase


class LetterOccasion(StrEnum):
    """Why a letter is written."""

    ANSWERED = "answered"
    """The library has answered; the answer itself is read with the code."""
    CONFIRMED = "confirmed"
    """She has a place."""
    WAITING = "waiting"
    """She is on the waiting list."""
    PROMOTED = "promoted"
    """She has moved from the waiting list to a place."""
    DECLINED = "declined"
    """She does not get a place."""
    CANCELLED = "cancelled"
    """What she signed up for does not happen."""
    REMINDER = "reminder"
    """It is soon."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be sent, as plain text."""

    subject: str
    """One line."""
    body: str
    """Lines of plain text."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a letter tells, already in the visitor's language."""

    library: str
    """Name of the library."""
    errand: str
    """What the errand is called."""
    branch: str = ""
    """Where it was handed in."""
    title: str = ""
    """Of the workshop."""
    when: str = ""
    """Date and time of the workshop."""
    where: str = ""
    """Room and branch of the workshop."""
    seats: int = 0
    """Places asked for."""
    place: int = 0
    """In the line of those who wait."""


_SUBJECTS: Mapping[LetterOccasion, str] = {
    LetterOccasion.ANSWERED: phrase("{library} has answered you"),
    LetterOccasion.CONFIRMED: phrase("You have a place: {title}"),
    LetterOccasion.WAITING: phrase("You are on the waiting list: {title}"),
    LetterOccasion.PROMOTED: phrase("You have got a place: {title}"),
    LetterOccasion.DECLINED: phrase("No place this time: {title}"),
    LetterOccasion.CANCELLED: phrase("It is cancelled: {title}"),
    LetterOccasion.REMINDER: phrase("Reminder: {title}"),
}

_NEWS: Mapping[LetterOccasion, str] = {
    LetterOccasion.ANSWERED: phrase(
        "There is an answer for you. Read it with the code on your receipt."
    ),
    LetterOccasion.CONFIRMED: phrase("You have a place. Welcome!"),
    LetterOccasion.WAITING: phrase(
        "It is full right now. You are number {place} on the waiting list."
    ),
    LetterOccasion.PROMOTED: phrase("Somebody else could not come, so you have a place. Welcome!"),
    LetterOccasion.DECLINED: phrase("We are sorry: there is no place for you this time."),
    LetterOccasion.CANCELLED: phrase("We are sorry: it will not happen."),
    LetterOccasion.REMINDER: phrase("It is soon, and you have a place. Welcome!"),
}

_COMING = {
    LetterOccasion.CONFIRMED,
    LetterOccasion.PROMOTED,
    LetterOccasion.REMINDER,
    LetterOccasion.WAITING,
}

_CANNOT_COME = phrase(
    "Can you not come? Take it back with the code on your receipt, at any of our screens. Then "
    "somebody else gets the place."
)
_FOLLOW = phrase("The code on your receipt works at every screen of the library.")
_FOLLOW_AT = phrase("The code also works here: {address}")
_WHY = phrase(
    "You get this letter because you gave this address at the screen at {branch}. Nobody reads "
    "replies to it."
)


def write(occasion: LetterOccasion, told: Particulars, speak: Phrases, address: str = "") -> Letter:
    """Write the letter for *occasion*; *address* is the page where codes work, or ""."""
    slots = {"library": told.library, "title": told.title, "place": told.place}
    lines = [
        speak.say(_NEWS[occasion], **slots),
        "",
        *_what(told, speak),
        "",
        *([speak.say(_CANNOT_COME)] if occasion in _COMING else []),
        *([speak.say(_FOLLOW)] if occasion is LetterOccasion.ANSWERED else []),
        *([speak.say(_FOLLOW_AT, address=address)] if address else []),
        "",
        speak.say(_WHY, branch=told.branch or told.library),
        told.library,
    ]
    subject = speak.say(_SUBJECTS[occasion], **slots)
    return Letter(" ".join(subject.split()), _without_gaps(lines))


def _what(told: Particulars, speak: Phrases) -> list[str]:
    """List what the errand is about, a line each; only the kind of errand where it has no date."""
    seats = speak.count("{n} place", "{n} places", told.seats) if told.seats else ""
    lines = (told.title or told.errand, told.when, told.where, seats)
    return [line for line in lines if line]


def _without_gaps(lines: Sequence[str]) -> str:
    """Join lines with never more than one empty one between two."""
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip() + "\n"
