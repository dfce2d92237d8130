"""Central's clock was a year ahead and is right again: nothing waits for that day to come."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk import wire
from kiosk.central.devices import actions as branches
from kiosk.central.devices.models import Device, EnrolmentCode
from kiosk.central.exchange import ahead, taking_in
from kiosk.central.exchange.processing import understand_all
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Lease, Watermark
from kiosk.central.tenants.models import Branch
from kiosk.domain.lease import Lease as LeaseRule
from tests.central.knocking import Knocking
from tests.central.seats.conftest import NOW, Signing, complete, seats_told

Turn = Callable[[timedelta], None]
SHORT, LONG = timedelta(days=3), timedelta(days=365)


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Set central's clock so far ahead; zero is right."""
    honest = timezone.now

    def turned(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: honest() + by)

    return turned


def usable(kiosk: Knocking) -> int:
    """Return how many seats the kiosk may give at once just now."""
    told = [each.lease for each in seats_told(kiosk).workshops if each.lease]
    read = [(each.read(), each) for each in told]
    return sum(
        rule.seats for rule, _ in read if rule.allows(1, 0, timezone.now(), clock_in_doubt=False)
    )


def settled_down(kiosk: Knocking) -> None:
    """Let a kiosk hear of the seats and tell that it did, a few times."""
    for _ in range(3):
        told = seats_told(kiosk)
        held = tuple(each.lease.id for each in told.workshops if each.lease)
        complete(kiosk, leases=held, leases_as_of=told.as_of)


@pytest.mark.parametrize("by", [SHORT, LONG])
def test_seats_given_out_then_can_be_given_now(
    kiosk: Knocking, workshop: Workshop, turn: Turn, by: timedelta
) -> None:
    workshop.starts = workshop.ends = NOW + timedelta(days=400)
    workshop.save()
    turn(by)
    settled_down(kiosk)
    assert usable(kiosk) == 3
    turn(timedelta())
    assert usable(kiosk) == 0
    assert ahead.mend(timezone.now()) > 0
    settled_down(kiosk)
    assert usable(kiosk) == 3
    assert ahead.mend(timezone.now()) == 0


def test_what_a_kiosk_was_told_then_settles_no_lease_of_now(
    kiosk: Knocking, workshop: Workshop, turn: Turn
) -> None:
    workshop.starts = workshop.ends = NOW + timedelta(days=400)
    workshop.save()
    turn(LONG)
    told = seats_told(kiosk)
    turn(timedelta())
    ahead.mend(timezone.now())
    complete(kiosk, leases=(), leases_as_of=timezone.now().isoformat())
    kiosk.drop(leases=(), leases_as_of=told.as_of)
    (given,) = [each.lease for each in seats_told(kiosk).workshops]
    understand_all()
    assert given
    held = Lease.objects.get(pk=given.id)
    assert held.settled_at is None, "it may have promised under it meanwhile"
    assert isinstance(given.read(), LeaseRule)


def test_how_complete_its_news_was_then_decides_nothing_now(
    kiosk: Knocking, other: Knocking, signing: Signing, turn: Turn
) -> None:
    turn(LONG)
    for each in (kiosk, other):
        complete(each)
    turn(timedelta())
    ahead.mend(timezone.now())
    assert set(Watermark.objects.values_list("complete_until", flat=True)) == {None}
    kiosk.bring(signing.up(kiosk, "early", 4, 5))
    assert signing.tells()["early"].startswith("provisional")


def test_who_was_shut_out_then_is_shut_out_now_and_codes_live_no_longer_than_others(
    kiosk: Knocking, hamnen: Branch, turn: Turn
) -> None:
    turn(LONG)
    branches.revoke(Device.objects.get(pk=kiosk.device))
    branches.new_code(hamnen)
    turn(timedelta())
    ahead.mend(timezone.now())
    assert kiosk.send(b"{}").status_code == 403
    assert all(
        each.expires_at - timezone.now() < timedelta(hours=73)
        for each in EnrolmentCode.objects.all()
    )


def test_a_kiosk_that_starts_anew_is_heard_and_is_no_second_machine(
    kiosk: Knocking, turn: Turn
) -> None:
    turn(LONG)
    kiosk.bring(boot="then", mono_ms=5_000)
    turn(timedelta())
    kiosk.bring(boot="now", mono_ms=1_000)
    ahead.mend(timezone.now())
    for minutes in (1, 10, 60):
        turn(timedelta(minutes=minutes))
        kiosk.bring(boot="now", mono_ms=1_000 + 60_000 * minutes, health=wire.Health("1", minutes))
        heard = Device.objects.get(pk=kiosk.device)
        assert (heard.health["pending"], heard.cloned_at) == (minutes, None)


def test_a_stick_is_news_again(kiosk: Knocking, turn: Turn) -> None:
    turn(LONG)
    kiosk.bring()
    turn(timedelta())
    ahead.mend(timezone.now())
    device = Device.objects.get(pk=kiosk.device)
    written = timezone.now() + timedelta(seconds=1)
    taking_in.take_in(device, kiosk.inbox(now=written.isoformat(), complete_until=""), written)
    device.refresh_from_db()
    assert device.last_seen_at
    assert abs(device.last_seen_at - timezone.now()) < timedelta(minutes=1)
