"""Figures: how much the kiosk is used, counted so that they tell of nobody."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from kiosk.domain.clock import ServerTime, true_time
from kiosk.domain.world import World

LONGEST_ABOUT = 80
_ABOUT = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}(-[a-z]+)?")


class What(StrEnum):
    """What is counted; the words in brackets are what each is about."""

    VISIT = "visit"
    """Somebody was here, in the language she ended in."""
    BEGUN = "begun"
    """An errand was opened (`feedback`)."""
    FINISHED = "finished"
    """It was handed in (`feedback`)."""
    ABANDONED = "abandoned"
    """It was left, at which question (`feedback/words`, `feedback/review`)."""
    HELP = "help"
    """Help was asked for, at which question (`feedback/words`) or on which screen (`home`)."""
    GUIDE = "guide"
    """A card of the guide was shown: need, topic, who helps (`money/debt/kronofogden`)."""
    SOLVED = "solved"
    """She said that the card helped; about the same as the card."""
    UNSOLVED = "unsolved"
    """She said that it did not."""
    CHECKED_IN = "checked-in"
    """Somebody came on the day to what she had signed up for."""
    FOLLOWED = "followed"
    """A receipt was looked up."""


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """How often one thing happened in one hour."""

    hour: str
    """Its beginning in UTC: `2026-11-26T09:00Z`."""
    what: str
    """One of `What`; a newer kiosk may count more."""
    about: str = ""
    """Names from declarations and content, joined by slashes; never anything that was typed."""
    language: str = ""
    """Code of the language it was done in."""
    many: int = 1
    """How often."""


def hour_of(told: ServerTime | None, world: World) -> str:
    """Return the hour it is, by central's clock where that is known."""
    return hour_in_words(true_time(told, world) or world.now())


def hour_in_words(moment: datetime) -> str:
    """Write the hour that *moment* is in; it sorts in order of time."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H}:00Z"


def is_about(told: str) -> bool:
    """Tell whether *told* is made of names, as everything is that is counted."""
    return not told or (len(told) <= LONGEST_ABOUT and _ABOUT.fullmatch(told) is not None)


def is_language(told: str) -> bool:
    """Tell whether *told* is the code of a language."""
    return not told or (len(told) <= LONGEST_ABOUT and _LANGUAGE.fullmatch(told) is not None)
