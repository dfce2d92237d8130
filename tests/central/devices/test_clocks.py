"""When errands were truly handed in, and two machines under one name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kiosk import wire
from kiosk.central.devices import clocks
from kiosk.central.devices.models import Boot, Device
from kiosk.central.devices.supervision import looked
from kiosk.central.events.models import News
from kiosk.central.exchange import taking_in
from kiosk.central.seats.models import Watermark
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Record, Staff
from tests.central.knocking import PRAISE, Knocking

HOUR = 3_600_000
WRONG = datetime(2001, 1, 1, tzinfo=UTC)


def told(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def around(moment: datetime, wanted: datetime) -> bool:
    return abs(moment - wanted) < timedelta(minutes=3)


def cloned(kiosk: Knocking) -> bool:
    return Device.objects.get(pk=kiosk.device).cloned_at is not None


def set_back(by: timedelta) -> None:
    """Let the boots that were heard of have been heard of earlier."""
    for boot in Boot.objects.all():
        boot.first_seen_at -= by
        boot.last_seen_at -= by
        boot.started_at -= by
        boot.save()


def test_an_errand_of_this_boot_is_dated_right_though_the_clock_stood_in_2001(
    kiosk: Knocking,
) -> None:
    event = {"boot": "b", "mono_ms": HOUR, "captured_at": told(WRONG)}
    kiosk.bring(kiosk.handed(PRAISE, event=event), boot="b", mono_ms=3 * HOUR, now=told(WRONG))
    found = Submission.objects.get()
    assert found.captured_exactly
    assert around(found.captured_at, timezone.now() - timedelta(hours=2))
    assert (found.captured_at.second, found.captured_at.microsecond) == (0, 0)


def test_an_errand_of_an_unheard_boot_is_dated_by_the_last_known_offset(kiosk: Knocking) -> None:
    captured = WRONG - timedelta(days=2)
    event = {"boot": "a", "mono_ms": 1, "captured_at": told(captured)}
    kiosk.bring(kiosk.handed(PRAISE, event=event), boot="b", mono_ms=HOUR, now=told(WRONG))
    found = Submission.objects.get()
    assert not found.captured_exactly
    assert around(found.captured_at, timezone.now() - timedelta(days=2))


def test_an_errand_of_an_earlier_boot_that_was_heard_of_is_exact(kiosk: Knocking) -> None:
    kiosk.bring(boot="a", mono_ms=HOUR)
    event = {"boot": "a", "mono_ms": HOUR // 2, "captured_at": told(WRONG)}
    kiosk.bring(kiosk.handed(PRAISE, event=event), boot="b", mono_ms=10)
    assert Submission.objects.get().captured_exactly


def test_a_stick_tells_nothing_of_clocks(kiosk: Knocking) -> None:
    kiosk.bring(boot="b", mono_ms=HOUR)
    device = Device.objects.get(pk=kiosk.device)
    written = timezone.now() - timedelta(days=9)
    taking_in.take_in(device, kiosk.inbox(boot="c", mono_ms=5, now=told(WRONG)), written)
    assert list(Boot.objects.values_list("name", flat=True)) == ["b"]
    device.refresh_from_db()
    assert abs(device.clock_offset_s or 0) < 60


def test_staff_read_ca_where_the_time_is_estimated(kiosk: Knocking, librarian: Staff) -> None:
    now = timezone.now()
    exactly = {"boot": "b", "mono_ms": HOUR, "captured_at": told(now)}
    kiosk.bring(
        kiosk.handed(PRAISE, event=exactly),
        kiosk.handed(PRAISE, locator="1" * 32),
        boot="b",
        mono_ms=HOUR,
    )
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    assert client.get("/inbox/").content.decode().count(">ca <time") == 1
    for each in Submission.objects.all():
        page = client.get(f"/inbox/{each.pk}/").content.decode()
        assert (">ca</abbr>" in page) == (not each.captured_exactly)


def test_two_boots_that_take_turns_are_two_machines(kiosk: Knocking, librarian: Staff) -> None:
    kiosk.bring(boot="a", mono_ms=1_000)
    kiosk.bring(boot="b", mono_ms=1_000)
    set_back(timedelta(minutes=10))
    kiosk.bring(boot="b", mono_ms=601_000)
    assert not cloned(kiosk)
    assert kiosk.bring(boot="a", mono_ms=602_000).verdicts == []
    assert cloned(kiosk)
    alarms = Record.objects.filter(verb="device alarm", subject_id=kiosk.device)
    assert [each.particulars["kind"] for each in alarms] == ["cloned"]
    looked(Device.objects.get(pk=kiosk.device), librarian)
    kiosk.bring(boot="a", mono_ms=700_000)
    assert not cloned(kiosk)
    kiosk.bring(boot="b", mono_ms=701_000)
    kiosk.bring(boot="a", mono_ms=702_000)
    assert cloned(kiosk)


def test_a_request_that_arrives_twice_or_late_after_a_restart_is_no_second_machine(
    kiosk: Knocking,
) -> None:
    kiosk.bring(boot="a", mono_ms=60_000)
    set_back(timedelta(minutes=10))
    kiosk.bring(boot="b", mono_ms=1_000)
    kiosk.bring(boot="a", mono_ms=60_000)
    kiosk.bring(boot="a", mono_ms=90_000)
    assert not cloned(kiosk)


LATER = {
    "at once": timedelta(),
    "a minute later": timedelta(minutes=1),
    "a day later": timedelta(days=1),
}


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("between", ["nothing", "another", "a new boot"])
def test_a_heartbeat_counts_once_whenever_it_arrives_again(
    kiosk: Knocking, later: str, between: str
) -> None:
    until = (timezone.now() - timedelta(minutes=5)).isoformat()
    old = kiosk.inbox(boot="a", mono_ms=5_000, complete_until=until)
    once_more = {name: getattr(old, name) for name in ("now", "boot", "mono_ms", "complete_until")}
    kiosk.bring(**once_more)
    if between != "nothing":
        boot = "b" if between == "a new boot" else "a"
        kiosk.bring(boot=boot, mono_ms=9_000, health=wire.Health("2", 7))
    set_back(LATER[later])
    Device.objects.update(last_seen_at=timezone.now() - LATER[later])
    before = Device.objects.get(pk=kiosk.device)
    known = list(Watermark.objects.values())
    kiosk.bring(**once_more, health=wire.Health("1", 99))
    after = Device.objects.get(pk=kiosk.device)
    assert after.health == before.health
    assert after.last_seen_at == before.last_seen_at
    assert list(Watermark.objects.values()) == known
    assert not News.objects.exists()


def test_news_is_as_complete_as_when_it_was_sent_however_late_it_arrives(kiosk: Knocking) -> None:
    kiosk.bring(boot="a", mono_ms=HOUR)
    set_back(timedelta(minutes=10))
    sent = timezone.now() - timedelta(minutes=8)
    said = (sent - timedelta(seconds=1)).isoformat()
    kiosk.bring(boot="a", mono_ms=HOUR + 120_000, now=sent.isoformat(), complete_until=said)
    until = Watermark.objects.get().complete_until
    assert until
    assert sent - timedelta(minutes=2) < until <= sent


def test_a_restored_kiosk_raises_the_alarm_once_and_loses_nothing(
    kiosk: Knocking, librarian: Staff
) -> None:
    kiosk.bring(*(kiosk.handed(PRAISE, locator=f"{number:032x}") for number in range(4)))
    assert not cloned(kiosk)
    kiosk.seq = 1
    answer = kiosk.bring(kiosk.handed(PRAISE, locator=f"{9:032x}"))
    assert answer.verdicts[0].verdict == wire.Verdict.STORED
    assert cloned(kiosk)
    looked(Device.objects.get(pk=kiosk.device), librarian)
    kiosk.bring(kiosk.handed(PRAISE, locator=f"{10:032x}"))
    assert not cloned(kiosk)
    assert Submission.objects.count() == 6


def test_the_same_batch_again_is_no_clone(kiosk: Knocking) -> None:
    events = [kiosk.handed(PRAISE, locator=f"{number:032x}") for number in range(3)]
    for _ in range(2):
        kiosk.bring(*events)
    kiosk.bring(*events[::-1])
    assert not cloned(kiosk)


def test_two_events_of_one_batch_with_one_number_are_noticed(kiosk: Knocking) -> None:
    same = [kiosk.handed(PRAISE, locator=f"{n:032x}", event={"seq": 7}) for n in range(2)]
    kiosk.bring(*same)
    assert cloned(kiosk)


def test_dead_letters_of_several_reports_are_kept_side_by_side(kiosk: Knocking) -> None:
    for name in ("a", "b", "a"):
        kiosk.bring(dead=[wire.DeadLetter(name, "too_large")])
    kiosk.bring()
    dead = Device.objects.get(pk=kiosk.device).dead
    assert [each["id"] for each in dead] == ["a", "b"]


def test_only_the_latest_boots_are_remembered(
    kiosk: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "MOST_BOOTS", 3)
    for number in range(5):
        kiosk.bring(boot=f"b{number}", mono_ms=10)
    assert set(Boot.objects.values_list("name", flat=True)) == {"b2", "b3", "b4"}


@pytest.mark.parametrize("mono_ms", [-1, 2**63 - 1])
def test_a_monotonic_clock_beyond_belief_is_left_out(kiosk: Knocking, mono_ms: int) -> None:
    kiosk.bring(boot="b", mono_ms=mono_ms)
    assert not Boot.objects.exists()
