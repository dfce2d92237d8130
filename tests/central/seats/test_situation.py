"""The situation of a kiosk: in which order kiosks share, and what looking it up costs."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import leasing
from kiosk.central.seats.models import Lease
from kiosk.central.seats.situation import SharingBranch, Situation
from kiosk.central.tenants.models import Branch, Tenant


def some_kiosks(branch: Branch, many: int) -> list[Device]:
    """Set kiosks up that nobody has heard of yet; in order of their ids, as they share."""
    devices = [
        Device(
            tenant=branch.tenant, branch=branch, public_key=b"k" * 32, enrolled_at=timezone.now()
        )
        for _each in range(many)
    ]
    return sorted(Device.objects.bulk_create(devices), key=lambda each: each.pk)


def test_kiosks_share_seats_in_the_order_of_branches_those_on_the_spot_first(
    tenant: Tenant,
) -> None:
    tenant.branches.update(position=1)
    last = Branch.objects.create(tenant=tenant, key="z", name="Z", position=2)
    every = [device for branch in tenant.branches.all() for device in some_kiosks(branch, 2)]
    now = timezone.now()
    for here in (*tenant.branches.all(), last):
        ordered = sorted(
            every,
            key=lambda each: (each.branch != here, each.branch.position, each.branch_id, each.pk),
        )
        places = [SharingBranch.of(device, now).place(here.pk) for device in ordered]
        assert places == [(number, len(every)) for number in range(len(every))]


def test_a_kiosk_that_is_silent_or_shut_out_takes_no_place(tenant: Tenant, hamnen: Branch) -> None:
    silent, shut_out, last = some_kiosks(hamnen, 3)
    now = timezone.now()
    Device.objects.filter(pk=silent.pk).update(last_seen_at=now - timedelta(days=8))
    Device.objects.filter(pk=shut_out.pk).update(revoked_at=now)
    assert SharingBranch.of(last, now).place(hamnen.pk) == (0, 1)
    assert SharingBranch.of(silent, now).place(hamnen.pk) == (0, 2), "who asks is not silent"


def test_looking_the_seats_up_costs_the_same_for_many_workshops_kiosks_and_leases(
    tenant: Tenant, hamnen: Branch
) -> None:
    first, *others = some_kiosks(hamnen, 6)
    costs = []
    for device in (first, *others):
        with CaptureQueriesContext(connection) as asked:
            leasing.lease_out(device, timezone.now())
        costs.append(len(asked))
    open_ones = len(Situation.of(first, timezone.now()).workshops)
    assert open_ones > 10
    assert Lease.objects.count() > 10
    assert max(costs[1:]) == min(costs[1:]) <= 30, costs  # the first also names the content
    now = timezone.now() + timedelta(days=1)
    Workshop.objects.create(
        tenant=tenant, branch=hamnen, title={"sv": "Ny"}, starts=now + timedelta(days=7), capacity=6
    )
    with CaptureQueriesContext(connection) as again:
        Situation.of(first, timezone.now())
    assert len(again) <= 9
