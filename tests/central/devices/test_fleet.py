"""The kiosks' pages: what needs a technician stands on top, with its remedy."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from kiosk import wire
from kiosk.central.devices import supervision
from kiosk.central.devices.alarms import Alarm, AlarmKind, alarms_of
from kiosk.central.devices.models import Device, EnrolmentCode
from kiosk.central.staff.kiosks import fleet
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from tests.central.knocking import PRAISE, Knocking

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.get_default_timezone())
WELL = {"version": "1", "pending": 0, "oldest_pending_s": 0, "disk_free_mb": 9000, "faults": []}


@pytest.fixture
def technician(tenant: Tenant) -> Staff:
    """Give somebody who looks after every kiosk."""
    staff = Staff.objects.create(username="teo", first_name="Teo")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    return staff


@pytest.fixture
def browser(technician: Staff) -> Client:
    """Give a browser in which the technician has logged in, reading English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(technician)
    return client


def device(branch: Branch, name: str = "bänken", **fields: Any) -> Device:
    told: dict[str, Any] = {
        "tenant": branch.tenant,
        "branch": branch,
        "name": name,
        "public_key": b"p" * 32,
        "enrolled_at": NOW - timedelta(days=9),
        "last_seen_at": NOW - timedelta(minutes=1),
        "health": WELL,
        "clock_offset_s": 0.2,
    }
    return Device.objects.create(**(told | fields))


def kinds(found: Device) -> list[AlarmKind]:
    return [alarm.kind for alarm in alarms_of(found, NOW)]


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_a_kiosk_that_works_needs_nobody(hamnen: Branch) -> None:
    assert kinds(device(hamnen)) == []


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"cloned_at": NOW}, AlarmKind.CLONED),
        ({"dead": [{"id": "x", "reason": "too_large"}]}, AlarmKind.DEAD),
        ({"unopened": 2}, AlarmKind.UNOPENED),
        ({"allowance": {"later": NOW.isoformat()}}, AlarmKind.FLOODS),
        ({"health": WELL | {"oldest_pending_s": 90_000, "pending": 3}}, AlarmKind.BEHIND),
        ({"last_seen_at": NOW - timedelta(hours=25)}, AlarmKind.SILENT),
        ({"last_seen_at": None}, AlarmKind.SILENT),
        ({"health": WELL | {"faults": ["K09"]}}, AlarmKind.FAULT),
        ({"health": WELL | {"disk_free_mb": 12}}, AlarmKind.DISK),
        ({"clock_offset_s": -4000.0}, AlarmKind.CLOCK),
    ],
)
def test_each_thing_that_is_wrong_is_told_with_its_remedy(
    hamnen: Branch, fields: dict[str, Any], kind: AlarmKind
) -> None:
    (alarm,) = alarms_of(device(hamnen, **fields), NOW)
    assert alarm.kind == kind
    assert alarm.words
    assert alarm.remedy


def test_what_central_finds_out_by_itself_is_not_told_twice(hamnen: Branch) -> None:
    faults = {"faults": ["K21", "K22", "S09"]}
    (fault,) = alarms_of(device(hamnen, health=WELL | faults), NOW)
    assert (fault.kind, fault.particulars) == (AlarmKind.FAULT, "K21, K22, S09")
    found = device(hamnen, health=WELL | faults | {"disk_free_mb": 12}, clock_offset_s=9000.0)
    told = {each.kind: each.particulars for each in alarms_of(found, NOW)}
    assert told == {AlarmKind.FAULT: "K21", AlarmKind.DISK: "12 MB", AlarmKind.CLOCK: ""}


def test_a_kiosk_that_has_just_joined_is_given_a_day(hamnen: Branch) -> None:
    fresh = device(hamnen, last_seen_at=None, enrolled_at=NOW, health={}, clock_offset_s=None)
    assert kinds(fresh) == []


