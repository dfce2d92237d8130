"""The shipped content, read straight from its files: what a visitor of the demonstration sees."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from kiosk import places
from kiosk.central.guide.national import country_of, national
from kiosk.central.run.demo.questions import written
from kiosk.domain.content import Branch, Content, Notice
from kiosk.domain.errand import DAYS
from kiosk.domain.opening_hours import Calendar, Hours
from kiosk.domain.posting import Posting
from kiosk.domain.questionnaire import Questionnaire, WrittenQuestion
from kiosk.domain.task import Footing, Task
from kiosk.domain.workshop import Workshop
from kiosk.store.device import save_device
from tests.drivers.branch import Branch as Enrolled


def shipped_content(branch: str, moment: datetime) -> Content:
    """Read the shipped content, dates counted from *moment*."""
    told = _read("branches")
    branches = tuple(_branch(each, told["library"]["name"]) for each in told["branch"])
    today = moment.replace(tzinfo=None).date()
    return Content(
        branch=next(each for each in branches if each.key == branch),
        published=moment,
        branches=branches,
        programme=tuple(_workshop(each, today) for each in _read("workshops")["workshop"]),
        tasks=tuple(_task(each) for each in _read("tasks")["task"]),
        notices=tuple(Notice(each["text"]) for each in _read("notices")["notice"]),
        guide=national(country_of(branches[0].timezone)),
        contact=told["library"]["contact"],
        postings=tuple(_posting(each, today) for each in _read("boards")["posting"]),
        questionnaires=tuple(
            _questionnaire(each) for each in _read("questionnaires")["questionnaire"]
        ),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((places.CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def _branch(told: dict[str, Any], library: str) -> Branch:
    week = tuple(
        Hours(
            DAYS.index(day),
            time.fromisoformat(each["opens"]),
            time.fromisoformat(each["closes"]),
            each.get("staffed", False),
        )
        for each in told["hours"]
        for day in each["days"]
    )
    return Branch(
        told["key"], told["name"], Calendar(week), told["timezone"], told["phone"], library
    )


def _workshop(told: dict[str, Any], today: date) -> Workshop:
    ahead = (DAYS.index(told["weekday"]) - today.weekday() - 1) % 7 + 1
    day = today + timedelta(days=ahead, weeks=told.get("weeks", 0))
    starts = datetime.combine(day, time.fromisoformat(told.get("starts", "00:00")))
    ends = None
    if "ends" in told or "ends_weeks" in told:
        last = day + timedelta(weeks=told.get("ends_weeks", 0))
        ends = datetime.combine(last, time.fromisoformat(told.get("ends", "00:00")))
    return Workshop(
        id=told["id"],
        title=told["title"],
        branch=told["branch"],
        starts=starts,
        ends=ends,
        all_day=told.get("all_day", False),
        about=told.get("about", {}),
        place=told.get("place", ""),
        audience=told.get("audience", ""),
        spoken=tuple(told.get("spoken", ())),
        sign_up=told.get("sign_up", True),
        capacity=told.get("capacity", 0),
        taken=told.get("taken", 0),
    )


def _task(told: dict[str, Any]) -> Task:
    texts = {name: told[name] for name in ("title", "purpose", "value", "frames", "hours")}
    return Task(
        id=told["id"],
        library_offers=tuple(told["library_offers"]),
        library_expects=tuple(told["library_expects"]),
        footing=Footing(told["footing"]),
        version=told["version"],
        **texts,
    )


def _posting(told: dict[str, Any], today: date) -> Posting:
    known = {name: value for name, value in told.items() if name != "expected_days"}
    days = told.get("expected_days")
    return Posting(**known, expected=today + timedelta(days=days) if days else None, posted=today)


def _questionnaire(told: dict[str, Any]) -> Questionnaire:
    questions = [written(each) for each in told["question"]]
    return Questionnaire(
        told["id"], told["title"], msgspec.convert(questions, tuple[WrittenQuestion, ...])
    )


def shipped_branch(home: Path, moment: datetime) -> Enrolled:
    """Enrol a kiosk at the first shipped branch, with the shipped content as of *moment*."""
    content = shipped_content("hamnen", moment)
    branch = Enrolled(home, content=content)
    branch.device = msgspec.structs.replace(
        branch.device, branch=content.branch.key, branch_name=content.branch.name
    )
    save_device(branch.home, branch.device)
    return branch
