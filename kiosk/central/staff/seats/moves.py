"""Moves of a sign-up: its history in words, with what staff have ruled."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.central.seats.models import Registration, Ruling
from kiosk.central.staff.seats import words
from kiosk.central.tenants.models import Staff


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the history of a sign-up."""

    at: datetime
    """When."""
    what: str
    """In words."""
    reason: str
    """Why; what staff have written only for those who may read it."""
    by: Staff | None = None
    """Who ruled so; None when nobody did."""


def moves(row: Registration, *, named: bool) -> list[Move]:
    """List what has become of a sign-up, oldest first; reasons of staff only if *named*."""
    turns = [_turn(each.at, each.standing, each.why, each.place) for each in row.turns.all()]
    ruled = [_ruled(each, named=named) for each in row.rulings.all()]
    return sorted([*ruled, *turns], key=lambda move: move.at)


def _turn(at: datetime, standing: str, why: str, place: int) -> Move:
    numbered = f"{words.standing(standing)} ({place})" if place else words.standing(standing)
    return Move(at, numbered, words.reason(why))


def _ruled(ruling: Ruling, *, named: bool) -> Move:
    return Move(
        ruling.at, str(words.RULINGS[ruling.kind]), ruling.reason if named else "", ruling.by
    )
