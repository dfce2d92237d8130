"""Reads about the boards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kiosk.central.boards.models import Publication, Support
from kiosk.central.branches.models import Branch, Tenant
from kiosk.domain.posting import Board, Posting

MOST_SHOWN = 60
"""Postings of one board that a kiosk gets, the newest: a content of some tens of kilobytes."""

Tallies = Mapping[UUID, Mapping[str, int]]
"""How often somebody said "me too", by publication and kiosk."""


def postings(branch: Branch) -> tuple[Posting, ...]:
    """Return what kiosks of *branch* show: its own and what is for all, each board's newest."""
    shown = published(branch)
    found = [row for board in Board for row in shown.filter(board=board)[:MOST_SHOWN]]
    every, here = supports(found), supports(found, branch)
    return tuple(
        as_posting(row, every.get(row.pk, {}), here.get(row.pk, {}), tips_for(row)) for row in found
    )


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


def tips_for(row: Publication) -> int:
    """Count the book tips that have been published for a reading challenge; 0 of all else."""
    if row.board != Board.CHALLENGE or row.posted_on is None:
        return 0
    tips = Publication.objects.filter(tenant=row.tenant_id, board=Board.BOOK_TIP, published=True)
    tips = tips.filter(posted_on__gte=row.posted_on)
    if row.expected:
        tips = tips.filter(posted_on__lte=row.expected)
    return (tips.filter(branch=row.branch_id) if row.branch_id else tips).count()


def as_posting(
    row: Publication,
    every: Mapping[str, int] | None = None,
    here: Mapping[str, int] | None = None,
    tips: int = 0,
) -> Posting:
    """Return *row* as the rules know it, with its "me too" or its book tips counted."""
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
        so_far=sum((every or {}).values()) + tips,
        so_far_by=dict(here or {}),
    )
