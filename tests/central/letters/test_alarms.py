"""Technicians hear of a kiosk that needs somebody, once, while it does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.letters.delivery import deliver
from kiosk.central.notifications.models import Parcel
from kiosk.central.run import scheduler
from kiosk.central.tenants.models import Membership, Role, Staff, Tenant
from tests.central.knocking import Knocking
from tests.drivers.mailbox import Mailbox


@pytest.fixture
def technician(tenant: Tenant) -> Staff:
    staff = Staff.objects.create(username="teo", email="teo@example.org", language="da")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    return staff


@pytest.fixture
def silent(kiosk: Knocking) -> Device:
    """Give a kiosk of which nothing has been heard for two days."""
    long_ago = timezone.now() - timedelta(days=2)
    Device.objects.filter(pk=kiosk.device).update(last_seen_at=long_ago, enrolled_at=long_ago)
    return Device.objects.get(pk=kiosk.device)


def test_a_silent_kiosk_is_told_once_with_its_remedy_in_the_technicians_language(
    silent: Device, technician: Staff, post_box: Mailbox
) -> None:
    scheduler.watch()
    scheduler.watch()
    assert deliver() == 1
    (letter,) = post_box.letters
    assert post_box.recipients == ["teo@example.org"]
    assert "bänken" in letter["Subject"]
    assert "mere end et døgn" in letter["Subject"]
    assert "kiosk doctor" in letter.get_content()
    assert deliver() == 0


def test_an_alarm_that_is_over_before_the_letter_leaves_is_not_told(
    silent: Device, technician: Staff, post_box: Mailbox
) -> None:
    scheduler.watch()
    Device.objects.filter(pk=silent.pk).update(last_seen_at=timezone.now())
    assert deliver() == 1
    assert post_box.letters == []
    assert Parcel.objects.get().state == Parcel.State.NEEDLESS


def test_without_a_technician_who_reads_mail_nobody_is_written_to(
    silent: Device, post_box: Mailbox
) -> None:
    scheduler.watch()
    assert deliver() == 1
    assert post_box.letters == []


def test_a_chore_that_fails_keeps_no_other_from_being_done(
    silent: Device, technician: Staff, post_box: Mailbox
) -> None:
    def broken() -> None:
        raise RuntimeError("a table is gone")

    wanted = [scheduler.Chore("broken", 60, broken), *scheduler.chores()]
    assert scheduler.go(wanted) == 1
    assert Parcel.objects.count() == 1
    for chore in wanted:
        chore.done_at = float("-inf")
    assert scheduler.go(wanted[1:]) == 0
    assert len(post_box.letters) == 1
    assert scheduler.go(wanted[1:]) == 0  # nothing is due yet