def test_what_is_out_of_use_raises_no_alarm(hamnen: Branch) -> None:
    long_ago = NOW - timedelta(days=8)
    assert kinds(device(hamnen, revoked_at=NOW, last_seen_at=long_ago)) == []
    successor = device(hamnen, enrolled_at=NOW - timedelta(days=7))
    assert kinds(device(hamnen, replaced_by=successor, last_seen_at=long_ago)) == []
    assert kinds(device(hamnen, replaced_by=successor, cloned_at=NOW)) == [AlarmKind.CLONED]


def test_the_worst_stands_on_top_and_what_is_out_of_use_below(hamnen: Branch) -> None:
    device(hamnen, "works")
    device(hamnen, "shut out", revoked_at=NOW)
    device(hamnen, "silent", last_seen_at=NOW - timedelta(days=2))
    device(hamnen, "copied", cloned_at=NOW, clock_offset_s=9000.0)
    lines = fleet.lines(Branch.objects.filter(pk=hamnen.pk), NOW)
    assert [str(line.device) for line in lines] == ["copied", "silent", "works", "shut out"]
    assert [line.state for line in lines] == ["needs", "needs", "well", "revoked"]
    troubled = fleet.troubled((line.device for line in lines), NOW)
    assert [str(found) for found, _alarms in troubled] == ["copied", "silent"]


def test_the_page_says_what_is_wrong_and_what_to_do(browser: Client, hamnen: Branch) -> None:
    device(hamnen, last_seen_at=timezone.now(), health=WELL | {"disk_free_mb": 12})
    shown = page(browser, "/kiosks/")
    assert "1 kiosk needs you" in shown
    assert "nearly full" in shown
    assert "Make room on the disk" in shown


def test_what_lies_in_no_backup_is_counted(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE), kiosk.handed(PRAISE, locator="1" * 32))
    found = Device.objects.get(pk=kiosk.device)
    assert fleet.line(found).unsafe == 2
    found.safe_receipt = found.last_receipt
    assert fleet.line(found).unsafe == 0


@pytest.mark.parametrize(
    ("offset_s", "shown"),
    [(None, ""), (20.0, ""), (-7260.0, "+121\u00a0min"), (3_600.0, "\u221260\u00a0min")],
)
def test_a_wrong_clock_is_told_in_minutes(
    hamnen: Branch, offset_s: float | None, shown: str
) -> None:
    assert fleet.line(device(hamnen, clock_offset_s=offset_s), NOW).clock == shown


@pytest.mark.parametrize(
    ("health", "shown"),
    [({}, ""), ({"disk_free_mb": 212}, "212\u00a0MB"), ({"disk_free_mb": 23_411}, "23\u00a0GB")],
)
def test_room_on_the_disk_is_told_in_round_figures(
    hamnen: Branch, health: dict[str, int], shown: str
) -> None:
    assert fleet.line(device(hamnen, health=health), NOW).disk == shown


def test_an_enrolment_code_is_shown_once_and_lets_a_kiosk_in(
    browser: Client, hamnen: Branch
) -> None:
    answer = browser.post("/kiosks/code/", {"branch": "hamnen"})
    assert "no-store" in answer.headers["Cache-Control"]
    code = answer.content.decode().partition("<strong>")[2].partition("</strong>")[0]
    assert Knocking().enrol(code).status_code == 200
    assert code not in page(browser, "/kiosks/")
    assert browser.get("/kiosks/code/").headers["Location"] == "/kiosks/"
    assert browser.post("/kiosks/code/", {"branch": "nowhere"}).status_code == 404


def test_a_kiosk_is_shut_out_at_once_after_a_question(browser: Client, kiosk: Knocking) -> None:
    path = f"/kiosks/{kiosk.device}/"
    assert "It cannot be undone" in page(browser, f"{path}shut-out/")
    kiosk.bring()
    assert browser.post(f"{path}shut-out/").status_code == 302
    assert b'"revoked"' in kiosk.send(b"{}").content
    shown = page(browser, path)
    assert "Shut out" in shown
    assert "Teo" in shown
    browser.post(f"{path}shut-out/")
    assert Record.objects.filter(verb="device revoked").count() == 1


