"""One truth: what a kiosk knows of itself is the same to status, doctor, heartbeat and screens."""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk import places, wire
from kiosk.doctor import checks_of
from kiosk.domain.clock import heard
from kiosk.domain.opening_hours import Calendar, Openness
from kiosk.problems import cannot_write
from kiosk.store.durable import write_durably
from kiosk.store.ledger import SHUT_OUT
from kiosk.store.opening import quarantine
from kiosk.sync import report
from tests.drivers.branch import Branch, event
from tests.drivers.published import CONTENT
from tests.drivers.world import FakeWorld

Spoil = Callable[[Branch, pytest.MonkeyPatch], object]


def publishes(branch: Branch, **changed: object) -> None:
    """Keep the usual content with another calendar."""
    here = replace(CONTENT.branch, **changed)  # type: ignore[arg-type] # fields of a branch
    body = wire.encode_content(replace(CONTENT, branch=here))
    write_durably(places.content(branch.home), body)


def leaves_free(patch: pytest.MonkeyPatch, free: int) -> None:
    """Let the disk have so many bytes left."""
    patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**10, 0, free))


def is_refused(branch: Branch, _: pytest.MonkeyPatch) -> None:
    with branch.ledger() as ledger:
        ledger.append(event(1))
        refused = wire.EventVerdict(event(1).id, wire.Verdict.REFUSED, "too_large")
        at = "2026-11-26T09:30:00+00:00"
        ledger.settle(wire.InboxAnswer("b", "e1", 1, 0, at, verdicts=[refused]))


def is_shut_out(branch: Branch, _: pytest.MonkeyPatch) -> None:
    with branch.ledger() as ledger:
        ledger.set_fact(SHUT_OUT, "revoked")


def sets_aside(branch: Branch, _: pytest.MonkeyPatch) -> None:
    folder = quarantine(places.ledger(branch.home))
    folder.mkdir()
    (folder / "lost-20261126T093000-kiosk.json").touch()


def is_a_folder(branch: Branch, _: pytest.MonkeyPatch) -> None:
    places.content(branch.home).unlink()
    places.content(branch.home).mkdir()


def little_room(_: Branch, patch: pytest.MonkeyPatch) -> None:
    leaves_free(patch, 499_000_000)


def no_room(_: Branch, patch: pytest.MonkeyPatch) -> None:
    leaves_free(patch, 19_000_000)


def takes_no_file(_: Branch, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "access", lambda *_: False)


def is_only_looked_at(branch: Branch, _: pytest.MonkeyPatch) -> None:
    lock = places.ledger(branch.home).with_suffix(".json.lock")
    denied = PermissionError(errno.EACCES, "Permission denied")
    branch.desk.ledger.findings.unwritable = cannot_write(lock, denied)


def is_shut_out_without_room(branch: Branch, patch: pytest.MonkeyPatch) -> None:
    is_shut_out(branch, patch)
    no_room(branch, patch)


def dead_clock(branch: Branch, _: pytest.MonkeyPatch) -> None:
    branch.world = FakeWorld(clock=datetime(1970, 1, 1, 10, tzinfo=UTC))


SPOILT: dict[str, tuple[Spoil, list[str], bool]] = {
    "nothing": (lambda *_: None, [], True),
    "content that cannot be read": (
        lambda branch, _: places.content(branch.home).write_bytes(b"\0" * 500),
        ["K20"],
        False,
    ),
    "content that is a folder": (is_a_folder, ["K20"], False),
    "no content": (lambda branch, _: places.content(branch.home).unlink(), ["K21"], False),
    "hours nobody entered": (
        lambda branch, _: publishes(branch, calendar=Calendar()),
        ["K21"],
        False,
    ),
    "a dead clock": (dead_clock, ["S09"], False),
    "little room": (little_room, ["K22"], True),
    "no room": (no_room, ["K05"], True),
    "a folder that takes no file": (takes_no_file, ["K05"], True),
    "a ledger only looked at": (is_only_looked_at, ["K05"], True),
    "something refused": (is_refused, ["S08"], True),
    "being shut out": (is_shut_out, ["S03"], True),
    "something set aside": (sets_aside, ["K23"], True),
    "two things": (is_shut_out_without_room, ["K05", "S03"], True),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_status_doctor_heartbeat_and_door_tell_the_same(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    spoiling, codes, hours_known = SPOILT[spoil]
    spoiling(branch, monkeypatch)
    desk = branch.desk
    status = desk.status()
    assert [each["code"] for each in status.faults] == codes
    checks = checks_of(desk.condition(), branch.world)
    named = [code for each in checks for code in each.found.split("; ")[1:]]
    assert sorted(named) == sorted(codes)
    assert [each.ok for each in checks].count(False) == len(codes)
    said = report.inbox(desk.published, desk.device, desk.ledger, branch.world, [])
    assert list(said.health.faults) == codes
    assert (said.health.pending, said.health.oldest_pending_s) == (
        status.pending,
        status.oldest_pending_s,
    )
    assert (desk.calendar.at(desk.now())[0] is not Openness.UNKNOWN) is hours_known
    assert (status.room > 0) is ("K05" not in codes)


def test_a_wrong_clock_is_read_by_what_central_told_since_the_start(branch: Branch) -> None:
    branch.world.clock = datetime(1999, 12, 31, tzinfo=UTC)
    desk = branch.desk
    assert not desk.calendar.known
    desk.ledger.hear_time(heard(datetime(2026, 11, 26, 9, 30, tzinfo=UTC), branch.world))
    branch.world.later(minutes=1)
    assert desk.now() == datetime.fromisoformat("2026-11-26T10:31")
    assert desk.calendar.at(desk.now())[0] is Openness.STAFFED
    assert desk.clock_in_doubt()
