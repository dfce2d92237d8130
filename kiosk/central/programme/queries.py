"""Reads about the programme, the volunteer tasks and the notices."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kiosk.central.boards import queries as boards
from kiosk.central.platform.fields.moments import YEARS
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.tenants import hours
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain import content, task, workshop
from kiosk.domain.errand import Kind


def ever_offered(tenant: Tenant) -> dict[Kind, frozenset[str]]:
    """Return every workshop and task id there ever was, for a kiosk may come with an old one."""
    return {
        Kind.WORKSHOP: frozenset(map(str, tenant.workshops.values_list("pk", flat=True))),
        Kind.TASK: frozenset(map(str, tenant.tasks.values_list("pk", flat=True))),
    }


def workshops(branches: Iterable[Branch], *, over: bool = False) -> QuerySet[Workshop]:
    """Select what is to come at *branches*, or (newest first) what is *over*, by today's date."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    past = Q(ends__lt=today) | Q(ends=None, starts__lt=today)
    found = Workshop.objects.filter(branch__in=branches).select_related("branch")
    return found.filter(past).order_by("-starts", "id") if over else found.exclude(past)


def mentioned(words: Iterable[str]) -> content.Content:
    """Return content of nothing but the workshops, tasks and ideas whose ids are among *words*.

    Those that are over or retired too: an old answer is still told in words.
    """
    keys = {key for key in map(_key, words) if key}
    workshops = Workshop.objects.filter(pk__in=keys).select_related("branch")
    return content.Content(
        branch=content.Branch(key="", name=""),
        published=timezone.now(),
        programme=tuple(as_workshop(row) for row in workshops),
        tasks=tuple(as_task(row) for row in Task.objects.filter(pk__in=keys)),
        postings=boards.mentioned(keys),
    )


def _key(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def as_workshop(row: Workshop, taken: int = 0) -> workshop.Workshop:
    """Return *row* as the rules know it, with *taken* seats that visitors got at kiosks.

    Content leaves those out: `GET seats` tells them, and content would be made anew, and fetched
    by every kiosk of the library, for each sign-up.
    """
    return workshop.Workshop(
        id=str(row.pk),
        title=row.title,
        branch=row.branch.key,
        starts=wall_clock(row.starts, row.branch),
        ends=wall_clock(row.ends, row.branch) if row.ends else None,
        meetings=tuple(
            workshop.Meeting(datetime.fromisoformat(starts), datetime.fromisoformat(ends))
            for starts, ends in row.meetings
        ),
        all_day=row.all_day,
        about=row.about,
        place=row.place,
        audience=row.audience,
        spoken=tuple(row.spoken),
        sign_up=row.sign_up,
        capacity=row.capacity,
        taken=row.taken_elsewhere + taken,
        cancelled=row.cancelled,
    )


def as_task(row: Task) -> task.Task:
    """Return *row* as the rules know it."""
    return task.Task(
        id=str(row.pk),
        title=row.title,
        purpose=row.purpose,
        value=row.value,
        frames=row.frames,
        hours=row.hours,
        library_offers=tuple(row.library_offers),
        library_expects=tuple(row.library_expects),
        footing=task.Footing(row.footing),
        version=row.version,
    )


def as_notice(row: Notice, branch: Branch) -> content.Notice:
    """Return *row* as the rules know it, on the clock of *branch*."""
    return content.Notice(
        row.text,
        until=wall_clock(row.until, branch) if row.until else None,
        since=wall_clock(row.since, branch) if row.since else None,
        audience=row.audience,
        readers=tuple(row.readers),
    )


def wall_clock(moment: datetime, branch: Branch) -> datetime:
    """Return what the clock of *branch* shows at *moment*, without offset."""
    return moment.astimezone(hours.clock(branch.timezone)).replace(tzinfo=None)


def wall_clock_typed(typed: str) -> datetime | None:
    """Read date and time as a form sends it; None for what is none on any wall in these years."""
    try:
        wall = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return None if wall.tzinfo or wall.year not in YEARS else wall
