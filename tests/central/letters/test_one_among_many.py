"""One message that cannot be sent keeps back no other, and staff are told of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from kiosk.central.devices.models import Device
from kiosk.central.letters.delivery import deliver
from kiosk.central.notifications import actions as post
from kiosk.central.notifications.models import Parcel, Webhook
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Membership, Role, Staff, Tenant
from tests.central.conftest import Arrive
from tests.central.knocking import Knocking
from tests.drivers.mailbox import Mailbox

WANTS = {"about": "staff", "words": "När öppnar ni?", "wants_answer": "yes"}
ODD = ["mejl:anna@x.se", "anna@x.se)", "a@b", "@", "åsa@x.se", "anna@x.se\r\nBcc: alla@x.se"]

Spoil = Callable[[Submission, Tenant], None]


def an_odd_address(odd: str) -> Spoil:
    def spoil(submission: Submission, tenant: Tenant) -> None:
        submission.answers = {**submission.answers, "contact": odd}
        submission.save(update_fields=["answers"])

    return spoil


def an_occasion_that_nobody_knows(submission: Submission, tenant: Tenant) -> None:
    Parcel.objects.filter(about=submission.pk).update(occasion="unheard-of")


def a_key_that_is_none(submission: Submission, tenant: Tenant) -> None:
    webhook = Webhook.objects.create(tenant=tenant, address="https://x.se/", secret="whsec_å")
    Parcel.objects.filter(about=submission.pk).update(webhook=webhook)


SPOILS = [
    *map(an_odd_address, ODD),
    an_occasion_that_nobody_knows,
    a_key_that_is_none,
]
NAMES = [*map(ascii, ODD), "an unknown occasion", "a key that is none"]


@pytest.mark.parametrize("spoil", SPOILS, ids=NAMES)
def test_a_message_that_cannot_be_sent_is_told_and_the_others_go_out(
    arrive: Arrive,
    librarian: Staff,
    tenant: Tenant,
    post_box: Mailbox,
    spoil: Spoil,
) -> None:
    first, bad, last = (
        arrive(WANTS | {"contact": f"{name}@example.org"}) for name in ("ada", "bo", "cia")
    )
    for each in (first, bad, last):
        inbox.answer(each, librarian, "Klockan tio.")
    bad.refresh_from_db()
    spoil(bad, tenant)
    assert deliver() == 3
    assert post_box.recipients == ["ada@example.org", "cia@example.org"]
    (dead,) = Parcel.objects.filter(state=Parcel.State.DEAD)
    assert dead.about == bad.pk
    assert dead.attempts == 1, "trying again cannot help"
    assert dead.failure
    assert not any(sign in dead.failure for sign in ("@", "bo", "anna"))
    assert deliver() == 0
    technician = Staff.objects.create(username="teo")
    Membership.objects.create(tenant=tenant, staff=technician, role=Role.TECHNICIAN)
    client = Client()
    client.force_login(technician)
    told = client.get("/post/")
    assert dead.failure in told.content.decode()


def test_of_technicians_one_of_whom_has_an_odd_address_the_others_are_written_to(
    kiosk: Knocking, tenant: Tenant, post_box: Mailbox
) -> None:
    for name, address in (("ann", "ann@example.org"), ("bo", "bo@example.org)")):
        staff = Staff.objects.create(username=name, email=address)
        Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    device = Device.objects.get(pk=kiosk.device)
    device.dead = [{"id": "1", "reason": "unreadable"}]
    device.save(update_fields=["dead"])
    post.alarm(device, "dead", "2026-11-30")
    assert deliver() == 1
    assert post_box.recipients == ["ann@example.org"]
    Staff.objects.filter(username="ann").update(email="ann@example.org)")
    post.alarm(device, "dead", "2026-12-01")
    assert deliver() == 1
    assert "no technician" in Parcel.objects.get(state=Parcel.State.DEAD).failure
