"""Reads about the boards."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from kiosk.central.boards.models import Publication, Support
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.posting import Board, ChallengeUnit, Posting
from kiosk.domain.receipt import State
from kiosk.errands.book_tip import BOOK_TIP

MOST_SHOWN = 60
"""Postings of one board that a kiosk gets, the newest: a content of some tens of kilobytes."""

Tallies = Mapping[UUID, Mapping[str, int]]
"""How often somebody said "me too", by publication and kiosk."""


def to_show(branch: Branch) -> tuple[list[Publication], Callable[[Publication], Posting]]:
    """Return what kiosks of *branch* show, and what makes a posting of each.

    That is its own and what is for all, each board's newest.
    """
    shown = published(branch)
    found = [row for board in Board for row in shown.filter(board=board)[:MOST_SHOWN]]
    every, here = supports(found), supports(found, branch)

    def counted(row: Publication) -> Posting:
        return as_posting(row, every.get(row.pk, {}), here.get(row.pk, {}), read_for(row))

    return found, counted


def published(branch: Branch) -> QuerySet[Publication]:
    """Select what is published at *branch*."""
    there = Q(branch=None) | Q(branch=branch)
    rows = Publication.objects.filter(there, tenant=branch.tenant_id, published=True)
    return rows.select_related("branch")


def ever_posted(tenant: Tenant) -> frozenset[str]:
    """Return every idea there ever was, for a kiosk may come with an old one."""
    ideas = Publication.objects.filter(tenant=tenant, board=Board.IDEA)
    return frozenset(map(str, ideas.values_list("pk", flat=True)))


def mentioned(keys: Iterable[UUID]) -> tuple[Posting, ...]:
    """Return the postings among *keys*, those that are taken down too."""
    rows = Publication.objects.filter(pk__in=keys).select_related("branch")
    return tuple(as_posting(row) for row in rows)


def supports(rows: Iterable[Publication], branch: Branch | None = None) -> Tallies:
    """Count who said "me too" of *rows*, everywhere or at *branch*."""
    found = Support.objects.filter(publication__in=[row.pk for row in rows])
    found = found.filter(branch=branch) if branch else found
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    for key, tally, many in found.values_list("publication", "tally").annotate(n=Count("pk")):
        counted[key][tally] = many
    return counted


def read_for(row: Publication) -> int:
    """Add up what visitors reported for a reading challenge, in its time and place; 0 of all else.

    Book tips count as they are handed in: whether others may read them is another question.
    """
    if row.board != Board.CHALLENGE or row.posted_on is None:
        return 0
    tips = Submission.objects.filter(tenant=row.tenant_id, errand=BOOK_TIP.name)
    tips = tips.exclude(state=State.WITHDRAWN).filter(captured_at__gte=_begins(row.posted_on))
    if row.expected:
        tips = tips.filter(captured_at__lt=_begins(row.expected + timedelta(days=1)))
    tips = tips.filter(branch=row.branch_id) if row.branch_id else tips
    if row.counts not in (ChallengeUnit.BOOKS, ChallengeUnit.PAGES):
        return tips.count()
    reported = Cast(KeyTextTransform("read", "answers"), IntegerField())
    told = tips.filter(answers__counts=row.counts).aggregate(many=Sum(reported))
    return told["many"] or 0


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def as_posting(
    row: Publication,
    every: Mapping[str, int] | None = None,
    here: Mapping[str, int] | None = None,
    read: int = 0,
) -> Posting:
    """Return *row* as the rules know it, with its "me too" or what was read counted."""
    return Posting(
        id=str(row.pk),
        board=row.board,
        title=row.title,
        text=row.text,
        branch=row.branch.key if row.branch else "",
        stage=row.stage,
        reason=row.reason,
        expected=row.expected,
        rating=row.rating,
        nickname=row.nickname,
        posted=row.posted_on,
        target=row.target,
        counts=row.counts,
        so_far=sum((every or {}).values()) + read,
        so_far_by=dict(here or {}),
    )
