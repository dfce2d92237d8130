"""How much one kiosk may bring: generous for an honest one, and for a rogue one no flood."""

from datetime import timedelta

import msgspec
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.devices.alarms import AlarmKind, alarms_of
from kiosk.central.devices.models import Device
from kiosk.central.events.envelope import Arrival
from kiosk.central.events.models import Event, News
from kiosk.central.exchange import allowance
from kiosk.central.exchange.allowance import LIMITS, Limit, part, spend
from kiosk.central.exchange.processing import understand
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Staff
from tests.central.knocking import PRAISE, Knocking
from tests.central.seats.conftest import complete

NOW = timezone.now()
KINDS = (*LIMITS, "feedback.submitted")


def arrived(kind: str, size: int, number: int = 0) -> Arrival:
    event = wire.Event(
        id=f"0198c0de-0000-7000-8000-{number:012x}",
        seq=1,
        type=kind,
        v=1,
        captured_at="",
        boot="",
        mono_ms=0,
        payload=msgspec.Raw(b"{}"),
    )
    return Arrival(event.id, b"x" * size, "d", event.id, event)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 300_000), st.integers(0, 400_000)))
)
def test_nobody_brings_more_than_fits_and_what_comes_back(
    told: list[tuple[str, int, int]],
) -> None:
    device, at = Device(enrolled_at=NOW), NOW
    taken: list[Arrival] = []
    for kind, size, seconds in told:
        at += timedelta(seconds=seconds)
        some, later = part(device, [arrived(kind, size)] * 50, at)
        assert len(some) + len(later) == 50
        spend(device, some, at, put_off=bool(later))
        taken += some
        assert min(device.allowance[each] for each in LIMITS) > -1e-3
    days = (at - NOW).total_seconds() / 86_400
    for kind, limit in LIMITS.items():
        much = sum(allowance._costs(each).get(kind, 0) for each in taken)
        assert much <= limit.most + days * limit.a_day + 1


def test_a_kiosk_back_after_sixty_days_brings_everything_at_once() -> None:
    device = Device(enrolled_at=NOW - timedelta(days=60))
    for number in range(10):
        kind = wire.ERASED if number == 9 else "sign-up.submitted"
        some, later = part(device, [arrived(kind, 2_500, each) for each in range(500)], NOW)
        assert (len(some), later) == (500, [])
        spend(device, some, NOW, put_off=False)


def test_what_is_beyond_it_is_taken_later_and_technicians_are_told(
    kiosk: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "events", Limit(3, 10))
    events = [kiosk.handed(PRAISE) for _ in range(5)]
    answer = complete(kiosk, *events)
    said = [(each.verdict, each.reason) for each in answer.verdicts]
    assert said == [(wire.Verdict.STORED, "")] * 3 + [(wire.Verdict.RETRY, "later")] * 2
    assert Submission.objects.count() == 3
    device = Device.objects.get()
    assert AlarmKind.FLOODS in {each.kind for each in alarms_of(device, timezone.now())}
    assert device.highest_seq == 3, "numbers that were put off are not taken for seen"
    assert not News.objects.exists(), "nor is the kiosk believed to have told everything"
    again = kiosk.bring(*events)
    assert [each.verdict.value for each in again.verdicts][:3] == ["duplicate"] * 3
    Device.objects.update(allowance={})
    last = kiosk.bring(*events[3:])
    assert [each.verdict.value for each in last.verdicts] == ["stored"] * 2
    assert Submission.objects.count() == 5


def test_bytes_count_as_they_lie_there_and_not_as_they_were_sent(
    kiosk: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "bytes", Limit(300_000, 1))
    events = [kiosk.event("feedback.submitted", {"sealed": "A" * 100_000}) for _ in range(5)]
    verdicts = [each.verdict.value for each in kiosk.bring(*events).verdicts]
    assert verdicts == ["stored"] * 2 + ["retry"] * 3
    stored = sum(len(bytes(each.body or b"")) for each in Event.objects.all())
    assert stored < 300_000


@pytest.mark.parametrize("kind", [wire.ERASED, wire.SUPPORTED])
def test_many_of_what_costs_others_hold_up_nothing_else(
    kiosk: Knocking, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setitem(LIMITS, kind, Limit(2, 1))
    junk = [kiosk.event(kind, {}, about=f"0198c0de-0000-7000-8000-{n:012x}") for n in range(6)]
    answer = kiosk.bring(*junk, kiosk.handed(PRAISE))
    verdicts = [each.verdict.value for each in answer.verdicts]
    assert verdicts.count("retry") == 4
    assert Submission.objects.count() == 1


def test_an_errand_does_not_wait_for_erasures_of_another_kiosk(
    kiosk: Knocking, librarian: Staff
) -> None:
    other = Knocking().join(kiosk_branch(kiosk))
    made = [other.handed(PRAISE) for _ in range(30)]
    other.bring(*made)
    other.drop(*(other.about(wire.ERASED, each) for each in made))
    kiosk.drop(kiosk.handed(PRAISE))
    understand(Device.objects.get(pk=kiosk.device).tenant_id)
    assert Submission.objects.filter(state="sent").count() == 30 - 10 + 1


def kiosk_branch(kiosk: Knocking) -> Branch:
    return Device.objects.get(pk=kiosk.device).branch


@pytest.mark.parametrize("many", [3, 40])
@pytest.mark.parametrize("kind", allowance.OF_ALL)
def test_all_kiosks_of_a_library_together_bring_no_more_than_it_may(
    kiosk: Knocking, hamnen: Branch, many: int, kind: str
) -> None:
    most = LIMITS[kind].most
    used_up = {each: (0.0 if each == kind else LIMITS[each].most) for each in LIMITS}
    flooding = {**used_up, "at": NOW.isoformat(), "later": ""}
    Device.objects.bulk_create(
        Device(tenant=hamnen.tenant, branch=hamnen, name="", public_key=b"", enrolled_at=NOW)
        for _ in range(many)
    )
    rogue = Device.objects.exclude(pk=kiosk.device)
    rogue.update(allowance=flooding)
    honest = Device.objects.get(pk=kiosk.device)
    size, errands = (int(most / 12), 1) if kind == "bytes" else (1, 5_000)
    brought = [arrived("feedback.submitted", size, each) for each in range(errands)]
    assert part(honest, brought, NOW) == (brought, []), "an honest one always has its own"
    half = {**flooding, kind: most / 2}
    Device.objects.filter(pk=kiosk.device).update(allowance=half)
    greedy = Device.objects.get(pk=kiosk.device)
    taken, later = part(greedy, brought, NOW)
    is_full = many + 0.5 > max(allowance.LEAST_OF_ALL, (many + 1) / 2)
    assert bool(later) is is_full
    assert bool(taken) is not is_full
    rogue.update(allowance={})
    assert part(greedy, brought, NOW) == (brought, []), "nobody else has brought anything"
