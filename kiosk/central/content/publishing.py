"""Content: what a branch is told of the programme, tasks, notices and the other branches."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kiosk import wire
from kiosk.central.boards import queries as boards
from kiosk.central.content.pieces import LeftOut, PieceCheck, PieceKind
from kiosk.central.guide import queries as guide
from kiosk.central.programme import queries
from kiosk.central.programme.models import Notice
from kiosk.central.questionnaires import queries as questionnaires
from kiosk.central.tenants import hours
from kiosk.central.tenants.branches import as_domain
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.content import Content


@dataclass(frozen=True, slots=True)
class Built:
    """What a branch shows, and what it should show besides."""

    content: Content
    """Every piece that a kiosk can read."""
    left_out: tuple[LeftOut, ...]
    """Every piece that cannot be read."""


def published(branch: Branch, tenant: Tenant | None = None) -> Content:
    """Return what *branch* shows now: what is over is left out, and its version is set.

    Built once per change and day: every heartbeat asks for the version. A change counts within
    the epoch, for a restore rewinds it. *tenant*, if given, has just been read.
    """
    tenant = tenant or Tenant.objects.get(pk=branch.tenant_id)
    return _built(branch.pk, *_as_of(tenant)).content


def version(branch_pk: UUID, tenant: Tenant) -> str:
    """Return the version of what a branch shows; *tenant* has just been read."""
    return _version(branch_pk, *_as_of(tenant))


def _as_of(tenant: Tenant) -> tuple[str, int, date]:
    return tenant.epoch, tenant.content_change, timezone.localdate()


@lru_cache(maxsize=16_384)
def _version(branch_pk: UUID, epoch: str, change: int, today: date) -> str:
    """Remember the names of many more contents than their bodies: a country has 2,000 kiosks."""
    return _built(branch_pk, epoch, change, today).content.version


@lru_cache(maxsize=256)
def _built(branch_pk: UUID, _epoch: str, _change: int, _today: date) -> Built:
    branch = Branch.objects.select_related("tenant").get(pk=branch_pk)
    sieve = PieceCheck()
    sieve.look_at(branch)
    content = _of(branch, sieve)
    named = dataclasses.replace(content, version=wire.content_version(content))
    return Built(named, tuple(sieve.left_out))


def left_out(branches: Iterable[Branch]) -> list[LeftOut]:
    """List what kiosks of *branches* should show and do not, because it cannot be read."""
    told = {tenant.pk: _as_of(tenant) for tenant in Tenant.objects.all()}
    found = (
        each for branch in branches for each in _built(branch.pk, *told[branch.tenant_id]).left_out
    )
    return list({(each.what, each.key): each for each in found}.values())


def forget() -> None:
    """Drop what was built, where a database is replaced under a running program."""
    _built.cache_clear()
    _version.cache_clear()


def _of(branch: Branch, sieve: PieceCheck) -> Content:
    tenant, now = branch.tenant, timezone.now()
    every = list(tenant.branches.all())
    with_clock = [each for each in every if hours.is_zone(each.timezone)]
    notices = Notice.objects.filter(tenant=tenant).filter(Q(branch=None) | Q(branch=branch))
    current = notices.filter(Q(until=None) | Q(until__gt=now))
    return Content(
        branch=as_domain(branch, tenant.name),
        published=now,
        branches=tuple(as_domain(each, tenant.name) for each in every),
        programme=sieve.kept(
            PieceKind.WORKSHOP, queries.workshops(with_clock), queries.as_workshop
        ),
        tasks=sieve.kept(PieceKind.TASK, tenant.tasks.filter(offered=True), queries.as_task),
        notices=sieve.kept(PieceKind.NOTICE, current, partial(queries.as_notice, branch=branch)),
        guide=guide.guide(branch, partial(sieve.kept, PieceKind.CONTACT)),
        contact=tenant.contact,
        postings=sieve.kept(PieceKind.POSTING, *boards.to_show(branch)),
        questionnaires=sieve.kept(
            PieceKind.QUESTIONNAIRE, questionnaires.asked(branch), questionnaires.as_questionnaire
        ),
    )
