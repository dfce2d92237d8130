"""Content: what a branch is told of the programme, tasks, notices and the other branches."""

import dataclasses
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kiosk import wire
from kiosk.central.boards.queries import postings
from kiosk.central.branches.models import Branch, Tenant
from kiosk.central.branches.queries import as_domain
from kiosk.central.guide import queries as guide
from kiosk.central.programme import queries
from kiosk.central.programme.models import Notice, Workshop
from kiosk.central.questionnaires import queries as questionnaires
from kiosk.domain.content import Content


def published(branch: Branch, tenant: Tenant | None = None) -> Content:
    """Return what *branch* shows now: what is over is left out, and its version is set.

    Built once per change and day: every heartbeat asks for the version. A change counts within
    the epoch, for a restore rewinds it. *tenant*, if given, has just been read.
    """
    tenant = tenant or Tenant.objects.get(pk=branch.tenant_id)
    return _published(branch.pk, *_as_of(tenant))


def version(branch_pk: UUID, tenant: Tenant) -> str:
    """Return the version of what a branch shows; *tenant* has just been read."""
    return _version(branch_pk, *_as_of(tenant))


def _as_of(tenant: Tenant) -> tuple[str, int, date]:
    return tenant.epoch, tenant.content_change, timezone.localdate()


@lru_cache(maxsize=16_384)
def _version(branch_pk: UUID, epoch: str, change: int, today: date) -> str:
    """Remember the names of many more contents than their bodies: a country has 2,000 kiosks."""
    return _published(branch_pk, epoch, change, today).version


@lru_cache(maxsize=256)
def _published(branch_pk: UUID, _epoch: str, _change: int, _today: date) -> Content:
    branch = Branch.objects.select_related("tenant").get(pk=branch_pk)
    rows = queries.workshops(branch.tenant.branches.all())
    content = _of(branch, list(rows))
    return dataclasses.replace(content, version=wire.content_version(content))


def forget() -> None:
    """Drop what was built, where a database is replaced under a running program."""
    _published.cache_clear()
    _version.cache_clear()


def _of(branch: Branch, workshops: list[Workshop]) -> Content:
    tenant, now = branch.tenant, timezone.now()
    notices = Notice.objects.filter(tenant=tenant).filter(Q(branch=None) | Q(branch=branch))
    current = notices.filter(Q(until=None) | Q(until__gt=now))
    return Content(
        branch=as_domain(branch, tenant.name),
        published=now,
        branches=tuple(as_domain(each, tenant.name) for each in tenant.branches.all()),
        programme=tuple(queries.as_workshop(row) for row in workshops),
        tasks=tuple(queries.as_task(row) for row in tenant.tasks.filter(offered=True)),
        notices=tuple(queries.as_notice(row, branch) for row in current),
        guide=guide.guide(branch),
        contact=tenant.contact,
        postings=postings(branch),
        questionnaires=questionnaires.asked(branch),
    )
