"""A volunteer task, with what each side offers and expects."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.texts import Texts


class Footing(StrEnum):
    """How settled a task is."""

    PILOT = "pilot"
    """Being tried, with an end date or a review."""
    REGULAR = "regular"
    """Goes on until one side ends it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing volunteers do here; it supplements the staff and never replaces them."""

    id: str
    """Made by central, never reused."""
    title: Texts
    """What the volunteer does, in few words."""
    purpose: Texts
    """Why the library wants it."""
    value: Texts
    """What it gives the volunteer and the visitors."""
    frames: Texts
    """Where, with whom, what is and is not part of it."""
    hours: Texts
    """How much time, and when."""
    library_offers: tuple[Texts, ...]
    """The library's side of the agreement: what it gives."""
    library_expects: tuple[Texts, ...]
    """The library's side of the agreement: what it asks."""
    footing: Footing = Footing.REGULAR
    """Pilot or regular."""
    version: int = 1
    """Of the agreement's terms; raised whenever one of the two columns changes."""
