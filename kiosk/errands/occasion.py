"""An occasion in words: what she signed up for, when it is and where, on whatever tells her."""

from dataclasses import dataclass
from itertools import groupby

from kiosk.domain.workshop import Meeting, Workshop
from kiosk.errands.fallback import named_text
from kiosk.errands.offer import when_in_words
from kiosk.i18n import Phrases
from kiosk.phrase import phrase


@dataclass(frozen=True, slots=True)
class OccasionLines:
    """What, when and where, each in a line of its own; unknown is said as unknown."""

    what: str
    """The title."""
    when: tuple[str, ...]
    """One line for one time or a period; for a series one for each hour that it begins at."""
    where: str
    """Branch and room."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What is known, in the order it is read."""
        return tuple(each for each in (self.what, *self.when, self.where) if each)


def occasion_in_words(workshop: Workshop | None, branch: str, phrases: Phrases) -> OccasionLines:
    """Say what *workshop* is, when, and where; *branch* is the name of where it happens."""
    if workshop is None:
        return OccasionLines(phrases.say(phrase("What and when it is, is not known here.")), (), "")
    return OccasionLines(
        named_text(workshop.title, phrases),
        _times(workshop, phrases),
        ", ".join(each for each in (branch, workshop.place) if each),
    )


def _times(workshop: Workshop, phrases: Phrases) -> tuple[str, ...]:
    if not workshop.meetings:
        return (when_in_words(workshop, phrases),)
    return tuple(
        _days(list(meetings), hours, phrases)
        for hours, meetings in groupby(
            workshop.meetings, lambda each: (phrases.clock(each.starts), phrases.clock(each.ends))
        )
    )


def _days(meetings: list[Meeting], hours: tuple[str, str], phrases: Phrases) -> str:
    days = phrases.listing(phrases.short_day(each.starts) for each in meetings)
    return f"{days}, {hours[0]}–{hours[1]}"
