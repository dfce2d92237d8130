"""An enrolled kiosk without a central: its state folder, with the shipped content shifted to a day.

What tests of the screens stand on: the real desk and the real ledger, in a folder of their own.
"""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from kiosk import places, seal, wire
from kiosk.desk import Begun, Desk
from kiosk.domain.content import Branch, Content, Notice
from kiosk.domain.errand import DAYS
from kiosk.domain.opening_hours import Calendar, Hours
from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer
from kiosk.domain.task import Footing, Task
from kiosk.domain.workshop import Workshop
from kiosk.store.device import Device, save_device

PUBLIC_URL = "https://lindo.example"


def enrol(home: Path, *, now: datetime | None = None, branch: str = "hamnen") -> Content:
    """Make *home* the state folder of a kiosk at *branch*, with content as of *now*; return it."""
    moment = now or datetime.now(UTC).astimezone()
    content = shipped_content(branch, moment)
    device = Device(
        device="0198c5e2-0000-7000-8000-00000000d011",
        tenant="lindo",
        branch=branch,
        branch_name=content.branch.name,
        central="http://127.0.0.1:9",
        secret_key=seal.new_signing_pair().secret,
        sealing_key=seal.new_sealing_pair().public,
        verify_key=seal.new_signing_pair().public,
        salt=b"0123456789abcdef",
        public_url=PUBLIC_URL,
    )
    save_device(places.private_folder(home), device)
    places.content(home).write_bytes(wire.encode_content(content))
    return content


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
        contact=told["library"]["contact"],
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


def answered(desk: Desk, begun: Begun, text: str, *, signed: str = "Karin") -> None:
    """Let central's next answer bring *text* to the receipt of *begun*."""
    keys = begun.keys.result()
    answer = Answer(text, datetime(2026, 11, 27, 10, 0, tzinfo=UTC), signed)
    desk.ledger.settle(
        wire.InboxAnswer(
            batch="b",
            epoch="e",
            receipt=1,
            safe=0,
            server_time="2026-11-27T10:00+00:00",
            verdicts=[wire.Judged(begun.id, wire.Verdict.STORED)],
            states=[
                wire.ReceiptState(
                    keys.locator,
                    State.ANSWERED.value,
                    "2026-11-27T10:00+00:00",
                    change=1,
                    errand=begun.errand.name,
                    answers=(seal.lock(keys.key, wire.encode(answer)),),
                )
            ],
        )
    )