def test_a_kiosk_is_renamed(browser: Client, kiosk: Knocking) -> None:
    browser.post(f"/kiosks/{kiosk.device}/name/", {"name": " Vid\u2028fönstret\0 "})
    assert Device.objects.get(pk=kiosk.device).name == "Vid fönstret"
    assert "Vid fönstret" in page(browser, f"/kiosks/{kiosk.device}/")


def test_looking_settles_what_only_a_person_can(browser: Client, hamnen: Branch) -> None:
    found = device(hamnen, cloned_at=NOW, dead=[{"id": "an-id", "reason": "too_large"}])
    shown = page(browser, f"/kiosks/{found.pk}/")
    assert "an-id" in shown
    browser.post(f"/kiosks/{found.pk}/looked/")
    found.refresh_from_db()
    assert (found.cloned_at, found.dead) == (None, [])
    assert "Looked at" in page(browser, f"/kiosks/{found.pk}/")


def test_an_alarm_is_told_once_and_again_only_after_it_was_over(hamnen: Branch) -> None:
    found = device(hamnen, clock_offset_s=9000.0)
    told: list[tuple[str, AlarmKind]] = []

    def tell(of: Device, alarm: Alarm) -> None:
        told.append((str(of), alarm.kind))

    for later in range(3):
        supervision.watch(NOW + timedelta(minutes=later), tell)
    assert told == [("bänken", AlarmKind.CLOCK)]
    Device.objects.filter(pk=found.pk).update(clock_offset_s=0.0)
    supervision.watch(NOW, tell)
    Device.objects.filter(pk=found.pk).update(clock_offset_s=9000.0)
    supervision.watch(NOW, tell)
    assert told == [("bänken", AlarmKind.CLOCK)] * 2
    verbs = Record.objects.filter(subject_id=str(found.pk)).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        *("device alarm", "device alarm over", "device alarm")
    ]
    with translation.override("en"):
        assert "clock is wrong" in fleet.history(found)[0]["particulars"]


def test_only_technicians_and_chiefs_look_after_kiosks_and_only_their_own(
    tenant: Tenant, hamnen: Branch, kiosk: Knocking, librarian: Staff
) -> None:
    client = Client()
    client.force_login(librarian)
    assert client.get("/kiosks/").status_code == 403
    elsewhere = Staff.objects.create(username="else")
    other = tenant.branches.exclude(pk=hamnen.pk)[0]
    Membership.objects.create(tenant=tenant, staff=elsewhere, branch=other, role=Role.CHIEF)
    client.force_login(elsewhere)
    assert client.get("/kiosks/").status_code == 200
    assert client.get(f"/kiosks/{kiosk.device}/").status_code == 404
    assert client.post(f"/kiosks/{kiosk.device}/shut-out/").status_code == 404
    assert client.post("/kiosks/code/", {"branch": "hamnen"}).status_code == 404
    assert EnrolmentCode.objects.count() == 1


def test_a_kiosk_that_joined_again_leads_to_what_it_is_now(
    browser: Client, kiosk: Knocking, hamnen: Branch
) -> None:
    successor = device(hamnen, "den nya")
    Device.objects.filter(pk=kiosk.device).update(replaced_by=successor)
    assert "den nya" in page(browser, f"/kiosks/{kiosk.device}/")
    assert "Was before:" in page(browser, f"/kiosks/{successor.pk}/")
    assert wire.decode(kiosk.ask("GET", f"{wire.ROOT}/content").content, dict)


def test_numbers_that_never_came_are_an_alarm_once_nothing_waits(hamnen: Branch) -> None:
    gaps = [[3, 3], [7, 9]]
    (alarm,) = alarms_of(device(hamnen, gaps=gaps), NOW)
    assert (alarm.kind, alarm.particulars) == (AlarmKind.GAPS, "3, 7–9")
    waiting = device(hamnen, gaps=gaps, health=WELL | {"pending": 2})
    assert kinds(waiting) == []
    assert fleet.line(waiting, NOW).gaps == "3, 7–9"
