"""Matching: which entry of the programme a row of a list is, surely or for staff to say."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kiosk.central.imports.comparison import ComparedRow
from kiosk.central.imports.lists.row import Row
from kiosk.central.programme import queries
from kiosk.central.programme.identities import identity
from kiosk.central.programme.models import Workshop
from kiosk.central.tenants.models import Tenant
from kiosk.domain.text import name_key

_FAR = timedelta(days=62)
"""Entries of one title that lie further apart are two, not one that was moved."""
_ALIKE = 0.6
"""From which likeness of titles, 0 to 1, one may be the other put right."""

Named = tuple[str, str]
"""Branch and title, as names compare."""


class Pool:
    """What came from lists, each entry taken at most once."""

    def __init__(self, every: Sequence[Workshop], tenant: Tenant, moved_days: int) -> None:
        """Lay out what came from lists, by the names that a row may find it under."""
        self.every = every
        self._tenant = tenant
        self._later = timedelta(days=moved_days)
        self._left = {each.pk: each for each in every}
        self._by_uid: dict[str, list[Workshop]] = defaultdict(list)
        self._by_start: dict[tuple[Named, str], list[Workshop]] = defaultdict(list)
        for each in every:
            if each.listed.get("uid"):
                self._by_uid[each.listed["uid"]].append(each)
            for named in _names(each):
                self._by_start[named, each.listed.get("starts", "")].append(each)
                now = queries.wall_clock(each.starts, each.branch)
                self._by_start[named, f"now {now.isoformat()}"].append(each)

    def match(self, lines: Iterable[ComparedRow]) -> None:
        """Give each line the entry that it surely is: by its source's name, else by what it is."""
        for line in lines:
            line.workshop = self._by_source(line.row)
        for line in lines:
            line.workshop = line.workshop or self._by_name(line.row)

    def _by_source(self, row: Row) -> Workshop | None:
        for each in self._by_uid.get(row.uid, []) if row.uid else []:
            if each.pk in self._left and _same_source(row, each, self._later):
                return self._left.pop(each.pk)
        return None

    def _by_name(self, row: Row) -> Workshop | None:
        """Return what has the branch, title and beginning of *row*; of several the same room's."""
        named = (name_key(row.branch), name_key(row.title))
        for start in (row.starts.isoformat(), f"now {(row.starts + self._later).isoformat()}"):
            alike = [
                each for each in self._by_start.get((named, start), []) if each.pk in self._left
            ]
            if alike:
                best = max(alike, key=lambda each: each.place == row.place)
                return self._left.pop(best.pk)
        before = self._left.get(listed_identity(self._tenant, row))
        return self._left.pop(before.pk) if before and not before.listed else None

    def families(self, lines: Iterable[ComparedRow]) -> list[UUID]:
        """Name the lists that some of *lines* came from before, the one with most of them first."""
        told = [_family(line.workshop) for line in lines if line.workshop]
        found = [each for each in told if each]
        return sorted(set(found), key=lambda each: (-found.count(each), str(each)))

    def pair(self, lines: Sequence[ComparedRow], families: Sequence[UUID]) -> None:
        """Pair what is new with what is left and likely the same, for staff to say."""
        self._pair(lines, families, _by_title)
        self._pair(lines, families, _by_title_and_start)
        self._pair(lines, families, _by_place_in_time)

    def _pair(self, lines: Sequence[ComparedRow], families: Sequence[UUID], key: Any) -> None:
        rows, saved = defaultdict(list), defaultdict(list)
        for line in lines:
            if line.workshop is None:
                rows[key(line.row.branch, line.row.title, line.row.starts + self._later)].append(
                    line
                )
        for each in self._open():
            wall = queries.wall_clock(each.starts, each.branch)
            saved[key(each.branch.name, str(each), wall)].append(each)
        for alike, news in rows.items():
            olds = saved.get(alike, [])
            kin = [each for each in olds if _family(each) in families]
            olds = kin if len(kin) == len(news) else olds
            if len(olds) == len(news) and (kin or len(news) == 1):
                self._join(news, olds, families)

    def _join(
        self, news: list[ComparedRow], olds: list[Workshop], families: Sequence[UUID]
    ) -> None:
        news.sort(key=lambda line: line.row.starts)
        for line, old in zip(news, sorted(olds, key=lambda each: each.starts), strict=True):
            wall = queries.wall_clock(old.starts, old.branch)
            near = abs(line.row.starts + self._later - wall) <= _FAR
            if near and _likeness(line.row.title, old) >= _ALIKE:
                line.workshop, line.asked = self._left.pop(old.pk), True
                line.likely = _family(old) in families

    def gone(self, lines: Iterable[ComparedRow], families: Sequence[UUID]) -> list[Workshop]:
        """List what is left of the same lists, or has a title of this one and lies near."""
        starts: dict[Named, list[datetime]] = defaultdict(list)
        for line in lines:
            if line.workshop is None:
                named = (name_key(line.row.branch), name_key(line.row.title))
                starts[named].append(line.row.starts + self._later)
        return [
            each
            for each in self._open()
            if _family(each) in families
            or any(
                abs(start - queries.wall_clock(each.starts, each.branch)) <= _FAR / 2
                for named in _names(each)
                for start in starts.get(named, [])
            )
        ]

    def _open(self) -> list[Workshop]:
        now = timezone.now()
        left = [each for each in self._left.values() if not each.cancelled]
        return sorted(
            (each for each in left if (each.ends or each.starts) > now),
            key=lambda each: each.starts,
        )


def _by_title(branch: str, title: str, _start: datetime) -> tuple[str, ...]:
    return name_key(branch), name_key(title)


def _by_title_and_start(_branch: str, title: str, start: datetime) -> tuple[str, ...]:
    return name_key(title), start.isoformat()


def _by_place_in_time(branch: str, _title: str, start: datetime) -> tuple[str, ...]:
    return name_key(branch), start.isoformat()


def _likeness(title: str, old: Workshop) -> float:
    titles = [name_key(each) for each in old.title.values()] or [""]
    return max(difflib.SequenceMatcher(None, name_key(title), each).ratio() for each in titles)


def _names(each: Workshop) -> list[Named]:
    branch = name_key(each.branch.name)
    return [(branch, title) for title in {name_key(title) for title in each.title.values()}]


def _family(each: Workshop) -> UUID | None:
    return each.batch.edition_of or each.batch.pk if each.batch else None


def _same_source(row: Row, each: Workshop, later: timedelta) -> bool:
    """Tell whether the same name at the source is the same thing: many sources count from 1."""
    worldwide = len(row.uid) >= 16 or "@" in row.uid or "://" in row.uid
    start = queries.wall_clock(each.starts, each.branch)
    return worldwide or start == row.starts + later or _likeness(row.title, each) >= _ALIKE


def listed_identity(tenant: Tenant, row: Row) -> UUID:
    """Return the id of the entry that *row* makes where none is here; always the same."""
    if row.uid:
        return identity(tenant, "listed", row.uid, name_key(row.title), row.starts.isoformat())
    written = row.starts.isoformat()
    return identity(tenant, "import", row.branch.casefold(), row.title.casefold(), written)
