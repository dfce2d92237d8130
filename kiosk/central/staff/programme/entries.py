"""Entries of the programme as the staff pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from kiosk.central.programme import queries
from kiosk.central.programme.models import Workshop
from kiosk.domain.texts import in_language
from kiosk.domain.workshop import Workshop as DomainWorkshop
from kiosk.errands.offer import when_in_words
from kiosk.errands.wording import AUDIENCE_NAMES
from kiosk.i18n import Phrases


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, in words."""

    id: str
    """Of the workshop; empty while it is only a preview."""
    title: str
    """In the language of the page, or the nearest there is."""
    title_language: str
    """Code of the language the title is really in."""
    day: str
    """Number of the day in its month."""
    month: str
    """Short name of the month."""
    when: str
    """Date and time in words."""
    branch: str
    """Name of the branch."""
    place: str
    """The room."""
    audience: str
    """Whom it is for, in words."""
    sign_up: bool
    """Whether a place must be taken."""
    taken: int = 0
    """Seats taken, at kiosks and elsewhere."""
    capacity: int = 0
    """Seats in the room; 0 without a limit."""
    cancelled: bool = False
    """Whether it will not happen."""

    @property
    def full(self) -> bool:
        """Whether no seat is left."""
        return 0 < self.capacity <= self.taken


def entries(rows: Iterable[Workshop], taken: Mapping[UUID, int], speak: Phrases) -> list[Entry]:
    """Put workshops in words; *taken* tells the seats that visitors got at kiosks, by workshop."""
    return [
        _entry(queries.as_workshop(row, taken.get(row.pk, 0)), row.branch.name, speak)
        for row in rows
    ]


def previewed(values: Mapping[str, Any], branch: str, zone: tzinfo, speak: Phrases) -> Entry:
    """Put in words what a row of a list would be, at the *branch* whose clocks are of *zone*."""
    starts, ends = values["starts"], values["ends"]
    imagined = DomainWorkshop(
        id="",
        title=values["title"],
        branch="",
        starts=starts.astimezone(zone).replace(tzinfo=None),
        ends=ends.astimezone(zone).replace(tzinfo=None) if ends else None,
        all_day=values["all_day"],
        about=values["about"],
        place=values["place"],
        audience=values["audience"],
        spoken=tuple(values["spoken"]),
        sign_up=values["sign_up"],
        capacity=values["capacity"],
        cancelled=values["cancelled"],
    )
    return _entry(imagined, branch, speak)


def _month(day: datetime, speak: Phrases) -> str:
    """Name the month as the language spells it, with its year when that is not this one."""
    month = date_format(day, "M" if speak.language == "en" else "b")
    return month if day.year == timezone.localdate().year else f"{month} {day.year}"


def _entry(workshop: DomainWorkshop, branch: str, speak: Phrases) -> Entry:
    title, language = in_language(workshop.title, speak.language)
    return Entry(
        id=workshop.id,
        title=title,
        title_language=language,
        day=str(workshop.starts.day),
        month=_month(workshop.starts, speak),
        when=when_in_words(workshop, speak),
        branch=branch,
        place=workshop.place,
        audience=speak.say(AUDIENCE_NAMES.get(workshop.audience, workshop.audience)),
        sign_up=workshop.sign_up,
        taken=workshop.taken,
        capacity=workshop.capacity,
        cancelled=workshop.cancelled,
    )
