"""Writes: figures that arrive, once they are nothing but names and numbers."""

import re
from datetime import UTC, datetime

from kiosk import seal, wire
from kiosk.central.exchange.parsing import Brought, LibraryKeys, NotUnderstood, read
from kiosk.central.figures.models import Figure
from kiosk.domain.clock import EARLIEST
from kiosk.domain.figures import Tally, is_about, is_language

_WHAT = re.compile(r"[a-z-]{1,40}")
_LONGEST_LANGUAGE = 16
_MOST = 1_000_000
"""Of anything in one hour; more is no count of visitors."""


def arrived(library: LibraryKeys, brought: Brought) -> None:
    """Save the figures of one event; the same event again adds nothing. Raises Held."""
    told = read(bytes(brought.event.payload), wire.FiguresCounted)
    branch = library.branches.get(told.branch)
    if branch is None:
        raise NotUnderstood("unknown_branch")
    tallies = _opened(library, told.sealed)
    if not all(map(_fits, tallies)):
        raise NotUnderstood("unreadable")
    Figure.objects.bulk_create(
        [
            Figure(
                tenant=library.tenant,
                event=brought.id,
                branch=branch,
                hour=_hour(each.hour, brought.at),
                what=each.what,
                about=each.about,
                language=each.language,
                many=each.many,
            )
            for each in tallies
        ],
        ignore_conflicts=True,
    )


def _opened(library: LibraryKeys, sealed: bytes) -> list[Tally]:
    try:
        clear = seal.unseal(library.sealing_secret, sealed)
    except seal.NotGenuine as error:
        raise NotUnderstood("cannot_unseal") from error
    return read(clear, wire.Tallies).tallies


def _fits(tally: Tally) -> bool:
    return (
        _WHAT.fullmatch(tally.what) is not None
        and is_about(tally.about)
        and is_language(tally.language)
        and len(tally.language) <= _LONGEST_LANGUAGE
        and 0 < tally.many <= _MOST
    )


def _hour(told: str, arrived: datetime) -> datetime:
    """Return the hour as it was told; one that cannot be is the hour in which it arrived.

    A kiosk whose clock was wrong, and that had not heard from us, knows no better.
    """
    try:
        hour = datetime.fromisoformat(told).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotUnderstood("bad_time") from error
    return _whole(hour if EARLIEST <= hour <= arrived else arrived)


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
