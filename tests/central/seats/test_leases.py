"""Seats set aside for kiosks: each gets its part, and none is given twice."""

from datetime import timedelta

from django.utils import timezone

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import actions
from kiosk.central.seats.models import Lease
from kiosk.central.tenants.models import Staff, Tenant
from tests.central.knocking import Knocking, id_of
from tests.central.seats.conftest import NOW, Signing, complete, lease_of, seats_told


def size(lease: wire.Lease | None) -> int:
    return lease.seats if lease else 0


def test_half_the_seats_are_shared_among_the_kiosks_those_on_the_spot_first(
    kiosk: Knocking, other: Knocking, workshop: Workshop
) -> None:
    for each in (kiosk, other):
        each.bring()
    assert [size(lease_of(each)) for each in (other, kiosk)] == [1, 2]
    again = [lease_of(each) for each in (other, kiosk)]
    assert [size(each) for each in again] == [1, 2], "asking again gives nothing more"
    lease = again[0]
    assert lease
    ends = workshop.starts - timedelta(hours=24, minutes=10)
    assert wire.Lease(lease.id, 1, lease.since, ends.isoformat(timespec="seconds")) == lease


def test_what_a_kiosk_promised_is_confirmed_and_counts_against_its_lease(
    kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    lease = lease_of(kiosk)
    assert lease
    assert lease.seats == 3
    complete(kiosk, signing.up(kiosk, "p", 2, 5, lease.id), signing.up(kiosk, "q", 3, 6))
    complete(other)
    assert signing.tells() == {"p": "confirmed, promised", "q": "confirmed, in_order"}
    complete(kiosk, signing.up(kiosk, "r", 2, 7))
    complete(other)
    assert signing.tells()["r"] == "waiting 1, full", "one seat is still set aside"
    (told,) = seats_told(kiosk).workshops
    assert (told.capacity, told.taken, told.asked, told.waiting) == (6, 5, 2, 1)
    assert told.lease
    assert (told.lease.id, told.lease.spent) == (lease.id, 2)


def test_a_lease_is_settled_when_its_kiosk_shows_that_it_gave_it_up(
    kiosk: Knocking, signing: Signing
) -> None:
    told = seats_told(kiosk)
    lease = told.workshops[0].lease
    assert lease
    complete(kiosk, signing.up(kiosk, "a", 6))
    assert signing.tells() == {"a": "waiting 1, too_many"}
    complete(kiosk, leases=(lease.id,), leases_as_of=told.as_of)
    complete(kiosk, leases=(), leases_as_of="2026-01-01T00:00:00+00:00")
    kiosk.bring(leases=(), leases_as_of=told.as_of)
    assert signing.tells() == {"a": "waiting 1, too_many"}
    complete(kiosk, leases=(), leases_as_of=told.as_of)
    assert signing.tells() == {"a": "confirmed, moved_up"}


def test_seats_of_a_lease_stay_set_aside_after_the_decision_until_its_kiosk_is_heard(
    kiosk: Knocking, other: Knocking, signing: Signing, workshop: Workshop, librarian: Staff
) -> None:
    lease = lease_of(other)
    assert lease
    complete(kiosk, signing.up(kiosk, "a", 6))
    actions.arrange(
        workshop, librarian, capacity=6, taken_elsewhere=0, share_percent=50, decides=NOW
    )
    assert signing.tells() == {"a": "waiting 1, too_many"}
    late = signing.up(other, "p", 1, 1, lease.id)
    actions.write_off(Lease.objects.get(pk=lease.id), librarian)
    assert signing.tells() == {"a": "confirmed, moved_up"}
    complete(other, late)
    assert signing.tells()["p"] == "confirmed, promised", "a promise is kept, however late"
    assert actions.reconsider(workshop.pk).overbooked == 1


def test_seats_that_were_promised_and_erased_are_free_and_not_set_aside_again(
    kiosk: Knocking, signing: Signing
) -> None:
    lease = lease_of(kiosk)
    assert lease
    events = [signing.up(kiosk, "p", 3, 1, lease.id), signing.up(kiosk, "a", 6, 2)]
    complete(kiosk, *events)
    kiosk.bring(kiosk.about(wire.ERASED, events[0], f"{1:032x}"))
    assert signing.tells() == {"a": "confirmed, moved_up"}
    assert Lease.objects.get().erased == 3


def test_a_lease_that_is_used_up_is_followed_by_another_of_what_is_free(
    kiosk: Knocking, signing: Signing
) -> None:
    sizes = []
    for number in range(4):
        lease = lease_of(kiosk)
        sizes.append(size(lease))
        if lease:
            complete(kiosk, signing.up(kiosk, f"v{number}", lease.seats, number, lease.id))
    assert sizes == [3, 1, 1, 0]


def test_no_seat_is_leased_that_somebody_in_line_has_asked_for(
    kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    other.bring()
    complete(kiosk, signing.up(kiosk, "a", 4, minute=30))
    assert signing.tells() == {"a": "provisional 1, not_yet"}
    assert lease_of(kiosk) is None, "the other kiosk may hold an earlier sign-up"
    other.bring(complete_until=(timezone.now() - timedelta(minutes=55)).isoformat())
    assert signing.tells() == {"a": "provisional 1, not_yet"}
    assert size(lease_of(kiosk)) == 1


def test_a_lease_is_recalled_when_there_are_fewer_seats_than_it_was_given_for(
    kiosk: Knocking, workshop: Workshop, librarian: Staff
) -> None:
    first = seats_told(kiosk)
    lease = first.workshops[0].lease
    assert lease
    actions.arrange(
        workshop, librarian, capacity=2, taken_elsewhere=0, share_percent=50, decides=None
    )
    assert kiosk.bring().hints["seats"] != first.version
    now = seats_told(kiosk)
    assert now.workshops[0].lease is None
    assert Lease.objects.get().settled_at is None, "its kiosk may have given some away"
    complete(kiosk, leases=(), leases_as_of=now.as_of)
    assert size(lease_of(kiosk)) == 1


def test_no_lease_after_the_decision_without_a_limit_or_for_a_silent_kiosk(
    kiosk: Knocking, other: Knocking, workshop: Workshop, tenant: Tenant
) -> None:
    other.bring()
    silent = timezone.now() - timedelta(days=8)
    Device.objects.filter(pk=other.device).update(last_seen_at=silent)
    assert size(lease_of(kiosk)) == 3
    Lease.objects.all().delete()
    Workshop.objects.filter(pk=workshop.pk).update(capacity=0)
    assert lease_of(kiosk) is None
    soon = timezone.now() + timedelta(hours=20)
    Workshop.objects.filter(pk=workshop.pk).update(capacity=10, starts=soon, ends=None)
    assert lease_of(kiosk) is None


def test_a_kiosk_that_knows_the_seats_fetches_nothing(kiosk: Knocking, signing: Signing) -> None:
    told = seats_told(kiosk)
    assert kiosk.bring().hints["seats"] == told.version
    path, known = f"{wire.ROOT}/seats", {"If-None-Match": f'"{told.version}"'}
    assert kiosk.ask("GET", path, headers=known).status_code == 304
    complete(kiosk, signing.up(kiosk, "a"))
    assert kiosk.bring().hints["seats"] != told.version
    assert kiosk.ask("GET", path, headers=known).status_code == 200
    assert id_of(signing.events["a"]) not in str(seats_told(kiosk)), "numbers, never people"
