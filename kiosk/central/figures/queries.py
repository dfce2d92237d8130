"""Reads: the figures of some branches in some days, added up, none of them telling of anybody."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Sum

from kiosk.central.figures.hiding import hidden_by_name
from kiosk.central.figures.models import Figure
from kiosk.central.tenants import hours
from kiosk.central.tenants.models import Branch
from kiosk.central.tenants.period import Period
from kiosk.domain.figures import What
from kiosk.domain.opening_hours import Openness

_MIDDLE = timedelta(minutes=30)
"""Whether an hour is staffed is asked at its middle."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour at one branch."""

    branch: Branch
    local: datetime
    """Its beginning on the clock there."""
    openness: Openness
    """Whether somebody worked there in the middle of it."""


@dataclass(slots=True)
class UsageRow:
    """What was counted in one day, or in one hour of the day."""

    counts: Counter[str] = field(default_factory=Counter)
    """By `kiosk.domain.figures.What`."""
    staffed: int = 0
    """Visits while somebody worked there."""
    unknown: int = 0
    """Visits at hours of which nobody has said whether somebody does."""

    @property
    def visits(self) -> int:
        """How many were here."""
        return self.counts[What.VISIT]

    @property
    def checked_in(self) -> int:
        """How many came on the day to what they had signed up for."""
        return self.counts[What.CHECKED_IN]

    @property
    def unstaffed(self) -> int:
        """Visits while nobody did."""
        return self.visits - self.staffed - self.unknown


@dataclass(slots=True)
class Summary:
    """A period added up in every way that the page shows."""

    whole: UsageRow = field(default_factory=UsageRow)
    days: dict[date, UsageRow] = field(default_factory=dict)
    hours: dict[int, UsageRow] = field(default_factory=dict)
    about: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By what happened and what it was about."""
    languages: Counter[str] = field(default_factory=Counter)
    """Visits by language."""


def summary(branches: Iterable[Branch], period: Period) -> Summary:
    """Add up the figures of *branches* in *period*."""
    told = Summary()
    for hour, row in _rows(branches, period, "what"):
        lines = (
            told.whole,
            told.days.setdefault(hour.local.date(), UsageRow()),
            told.hours.setdefault(hour.local.hour, UsageRow()),
        )
        for line in lines:
            line.counts[row["what"]] += row["many"]
            if row["what"] == What.VISIT:
                line.staffed += row["many"] * (hour.openness is Openness.STAFFED)
                line.unknown += row["many"] * (hour.openness is Openness.UNKNOWN)
    for _hour, row in _rows(branches, period, "what", "about", "language"):
        if row["about"]:
            told.about[row["what"], row["about"]] += row["many"]
        if row["what"] == What.VISIT:
            told.languages[row["language"]] += row["many"]
    return told


def export(branches: Iterable[Branch], period: Period) -> list[dict[str, str]]:
    """Return rows by branch, day, staffing, what, about and language; small numbers hidden.

    The page tells what they add up to in a day.
    """
    added: Counter[tuple[str, ...]] = Counter()
    for hour, row in _rows(branches, period, "what", "about", "language"):
        key = (hour.branch.key, hour.local.date().isoformat(), str(hour.openness))
        added[*key, row["what"], row["about"], row["language"]] += row["many"]
    names = ("branch", "day", "open", "what", "about", "language")
    told: dict[tuple[str, ...], str] = {}
    for _of_a_day, keys in groupby(sorted(added), key=lambda key: (*key[:2], key[3])):
        told |= hidden_by_name({key: added[key] for key in keys})
    return [dict(zip(names, key, strict=True)) | {"many": told[key]} for key in sorted(told)]


def _rows(
    branches: Iterable[Branch], period: Period, *names: str
) -> Iterator[tuple[Hour, dict[str, Any]]]:
    """Yield the sums of each hour at each branch."""
    known = {branch.pk: branch for branch in branches}
    weeks = {pk: hours.calendar(each.calendar) for pk, each in known.items()}
    begins = datetime.combine(period.since, time(), UTC) - timedelta(days=1)
    ends = datetime.combine(period.until, time(), UTC) + timedelta(days=2)
    found = Figure.objects.filter(branch__in=list(known), hour__gte=begins, hour__lt=ends)
    for row in found.values("branch", "hour", *names).annotate(many=Sum("many")).order_by("hour"):
        branch = known[row["branch"]]
        local = row["hour"].astimezone(hours.clock(branch.timezone)).replace(tzinfo=None)
        if period.since <= local.date() <= period.until:
            yield Hour(branch, local, weeks[branch.pk].at(local + _MIDDLE)[0]), row
