"""The shipped content (TOML): a believable library, put into the tables for demonstrations."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from kiosk import places
from kiosk.central.programme import actions
from kiosk.central.programme.identities import identity
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.run.demo import boards, questionnaires
from kiosk.central.tenants.libraries import found, next_change
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.errand import DAYS
from kiosk.domain.opening_hours import Calendar, Hours

Table = dict[str, Any]


@transaction.atomic
def load(today: date | None = None, folder: Path = places.CONTENT) -> Tenant:
    """Put the shipped library into the tables, its dates counted from *today*; return it.

    Made where there is no library, else added to the one there is: the same again doubles nothing.
    """
    today = today or timezone.localdate()
    told = _read(folder / "branches.toml")
    library: Table = told["library"]
    tenant = Tenant.objects.first() or found(library["key"], library["name"])
    if tenant.key == library["key"]:
        Tenant.objects.filter(pk=tenant.pk).update(contact=library["contact"])
    branches = {
        each["key"]: _put_branch(tenant, each, position)
        for position, each in enumerate(told["branch"])
    }
    for each in _read(folder / "workshops.toml")["workshop"]:
        _put_workshop(branches[each["branch"]], each, today)
    for position, each in enumerate(_read(folder / "tasks.toml")["task"]):
        values = {name: value for name, value in each.items() if name != "id"}
        actions.put(Task, tenant, each["id"], position=position, **values)
    for position, each in enumerate(_read(folder / "notices.toml")["notice"]):
        until = timezone.now() + timedelta(days=each["days"])
        actions.put(Notice, tenant, str(position), text=each["text"], until=until)
    boards.load(
        tenant,
        branches,
        _read(folder / "boards.toml")["posting"],
        today,
        lambda name: identity(tenant, "publication", name),
    )
    questionnaires.load(
        tenant,
        _read(folder / "questionnaires.toml")["questionnaire"],
        today,
        lambda name: identity(tenant, "questionnaire", name),
    )
    next_change(tenant)
    tenant.refresh_from_db()
    return tenant


def _put_branch(tenant: Tenant, told: Table, position: int) -> Branch:
    week = tuple(
        Hours(
            weekday=DAYS.index(day),
            opens=time.fromisoformat(stretch["opens"]),
            closes=time.fromisoformat(stretch["closes"]),
            staffed=stretch["staffed"],
        )
        for stretch in told["hours"]
        for day in stretch["days"]
    )
    branch, _ = Branch.objects.update_or_create(
        tenant=tenant,
        key=told["key"],
        defaults={
            "name": told["name"],
            "phone": told["phone"],
            "timezone": told["timezone"],
            "calendar": msgspec.to_builtins(Calendar(week)),
            "position": position,
        },
    )
    return branch


def _put_workshop(branch: Branch, told: Table, today: date) -> None:
    day = _first_day(today, told["weekday"], told["weeks"])
    last_day = day + timedelta(weeks=told.get("ends_weeks", 0))
    all_day = told.get("all_day", False)
    starts = time() if all_day else time.fromisoformat(told["starts"])
    ends = time() if all_day else time.fromisoformat(told["ends"])
    over = all_day and last_day == day
    actions.put(
        Workshop,
        branch.tenant,
        told["id"],
        branch=branch,
        title=told["title"],
        about=told["about"],
        starts=actions.on_the_clock(datetime.combine(day, starts), branch),
        ends=None if over else actions.on_the_clock(datetime.combine(last_day, ends), branch),
        meetings=_meetings(day, last_day, starts, ends) if last_day > day and not all_day else [],
        all_day=all_day,
        place=told["place"],
        audience=told["audience"],
        spoken=told["spoken"],
        sign_up=told["sign_up"],
        capacity=told.get("capacity", 0),
        taken_elsewhere=told.get("taken", 0),
    )


def _meetings(first: date, last: date, starts: time, ends: time) -> list[tuple[str, str]]:
    """Return the times of a series: once a week, on the clock of its branch."""
    weeks = (last - first).days // 7
    days = [first + timedelta(weeks=week) for week in range(weeks + 1)]
    return [
        (datetime.combine(day, starts).isoformat(), datetime.combine(day, ends).isoformat())
        for day in days
    ]


def _first_day(today: date, weekday: str, weeks: int) -> date:
    """Return the first such weekday from tomorrow on, *weeks* weeks later."""
    tomorrow = today + timedelta(days=1)
    return tomorrow + timedelta(days=(DAYS.index(weekday) - tomorrow.weekday()) % 7, weeks=weeks)


def _read(source: Path) -> Table:
    return tomllib.loads(source.read_text(encoding="utf-8"))
